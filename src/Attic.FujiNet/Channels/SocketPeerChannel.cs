using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>A channel of one stream socket at a time; a derived class says where its peers come from.</summary>
public abstract class SocketPeerChannel : IChannel
{
    private SocketPeer? _peer;

    private protected SocketPeerChannel()
    {
        // Only the kinds of this assembly have peers.
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public int Connection { get; private set; }

    /// <inheritdoc/>
    public bool HasUnsent => _peer?.HasUnsent ?? false;

    /// <inheritdoc/>
    public bool IsClosed { get; private set; }

    /// <summary>Whether there is a peer.</summary>
    protected bool HasPeer => _peer is not null;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        int count = _peer?.Read(buffer) ?? 0;
        if (count == 0)
        {
            DropDeadPeer();
        }

        return count;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _peer?.Write(bytes);
        DropDeadPeer();
    }

    /// <inheritdoc/>
    public void Poll()
    {
        _peer?.Flush();
        DropDeadPeer();
        if (_peer is null && !IsClosed && TryFindPeer() is { } found)
        {
            _peer = found;
            Connection++;
        }
    }

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantBytes)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (_peer is not null)
        {
            _peer.Interest(set, wantBytes);
        }
        else
        {
            InterestInPeer(set);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes the next peer, if one is there. Never blocks.</summary>
    private protected abstract SocketPeer? TryFindPeer();

    /// <summary>Tells what a next peer shows itself by.</summary>
    private protected virtual void InterestInPeer(ReadinessSet set)
    {
        // Whoever connects wakes the core.
    }

    /// <summary>Gives back the peer and what finds peers.</summary>
    /// <param name="disposing">True: called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        IsClosed = true;
        _peer?.Dispose();
    }

    private void DropDeadPeer()
    {
        if (_peer is { IsOver: true })
        {
            _peer.Dispose();
            _peer = null;
        }
    }
}
