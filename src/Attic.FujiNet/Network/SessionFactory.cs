using System.Globalization;
using Attic.FujiNet.Core;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Network;

/// <summary>Makes the sessions of the schemes that are known.</summary>
public sealed class SessionFactory : IDisposable
{
    private readonly EgressPolicy _egress;
    private readonly ServerTrust _trust;
    private readonly HttpClients _http;
    private readonly bool _extraSchemes;
    private readonly IWakeup? _wakeup;
    private readonly IFileSystem? _tnfs;

    /// <summary>A factory.</summary>
    /// <param name="egress">Where sessions may connect to.</param>
    /// <param name="trust">Whom TLS trusts.</param>
    /// <param name="extraSchemes">Whether schemes beyond http, https, tcp and tls are known, and tcp may listen.</param>
    /// <param name="wakeup">Woken when a session has something.</param>
    /// <param name="tnfs">The file system of TNFS servers; null for none.</param>
    public SessionFactory(EgressPolicy egress, ServerTrust trust, bool extraSchemes = false, IWakeup? wakeup = null, IFileSystem? tnfs = null)
    {
        _tnfs = tnfs;
        _egress = egress;
        _trust = trust;
        _extraSchemes = extraSchemes;
        _wakeup = wakeup;
        _http = new HttpClients(egress, trust);
    }

    /// <summary>Whether a scheme is known.</summary>
    public bool Knows(string scheme) =>
        scheme is "http" or "https" or "tcp" or "tls"
        || (_extraSchemes && (scheme is "udp" or "ws" or "wss" || (_tnfs is not null && StorageUri.IsTnfs(scheme + "://"))));

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Makes a session that is not yet started.</summary>
    /// <returns>The session, or why there is none.</returns>
    internal (NetworkSession? Session, IOStatus Status) Make(NetworkOpen open) => open.Scheme switch
    {
        "http" or "https" => MakeHttp(open),
        "tcp" or "tls" => MakeTcp(open),
        "udp" when _extraSchemes => MakeUdp(open),
        "ws" or "wss" when _extraSchemes => MakeWebSocket(open),
        _ when _extraSchemes && _tnfs is not null && StorageUri.IsTnfs(open.Url) => MakeTnfs(open, _tnfs),
        _ => (null, IOStatus.Unsupported),
    };

    /// <summary>Makes a session with a peer, whatever the schemes of clients are: <c>tcp</c> or <c>udp</c>.</summary>
    /// <returns>The session, not yet started; null when there is no such host.</returns>
    internal NetworkSession? MakePeer(string scheme, string host, int port) =>
        TcpTarget.TryParse(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{port}"), mayListen: false) is not { } target ? null
        : scheme is "udp" ? new UdpSession(target, _egress, _wakeup)
        : new TcpSession(target, _egress, _trust, _wakeup);

    private (NetworkSession?, IOStatus) MakeHttp(NetworkOpen open)
    {
        if (!Enum.IsDefined(open.Method))
        {
            return (null, IOStatus.Unsupported);
        }

        return Uri.TryCreate(open.Url, UriKind.Absolute, out var url)
            ? (new HttpSession(open, url, _http, _wakeup), IOStatus.Ok)
            : (null, IOStatus.InvalidRequest);
    }

    private (NetworkSession?, IOStatus) MakeTnfs(NetworkOpen open, IFileSystem tnfs)
    {
        const int port = 16384;
        return open.Method is not (OpenMethod.Get or OpenMethod.Put or OpenMethod.Delete or OpenMethod.Head) ? (null, IOStatus.Unsupported)
            : StorageUri.TryParse(open.Url, port, out var uri) ? (new TnfsSession(open, tnfs, uri.ToString(), _wakeup), IOStatus.Ok)
            : (null, IOStatus.InvalidRequest);
    }

    private (NetworkSession?, IOStatus) MakeTcp(NetworkOpen open)
    {
        var target = TcpTarget.TryParse(open.Url, mayListen: _extraSchemes);
        return target is null ? (null, IOStatus.InvalidRequest) : (new TcpSession(target, _egress, _trust, _wakeup), IOStatus.Ok);
    }

    private (NetworkSession?, IOStatus) MakeUdp(NetworkOpen open)
    {
        var target = TcpTarget.TryParse(open.Url, mayListen: false);
        return target is null ? (null, IOStatus.InvalidRequest) : (new UdpSession(target, _egress, _wakeup), IOStatus.Ok);
    }

    private (NetworkSession?, IOStatus) MakeWebSocket(NetworkOpen open) =>
        Uri.TryCreate(open.Url, UriKind.Absolute, out var url)
            ? (new WebSocketSession(open, url, _egress, _trust, _wakeup), IOStatus.Ok)
            : (null, IOStatus.InvalidRequest);
}
