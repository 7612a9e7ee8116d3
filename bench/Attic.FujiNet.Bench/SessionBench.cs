using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Diagnostics;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Bench;

/// <summary>256 sessions at once, 100 MB in all, read in turn by one client. The server's and the client's memory are in the figure.</summary>
internal static class SessionBench
{
    private const int Sessions = 256;
    private const int BytesEach = 100_000_000 / Sessions;
    private const int PieceBytes = 4096;

    public static async Task RunAsync(string scheme)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(Sessions);
        _ = ServeAsync(listener, scheme);
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var server = await BenchServer.StartAsync(config =>
        {
            config.Network.ExtraSchemes = true;
            config.Network.Sessions = Sessions;
        });
        await using var client = await FujiBusClient.ConnectAsync(server.EndPoint!.ToString());
        await ReadAllAsync(client, scheme, port, sessions: 1);
        GC.Collect();
        long before = Environment.WorkingSet;
        long peak = before;
        using var sampling = new Timer(_ => peak = Math.Max(peak, Environment.WorkingSet), null, 0, 10);
        long start = Stopwatch.GetTimestamp();
        long total = await ReadAllAsync(client, scheme, port, Sessions);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        peak = Math.Max(peak, Environment.WorkingSet);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"sessions, {scheme}: {Sessions} at once, {total / 1e6:0.0} MB in {seconds:0.0} s, {total / 1e6 / seconds:0} MB/s; resident memory grew by {(peak - before) / 1e6:0.0} MB to {peak / 1e6:0} MB"));
    }

    private static async Task<long> ReadAllAsync(FujiBusClient client, string scheme, int port, int sessions)
    {
        byte[] url = Encoding.ASCII.GetBytes($"{scheme}://127.0.0.1:{port}{(scheme is "http" ? "/x" : string.Empty)}");
        byte[] open = [1, 1, 0, (byte)url.Length, 0, .. url, 0, 0, 0, 0, 0, 0, 0, 0];
        var readers = new List<Reader>();
        for (int session = 0; session < sessions; session++)
        {
            var (status, answer) = await client.CallAsync(DeviceIds.Network, 1, open);
            Require(status == IOStatus.Ok);
            readers.Add(new(answer[4], answer[5]));
        }

        long total = 0;
        while (readers.Count > 0)
        {
            foreach (var reader in readers.ToArray())
            {
                total += await ReadAsync(client, reader);
                if (reader.IsDone)
                {
                    Require(reader.Offset == BytesEach);
                    await client.CallAsync(DeviceIds.Network, 4, new byte[] { 1, reader.Low, reader.High });
                    readers.Remove(reader);
                }
            }
        }

        return total;
    }

    private static async Task<int> ReadAsync(FujiBusClient client, Reader reader)
    {
        byte[] request = [1, reader.Low, reader.High, .. BitConverter.GetBytes(reader.Offset), PieceBytes & 0xFF, PieceBytes >> 8];
        var (status, answer) = await client.CallAsync(DeviceIds.Network, 2, request);
        if (status == IOStatus.NotReady)
        {
            return 0;
        }

        Require(status == IOStatus.Ok);
        int count = answer[10] | (answer[11] << 8);
        reader.Offset += (uint)count;
        reader.IsDone = (answer[1] & 1) != 0;
        return count;
    }

    private static async Task ServeAsync(TcpListener listener, string scheme)
    {
        byte[] content = new byte[BytesEach];
        new Random(2).NextBytes(content);
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptSocketAsync(), scheme, content);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private static async Task AnswerAsync(Socket socket, string scheme, byte[] content)
    {
        using (socket)
        {
            if (scheme is "http")
            {
                byte[] request = new byte[4096];
                await socket.ReceiveAsync(request);
                await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"));
            }

            for (int at = 0; at < content.Length;)
            {
                at += await socket.SendAsync(content.AsMemory(at, Math.Min(8192, content.Length - at)));
            }

            socket.Shutdown(SocketShutdown.Send);
            await socket.ReceiveAsync(new byte[1]);
        }
    }

    private static void Require(bool fact)
    {
        if (!fact)
        {
            throw new InvalidOperationException("The FujiNet answered wrongly.");
        }
    }

    private sealed class Reader(byte low, byte high)
    {
        public byte Low { get; } = low;

        public byte High { get; } = high;

        public uint Offset { get; set; }

        public bool IsDone { get; set; }
    }
}
