using System.Globalization;
using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Diagnostics;

/// <summary>A vector whose answer was another.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Status">The status that came; null when no answer came.</param>
/// <param name="Payload">The payload that came.</param>
/// <param name="Problem">What is wrong, for people.</param>
public sealed record ConformanceDifference(Vector Vector, IOStatus? Status, IReadOnlyList<byte> Payload, string Problem);

/// <summary>What a run found.</summary>
/// <param name="Vectors">Vectors replayed.</param>
/// <param name="Differences">Those whose answer was another.</param>
public sealed record ConformanceReport(int Vectors, IReadOnlyList<ConformanceDifference> Differences);

/// <summary>Replays vectors against any implementation that speaks FujiBus over SLIP, and compares.</summary>
public static class ConformanceRunner
{
    private const byte NetworkOpen = 1;
    private const int MostRepeats = 200;

    /// <summary>The vectors that come with the program.</summary>
    public static string BuiltInVectors
    {
        get
        {
            using var stream = typeof(ConformanceRunner).Assembly.GetManifestResourceStream("Attic.FujiNet.Diagnostics.appendix-a.vectors")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Replays vectors. The implementation should be fresh, with an empty store.</summary>
    /// <param name="client">A connection to the implementation, which reaches this computer as 127.0.0.1.</param>
    /// <param name="vectors">The text of a file of vectors.</param>
    /// <param name="stop">Ends the run.</param>
    /// <exception cref="FormatException">The file is none.</exception>
    public static async Task<ConformanceReport> RunAsync(FujiBusClient client, string vectors, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        await using var services = new ConformanceServices();
        var list = VectorFile.Read(vectors, services.Ports);
        var differences = new List<ConformanceDifference>();
        ushort handle = 0;
        foreach (var vector in list)
        {
            IOStatus status;
            byte[] payload;
            try
            {
                (status, payload) = await CallAsync(client, vector, handle, stop);
            }
            catch (Exception error) when (error is TimeoutException or IOException)
            {
                differences.Add(new(vector, null, [], error.Message));
                continue;
            }

            bool opens = vector.Device == DeviceIds.Network && vector.Command == NetworkOpen;
            if (opens && status == IOStatus.Ok && vector.Response.Handles is [var offset, ..] && payload.Length >= offset + 2)
            {
                handle = (ushort)(payload[offset] | (payload[offset + 1] << 8));
            }

            byte[] expected = vector.Response.With(handle);
            if (status != vector.Status || !payload.AsSpan().SequenceEqual(expected))
            {
                differences.Add(new(vector, status, payload, Describe(vector, expected, status, payload)));
            }
        }

        return new(list.Count, differences);
    }

    private static async Task<(IOStatus Status, byte[] Payload)> CallAsync(FujiBusClient client, Vector vector, ushort handle, CancellationToken stop)
    {
        byte[] request = vector.Request.With(handle);
        for (int repeat = 0; ; repeat++)
        {
            var answer = await client.CallAsync(vector.Device, vector.Command, request, stop);
            if (!vector.Repeats || answer.Status != IOStatus.NotReady || repeat == MostRepeats)
            {
                return answer;
            }

            await Task.Delay(10, stop);
        }
    }

    private static string Describe(Vector vector, byte[] expected, IOStatus status, byte[] payload)
    {
        string wanted = string.Create(CultureInfo.InvariantCulture, $"{(int)vector.Status} {Convert.ToHexString(expected)}");
        string found = string.Create(CultureInfo.InvariantCulture, $"{(int)status} {Convert.ToHexString(payload)}");
        return $"line {vector.Line}, device {vector.Device:X2}, command {vector.Command:X2}: expected {wanted.TrimEnd()}, got {found.TrimEnd()}";
    }
}
