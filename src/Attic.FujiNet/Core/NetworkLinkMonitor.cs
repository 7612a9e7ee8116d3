namespace Attic.FujiNet.Core;

/// <summary>The state of a network link.</summary>
/// <param name="IsUp">Whether there is one.</param>
/// <param name="Address">Its address as text; empty while it has none.</param>
/// <param name="Netmask">The network's mask as text.</param>
/// <param name="Gateway">The gateway as text.</param>
public sealed record NetworkLinkState(bool IsUp, string Address = "", string Netmask = "", string Gateway = "");

/// <summary>Compares the link's state tick by tick and publishes what changed.</summary>
public sealed class NetworkLinkMonitor
{
    private readonly Func<NetworkLinkState> _link;
    private readonly EventHub _events;
    private NetworkLinkState _last = new(IsUp: false);

    /// <summary>Watches a link that was down so far.</summary>
    /// <param name="link">Gives the present state.</param>
    /// <param name="events">Where to publish.</param>
    public NetworkLinkMonitor(Func<NetworkLinkState> link, EventHub events)
    {
        _link = link;
        _events = events;
    }

    /// <summary>Publishes the transitions since the last call.</summary>
    public void Poll()
    {
        var now = _link();
        if (now == _last)
        {
            return;
        }

        var before = _last;
        _last = now;
        if (now.IsUp && !before.IsUp)
        {
            _events.Network.Publish(new(NetworkEventKind.LinkUp));
        }

        if (now.IsUp && now.Address.Length > 0 && !string.Equals(now.Address, before.Address, StringComparison.Ordinal))
        {
            _events.Network.Publish(new(NetworkEventKind.GotIp, now.Address, now.Netmask, now.Gateway));
        }

        if (!now.IsUp && before.IsUp)
        {
            _events.Network.Publish(new(NetworkEventKind.LinkDown));
        }
    }
}
