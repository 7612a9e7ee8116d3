using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Diagnostics;

/// <summary>An answer that was another than captured.</summary>
/// <param name="Request">The request.</param>
/// <param name="Expected">The answer that was captured; null when there was none.</param>
/// <param name="Found">The answer that came; null when none came.</param>
public sealed record ReplayDifference(CapturedPacket Request, byte[]? Expected, byte[]? Found);

/// <summary>Sends the requests of a capture again, and compares the answers.</summary>
public static class CaptureReplay
{
    /// <summary>Replays the requests of one transport, one after the other.</summary>
    /// <param name="client">A connection to any implementation.</param>
    /// <param name="packets">The capture.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>How many requests there were, and the answers that were others.</returns>
    public static async Task<(int Requests, IReadOnlyList<ReplayDifference> Differences)> RunAsync(
        FujiBusClient client,
        IReadOnlyList<CapturedPacket> packets,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(packets);
        var differences = new List<ReplayDifference>();
        int requests = 0;
        for (int index = 0; index < packets.Count; index++)
        {
            var request = packets[index];
            if (!request.ToDevice || FujiBusPacket.Read(request.Packet, out _) != FujiBusFault.None)
            {
                continue;
            }

            requests++;
            var expected = packets.Skip(index + 1).FirstOrDefault(packet => string.Equals(packet.Transport, request.Transport, StringComparison.Ordinal));
            byte[]? answer = expected is { ToDevice: false } ? expected.Packet : null;
            await client.SendPacketAsync(request.Packet, stop);
            byte[]? found = await ReceiveAsync(client, stop);
            if (found is null || answer is null || !found.AsSpan().SequenceEqual(answer))
            {
                differences.Add(new(request, answer, found));
            }
        }

        return (requests, differences);
    }

    private static async Task<byte[]?> ReceiveAsync(FujiBusClient client, CancellationToken stop)
    {
        try
        {
            return await client.ReceiveAsync(stop);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
