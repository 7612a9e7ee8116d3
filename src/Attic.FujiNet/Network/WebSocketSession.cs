using System.Net.Sockets;
using System.Net.WebSockets;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Network;

/// <summary>A WebSocket as a stream of bytes: each write is a message, the messages of the server follow each other without gaps.</summary>
internal sealed class WebSocketSession : StreamSession
{
    private const int ReceiveBytes = 32 * 1024;

    private readonly NetworkOpen _open;
    private readonly Uri _url;
    private readonly EgressPolicy _egress;
    private readonly ServerTrust _trust;

    public WebSocketSession(NetworkOpen open, Uri url, EgressPolicy egress, ServerTrust trust, IWakeup? wakeup)
        : base(url.Scheme, $"{url.Host}:{url.Port}", ReceiveBytes, mayHalfClose: true, wakeup)
    {
        _open = open;
        _url = url;
        _egress = egress;
        _trust = trust;
    }

    protected override async ValueTask<Stream> ConnectAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(15));
        var socket = new ClientWebSocket();
        foreach (var (name, value) in _open.Headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = async (context, token) =>
                new NetworkStream(await _egress.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, token).ConfigureAwait(false), ownsSocket: true),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = _trust.Accepts;
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        try
        {
            await socket.ConnectAsync(_url, invoker, limit.Token).ConfigureAwait(false);
            return new MessageStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    protected override ValueTask CloseSendingAsync(Stream stream) => ((MessageStream)stream).CloseSendingAsync();

    /// <summary>The messages of a WebSocket as a stream.</summary>
    private sealed class MessageStream(ClientWebSocket socket) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (true)
            {
                var piece = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (piece.Count > 0 || piece.MessageType == WebSocketMessageType.Close)
                {
                    return piece.Count;
                }
            }
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            socket.SendAsync(buffer, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);

        public async ValueTask CloseSendingAsync() =>
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, string.Empty, CancellationToken.None).ConfigureAwait(false);

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush()
        {
            // Messages are sent when they are written.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            socket.Dispose();
            base.Dispose(disposing);
        }
    }
}
