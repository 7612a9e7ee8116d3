using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>Messages to and from one peer, each whole: datagrams, WebSocket messages. No call blocks.</summary>
public interface IMessageChannel : IDisposable
{
    /// <summary>What it is and where, for people.</summary>
    string Name { get; }

    /// <summary>Whether the peer is gone for good.</summary>
    bool IsClosed { get; }

    /// <summary>Whether messages still wait for the peer to take them.</summary>
    bool HasUnsent { get; }

    /// <summary>Takes the next message.</summary>
    /// <param name="message">The message; it stays unchanged.</param>
    /// <returns>Whether there was one.</returns>
    bool TryReceive(out ReadOnlyMemory<byte> message);

    /// <summary>Sends a message.</summary>
    void Send(ReadOnlySpan<byte> message);

    /// <summary>Tells when there will be something to do.</summary>
    void Interest(ReadinessSet set, bool wantMessages);
}
