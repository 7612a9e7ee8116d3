using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Network;

/// <summary>What a URL of <c>tcp</c> or <c>tls</c> says.</summary>
internal sealed record TcpTarget(string Host, int Port, bool IsTls)
{
    private const int TlsPort = 443;
    private const int DefaultReceiveBytes = 8192;

    public int ConnectMilliseconds { get; private init; } = 5000;

    public bool NoDelay { get; private init; } = true;

    public bool KeepAlive { get; private init; }

    public int ReceiveBytes { get; private init; } = DefaultReceiveBytes;

    public bool HalfClose { get; private init; } = true;

    /// <summary>Whether it waits for a peer instead of calling one; only where that is allowed.</summary>
    public bool Listens => Host.Length == 0;

    public string Remote => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Reads a URL: <c>tcp://host:port?option=value</c>; IPv6 addresses stand in brackets.</summary>
    public static TcpTarget? TryParse(string url, bool mayListen)
    {
        bool tls = url.StartsWith("tls:", StringComparison.OrdinalIgnoreCase);
        string rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        int query = rest.IndexOf('?', StringComparison.Ordinal);
        string authority = (query < 0 ? rest : rest[..query]).TrimEnd('/');
        int bracket = authority.StartsWith('[') ? authority.IndexOf(']', StringComparison.Ordinal) : -1;
        int colon = authority.IndexOf(':', Math.Max(bracket, 0));
        string host = bracket > 0 ? authority[1..bracket] : colon < 0 ? authority : authority[..colon];
        int port = tls ? TlsPort : 0;
        if (colon >= 0 && !int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            return null;
        }

        bool valid = port is > 0 and <= ushort.MaxValue
            && (host.Length > 0 || (mayListen && !tls))
            && (bracket < 0 || colon < 0 || colon == bracket + 1)
            && host.AsSpan().IndexOfAny("/@#\\ ") < 0;
        return valid ? new TcpTarget(host, port, tls).WithOptions(query < 0 ? string.Empty : rest[(query + 1)..]) : null;
    }

    private static int Number(string value, int missing) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : missing;

    private TcpTarget WithOptions(string query)
    {
        const int LeastReceiveBytes = 256;
        const int MostReceiveBytes = 1 << 20;
        const int MostMilliseconds = 600_000;
        var target = this;
        foreach (string option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = option.Split('=', 2);
            string value = pair.Length > 1 ? pair[1] : string.Empty;
            target = pair[0] switch
            {
                "connect_timeout_ms" => target with { ConnectMilliseconds = Math.Clamp(Number(value, target.ConnectMilliseconds), 1, MostMilliseconds) },
                "nodelay" => target with { NoDelay = value is not "0" },
                "keepalive" => target with { KeepAlive = value is not "0" },
                "halfclose" => target with { HalfClose = value is not "0" },
                "rx_buf" => target with { ReceiveBytes = Math.Clamp(Number(value, DefaultReceiveBytes), LeastReceiveBytes, MostReceiveBytes) },
                _ => target,
            };
        }

        return target;
    }
}

/// <summary>A TCP connection, with TLS or without.</summary>
internal sealed class TcpSession : StreamSession
{
    private readonly TcpTarget _target;
    private readonly EgressPolicy _egress;
    private readonly ServerTrust _trust;
    private Socket? _socket;

    public TcpSession(TcpTarget target, EgressPolicy egress, ServerTrust trust, IWakeup? wakeup)
        : base(target.IsTls ? "tls" : "tcp", target.Remote, target.ReceiveBytes, target.HalfClose, wakeup)
    {
        _target = target;
        _egress = egress;
        _trust = trust;
    }

    protected override async ValueTask<Stream> ConnectAsync(CancellationToken stop)
    {
        _socket = _target.Listens ? await AcceptAsync(stop).ConfigureAwait(false) : await CallAsync(stop).ConfigureAwait(false);
        _socket.NoDelay = _target.NoDelay;
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, _target.KeepAlive);
        var plain = new NetworkStream(_socket, ownsSocket: true);
        if (!_target.IsTls)
        {
            return plain;
        }

        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(_target.ConnectMilliseconds);
            var options = new SslClientAuthenticationOptions { TargetHost = _target.Host, RemoteCertificateValidationCallback = _trust.Accepts };
            await secure.AuthenticateAsClientAsync(options, limit.Token).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    protected override async ValueTask CloseSendingAsync(Stream stream)
    {
        if (stream is SslStream secure)
        {
            await secure.ShutdownAsync().ConfigureAwait(false);
        }

        _socket!.Shutdown(SocketShutdown.Send);
    }

    private async ValueTask<Socket> CallAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_target.ConnectMilliseconds);
        return await _egress.ConnectAsync(_target.Host, _target.Port, limit.Token).ConfigureAwait(false);
    }

    private async ValueTask<Socket> AcceptAsync(CancellationToken stop)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, _target.Port));
        listener.Listen(1);
        return await listener.AcceptAsync(stop).ConfigureAwait(false);
    }
}
