using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Attic.FujiNet.Bench;

/// <summary>One client that asks the clock for the time, again and again, over TCP on this computer.</summary>
internal static class RoundTripBench
{
    private const int AnswerBytes = 21;

    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(string? reference)
    {
        await using (var server = await BenchServer.StartAsync())
        {
            Measure("attic", server.EndPoint!, warmUp: 5000);
        }

        if (reference is not null)
        {
            Measure($"reference at {reference}", IPEndPoint.Parse(reference), warmUp: 5);
        }
    }

    private static void Measure(string name, IPEndPoint endPoint, int warmUp)
    {
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(endPoint);
        var times = new List<double>(1 << 20);
        for (int trip = 0; trip < warmUp; trip++)
        {
            Trip(client);
        }

        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_length)
        {
            times.Add(Trip(client));
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"GetTime, {name}: {times.Count / seconds:0} a second, median {At(0.5):0.000} ms, p99 {At(0.99):0.000} ms, worst {times[^1]:0.0} ms"));

        double At(double share) => times[(int)(share * (times.Count - 1))];
    }

    private static double Trip(Socket client)
    {
        Span<byte> request = [0xC0, 0x45, 0x01, 0x07, 0x00, 0x4E, 0x00, 0x01, 0xC0];
        Span<byte> answer = stackalloc byte[64];
        long start = Stopwatch.GetTimestamp();
        client.Send(request);
        int count = 0;
        while (count < AnswerBytes || answer[count - 1] != 0xC0)
        {
            count += client.Receive(answer[count..]);
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
