using System.Net.Sockets;
using Attic.FujiNet.Core;
using Attic.FujiNet.Network;

namespace Attic.FujiNet.Devices.Modems;

/// <summary>What a modem tells its host.</summary>
public enum ModemResult
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>The command makes no sense.</summary>
    Error,

    /// <summary>Somebody calls.</summary>
    Ring,

    /// <summary>The call is through.</summary>
    Connect,

    /// <summary>The call is over, or never came to be.</summary>
    NoCarrier,
}

/// <summary>A call: a session whose cursors are kept here.</summary>
internal sealed class ModemLine : IDisposable
{
    private readonly StreamSession _session;
    private uint _read;
    private uint _written;

    public ModemLine(StreamSession session)
    {
        _session = session;
        session.Start();
    }

    public bool IsConnected => _session.IsConnected && !IsOver;

    /// <summary>Whether the other side is gone and everything that it sent is read.</summary>
    public bool IsOver { get; private set; }

    public int Read(Span<byte> buffer)
    {
        var read = _session.Read(_read, buffer);
        _read += (uint)read.Count;
        IsOver |= read.IsEnd || read.Status == IOStatus.IOError;
        return read.Count;
    }

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        var status = _session.Write(_written, bytes);
        IsOver |= status == IOStatus.IOError;
        _written += status == IOStatus.Ok ? (uint)bytes.Length : 0;
        return status == IOStatus.Ok;
    }

    public void Poll() => IsOver |= _session.HasFailed;

    public void Dispose() => _session.Dispose();
}

/// <summary>The session of a caller who was accepted.</summary>
internal sealed class AcceptedSession : StreamSession
{
    private const int ReceiveBytes = 8192;

    private readonly Socket _socket;

    public AcceptedSession(Socket socket, IWakeup? wakeup)
        : base("tcp", $"{socket.RemoteEndPoint}", ReceiveBytes, mayHalfClose: true, wakeup)
    {
        _socket = socket;
        _socket.Blocking = true;
        _socket.NoDelay = true;
    }

    protected override ValueTask<Stream> ConnectAsync(CancellationToken stop) => new(new NetworkStream(_socket, ownsSocket: true));

    protected override ValueTask CloseSendingAsync(Stream stream)
    {
        _socket.Shutdown(SocketShutdown.Send);
        return ValueTask.CompletedTask;
    }
}
