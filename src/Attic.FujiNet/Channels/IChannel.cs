using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>Raw bytes to and from one peer. It knows neither framing nor devices. No call blocks.</summary>
public interface IChannel : IDisposable
{
    /// <summary>What it is and where, for people: <c>tcp 127.0.0.1:65504</c>.</summary>
    string Name { get; }

    /// <summary>Counts peers: it changes whenever another one connects, so that nothing of the last is left over.</summary>
    int Connection { get; }

    /// <summary>Whether bytes that were written still wait for the peer to take them.</summary>
    bool HasUnsent { get; }

    /// <summary>Whether it is over for good.</summary>
    bool IsClosed { get; }

    /// <summary>Takes what has arrived.</summary>
    /// <param name="buffer">Receives it.</param>
    /// <returns>Bytes read; 0 when nothing is there.</returns>
    int Read(Span<byte> buffer);

    /// <summary>Sends bytes, now or as soon as the peer takes them; without a peer they are dropped.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Accepts peers, sends what waits.</summary>
    void Poll();

    /// <summary>Tells when there will be something to do.</summary>
    /// <param name="set">Receives it.</param>
    /// <param name="wantBytes">Whether its user is ready to read.</param>
    void Interest(ReadinessSet set, bool wantBytes);
}
