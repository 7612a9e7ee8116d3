using System.Net.Sockets;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Channels;

/// <summary>A connected stream socket that never blocks, with a queue for what its peer does not take yet.</summary>
internal sealed class SocketPeer : IDisposable
{
    private const int QueueBytes = 1 << 20;
    private const int KeepAliveSeconds = 30;
    private const int KeepAliveInterval = 5;
    private const int KeepAliveProbes = 4;

    private readonly Socket _socket;
    private readonly ByteQueue _unsent = new(QueueBytes);

    public SocketPeer(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;
        _socket.NoDelay = true;

        // A client that vanished without a word makes room for the next within a minute.
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveInterval);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
    }

    /// <summary>Whether the peer closed, or the connection broke.</summary>
    public bool IsOver { get; private set; }

    public bool HasUnsent => _unsent.Count > 0;

    public int Read(Span<byte> buffer)
    {
        int count = _socket.Receive(buffer, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return 0;
        }

        IsOver |= error != SocketError.Success || count == 0;
        return error == SocketError.Success ? count : 0;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!HasUnsent)
        {
            bytes = bytes[Send(bytes)..];
        }

        // A peer that asks and never reads the answers is given up.
        IsOver |= _unsent.Write(bytes) < bytes.Length;
    }

    public void Flush()
    {
        while (HasUnsent && !IsOver)
        {
            int sent = Send(_unsent.Front);
            if (sent == 0)
            {
                return;
            }

            _unsent.Skip(sent);
        }
    }

    public void Interest(ReadinessSet set, bool wantBytes) => set.Add((int)_socket.Handle, wantBytes, HasUnsent);

    public void Dispose() => _socket.Dispose();

    private int Send(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || IsOver)
        {
            return 0;
        }

        int sent = _socket.Send(bytes, SocketFlags.None, out var error);
        if (error is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
        {
            return 0;
        }

        IsOver |= error != SocketError.Success;
        return error == SocketError.Success ? sent : 0;
    }
}
