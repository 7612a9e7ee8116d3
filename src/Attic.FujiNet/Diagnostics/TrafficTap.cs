using System.Diagnostics;
using System.Threading.Channels;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Diagnostics;

/// <summary>
/// Hands the packets of all transports to writers, on a thread that the core does not wait for. A writer that is far behind
/// misses packets, which are counted.
/// </summary>
public sealed class TrafficTap : IPacketTap, IAsyncDisposable
{
    private const int MostWaiting = 10_000;

    private readonly Channel<CapturedPacket> _packets = Channel.CreateBounded<CapturedPacket>(MostWaiting);
    private readonly List<TextWriter> _captures = [];
    private readonly List<TextWriter> _traces = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Task _writing;
    private long _missed;

    /// <summary>A tap.</summary>
    /// <param name="capture">Gets the packets as a capture; null for none.</param>
    /// <param name="trace">Gets the packets in words; null for none.</param>
    public TrafficTap(TextWriter? capture, TextWriter? trace)
    {
        if (capture is not null)
        {
            _captures.Add(capture);
        }

        if (trace is not null)
        {
            _traces.Add(trace);
        }

        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Packets that were not written.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    /// <inheritdoc/>
    public void OnPacket(string transport, bool toDevice, ReadOnlySpan<byte> packet)
    {
        long now = (long)Stopwatch.GetElapsedTime(_start).TotalMicroseconds;
        if (!_packets.Writer.TryWrite(new(now, transport, toDevice, packet.ToArray())))
        {
            Interlocked.Increment(ref _missed);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _packets.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        while (await _packets.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_packets.Reader.TryRead(out var packet))
            {
                await WriteAsync(packet).ConfigureAwait(false);
            }

            // Whoever follows the file sees each packet soon.
            foreach (var writer in _captures.Concat(_traces))
            {
                await writer.FlushAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task WriteAsync(CapturedPacket packet)
    {
        foreach (var capture in _captures)
        {
            await capture.WriteLineAsync(Capture.Format(packet)).ConfigureAwait(false);
        }

        foreach (var trace in _traces)
        {
            await trace.WriteLineAsync($"{packet.Microseconds / 1e6:0.000000} {packet.Transport} {PacketPrinter.Print(packet.ToDevice, packet.Packet)}").ConfigureAwait(false);
        }
    }
}
