using System.Net;
using System.Text;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Network;

/// <summary>The clients that all HTTP sessions of a device share.</summary>
internal sealed class HttpClients : IDisposable
{
    private const int HeaderKilobytes = 64;

    private readonly HttpMessageInvoker _follow;
    private readonly HttpMessageInvoker _plain;

    public HttpClients(EgressPolicy egress, ServerTrust trust)
    {
        _follow = Make(egress, trust, follow: true);
        _plain = Make(egress, trust, follow: false);
    }

    public HttpMessageInvoker For(bool followRedirects) => followRedirects ? _follow : _plain;

    public void Dispose()
    {
        _follow.Dispose();
        _plain.Dispose();
    }

    private static HttpMessageInvoker Make(EgressPolicy egress, ServerTrust trust, bool follow)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = follow,
            MaxAutomaticRedirections = 10,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            MaxResponseHeadersLength = HeaderKilobytes,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = async (context, stop) =>
                new System.Net.Sockets.NetworkStream(await egress.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, stop).ConfigureAwait(false), ownsSocket: true),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = trust.Accepts;
        return new(handler);
    }
}

/// <summary>
/// One HTTP request and its response, which streams through a window of bounded size: reading at its front frees what was
/// read; reading ahead of it does not.
/// </summary>
internal sealed class HttpSession : NetworkSession
{
    private const int WindowBytes = 64 * 1024;
    private const int PieceBytes = 8 * 1024;
    private const int KnownBodyBytes = 64 * 1024;
    private const int OpenEndedBodyBytes = 4 << 20;

    private static readonly TimeSpan s_headerLimit = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClients _clients;
    private readonly NetworkOpen _open;
    private readonly Uri _url;
    private readonly ReceiveBuffer _window;
    private readonly MemoryStream? _body;
    private readonly ReceiveBuffer? _upload;
    private volatile Head? _head;
    private uint _base;
    private uint _bodyCursor;

    public HttpSession(NetworkOpen open, Uri url, HttpClients clients, IWakeup? wakeup)
        : base(wakeup)
    {
        _open = open;
        _url = url;
        _clients = clients;
        _window = new ReceiveBuffer(WindowBytes, Progress);
        if (open.NeedsBody && open.BodyLength > KnownBodyBytes)
        {
            _upload = new ReceiveBuffer(KnownBodyBytes + ushort.MaxValue, Progress);
        }
        else if (open.NeedsBody)
        {
            _body = new MemoryStream();
        }
    }

    public override byte ProtocolFlags => 0;

    /// <summary>Whether the client still has to write some of the body.</summary>
    public bool AwaitsBody { get; private set; }

    /// <summary>Whether the body goes out while the client writes it.</summary>
    public bool IsStreamingUp => _upload is not null;

    public override void Start()
    {
        AwaitsBody = _open.NeedsBody;

        // A body that does not fit into memory is sent while it comes.
        if (!AwaitsBody || _upload is not null)
        {
            Send();
        }
    }

    public override SessionRead Read(uint offset, Span<byte> buffer)
    {
        if (AwaitsBody)
        {
            return new(IOStatus.NotReady);
        }

        if (offset < _base || offset - _base > WindowBytes)
        {
            bool past = offset > _base && _window is { IsOver: true, Error: null };
            return past ? new(IOStatus.Ok, IsEnd: true) : new(IOStatus.InvalidRequest);
        }

        int ahead = (int)(offset - _base);
        bool over = _window.IsOver;
        int count = _window.Peek(ahead, buffer);
        int left = _window.Count - ahead - count;
        if (count == 0)
        {
            return over ? new(_window.Error is null ? IOStatus.Ok : IOStatus.IOError, IsEnd: _window.Error is null) : new(IOStatus.NotReady);
        }

        if (ahead == 0)
        {
            _window.Skip(count);
            _base += (uint)count;
        }

        return new(IOStatus.Ok, count, over && left <= 0 && _window.Error is null, left > 0);
    }

    public override IOStatus Write(uint offset, ReadOnlySpan<byte> data)
    {
        if (!AwaitsBody)
        {
            return IOStatus.Unsupported;
        }

        long limit = _open.IsBodyOpenEnded ? OpenEndedBodyBytes : _open.BodyLength;
        if (offset != _bodyCursor || (long)offset + data.Length > limit)
        {
            return IOStatus.InvalidRequest;
        }

        if (_upload is not null)
        {
            if (_window.IsOver)
            {
                return IOStatus.IOError;
            }

            if (_upload.Limit - _upload.Count < data.Length)
            {
                return IOStatus.DeviceBusy;
            }

            // There is room, so this ends at once.
            _ = _upload.AppendAsync(data.ToArray(), CancellationToken.None);
        }

        _body?.Write(data);
        _bodyCursor += (uint)data.Length;
        if (_open.IsBodyOpenEnded ? data.IsEmpty : _bodyCursor == _open.BodyLength)
        {
            AwaitsBody = false;
            _upload?.Complete();
            if (_upload is null)
            {
                Send();
            }
        }

        return IOStatus.Ok;
    }

    public override SessionInfo Info()
    {
        if (AwaitsBody)
        {
            return new(IOStatus.NotReady);
        }

        var head = _head;
        if (head is null)
        {
            return new(_window.IsOver ? IOStatus.IOError : IOStatus.NotReady);
        }

        return new(IOStatus.Ok, head.Status, head.Length, head.Wanted);
    }

    public override void Dispose()
    {
        _stop.Cancel();
        _body?.Dispose();
    }

    private void Send() => _ = Task.Run(RunAsync);

    private async Task RunAsync()
    {
        try
        {
            using var request = BuildRequest();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            if (_upload is null)
            {
                limit.CancelAfter(s_headerLimit);
            }

            using var response = await _clients.For(_open.Flags.HasFlag(OpenFlags.FollowRedirects)).SendAsync(request, limit.Token).ConfigureAwait(false);
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
            _head = new((int)response.StatusCode, response.Content.Headers.ContentLength, Select(response));
            Progress.Set();
            await ReceiveAsync(response).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Reported by the next call; a session that was closed has nobody to report to.
            _window.Complete(error);
        }
    }

    private async Task ReceiveAsync(HttpResponseMessage response)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(_stop.Token).ConfigureAwait(false);
        byte[] piece = new byte[PieceBytes];
        while (true)
        {
            int count = await stream.ReadAsync(piece, _stop.Token).ConfigureAwait(false);
            if (count == 0)
            {
                _window.Complete();
                return;
            }

            await _window.AppendAsync(piece.AsMemory(0, count), _stop.Token).ConfigureAwait(false);
        }
    }

    private HttpRequestMessage BuildRequest()
    {
        var request = new HttpRequestMessage(new HttpMethod(_open.Method.ToString().ToUpperInvariant()), _url);
        if (_body is not null)
        {
            request.Content = new ByteArrayContent(_body.GetBuffer(), 0, (int)_body.Length);
        }
        else if (_upload is not null)
        {
            request.Content = new UploadContent(_upload, _open.BodyLength, Progress);
        }
        else if (_open.MayHaveBody)
        {
            request.Content = new ByteArrayContent([]);
        }

        foreach (var (name, value) in _open.Headers)
        {
            // The length is what the body's is.
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private string Select(HttpResponseMessage response)
    {
        var all = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).ToList();
        var text = new StringBuilder();
        foreach (var header in all.Where(header => _open.Wanted.Exists(name => name.Equals(header.Key, StringComparison.OrdinalIgnoreCase))))
        {
            foreach (string value in header.Value)
            {
                text.Append(header.Key).Append(": ").Append(value).Append("\r\n");
            }
        }

        return text.ToString();
    }

    private sealed record Head(int Status, long? Length, string Wanted);

    /// <summary>A body of known length that is sent while the client writes it.</summary>
    private sealed class UploadContent(ReceiveBuffer source, long length, ProgressSignal progress) : HttpContent
    {
        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            byte[] piece = new byte[PieceBytes];
            while (true)
            {
                int seen = progress.Version;
                bool over = source.IsOver;
                int count = source.Peek(0, piece);
                if (count > 0)
                {
                    await stream.WriteAsync(piece.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                    source.Skip(count);
                    progress.Set();
                }
                else if (over)
                {
                    return;
                }
                else
                {
                    await progress.WaitAsync(seen, TimeSpan.FromSeconds(1), TimeProvider.System).ConfigureAwait(false);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
    }
}
