using Attic.FujiNet.Core;

namespace Attic.FujiNet.Network;

/// <summary>Makes the sessions of the schemes that are known.</summary>
public sealed class SessionFactory : IDisposable
{
    private readonly EgressPolicy _egress;
    private readonly ServerTrust _trust;
    private readonly HttpClients _http;
    private readonly bool _extraSchemes;
    private readonly IWakeup? _wakeup;

    /// <summary>A factory.</summary>
    /// <param name="egress">Where sessions may connect to.</param>
    /// <param name="trust">Whom TLS trusts.</param>
    /// <param name="extraSchemes">Whether schemes beyond http, https, tcp and tls are known, and tcp may listen.</param>
    /// <param name="wakeup">Woken when a session has something.</param>
    public SessionFactory(EgressPolicy egress, ServerTrust trust, bool extraSchemes = false, IWakeup? wakeup = null)
    {
        _egress = egress;
        _trust = trust;
        _extraSchemes = extraSchemes;
        _wakeup = wakeup;
        _http = new HttpClients(egress, trust);
    }

    /// <summary>Whether a scheme is known.</summary>
    public bool Knows(string scheme) => scheme is "http" or "https" or "tcp" or "tls" || (_extraSchemes && scheme is "udp" or "ws" or "wss");

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
        _ => (null, IOStatus.Unsupported),
    };

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
