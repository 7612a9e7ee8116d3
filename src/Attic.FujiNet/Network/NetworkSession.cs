using Attic.FujiNet.Core;

namespace Attic.FujiNet.Network;

/// <summary>What a read gave.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Count">Bytes read.</param>
/// <param name="IsEnd">Whether nothing follows them.</param>
/// <param name="HasMore">Whether more is there already.</param>
internal readonly record struct SessionRead(IOStatus Status, int Count = 0, bool IsEnd = false, bool HasMore = false);

/// <summary>What is known about a session.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="HttpStatus">The HTTP status; null when there is none.</param>
/// <param name="ContentLength">Length of the content; null when unknown.</param>
/// <param name="Headers">Header lines, as text with CR LF.</param>
internal readonly record struct SessionInfo(IOStatus Status, int? HttpStatus = null, long? ContentLength = null, string Headers = "");

/// <summary>
/// One session of the network device. Its calls are made on the core's thread and never block: what is not there yet is
/// <see cref="IOStatus.NotReady"/>, and <see cref="Progress"/> tells when to ask again.
/// </summary>
internal abstract class NetworkSession : IDisposable
{
    protected NetworkSession(IWakeup? wakeup)
    {
        Progress = new ProgressSignal(wakeup);
    }

    /// <summary>Set whenever asking again may give another answer.</summary>
    public ProgressSignal Progress { get; }

    /// <summary>The protocol flags of the answer to Open: 1 sequential read, 2 sequential write, 4 streaming.</summary>
    public abstract byte ProtocolFlags { get; }

    /// <summary>Starts; what takes time goes on behind.</summary>
    public abstract void Start();

    /// <summary>Reads at a cursor.</summary>
    public abstract SessionRead Read(uint offset, Span<byte> buffer);

    /// <summary>Writes at a cursor: all or nothing.</summary>
    public abstract IOStatus Write(uint offset, ReadOnlySpan<byte> data);

    /// <summary>Tells what is known.</summary>
    public abstract SessionInfo Info();

    /// <inheritdoc/>
    public abstract void Dispose();
}
