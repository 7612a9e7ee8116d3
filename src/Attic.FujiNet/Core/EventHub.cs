namespace Attic.FujiNet.Core;

/// <summary>What happened to the network.</summary>
public enum NetworkEventKind
{
    /// <summary>The link came up.</summary>
    LinkUp,

    /// <summary>The link has an address.</summary>
    GotIp,

    /// <summary>The link went down.</summary>
    LinkDown,
}

/// <summary>The state of the network changed.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Address">The address as text; empty unless <see cref="NetworkEventKind.GotIp"/>.</param>
/// <param name="Netmask">The network's mask as text.</param>
/// <param name="Gateway">The gateway as text.</param>
public sealed record NetworkEvent(NetworkEventKind Kind, string Address = "", string Netmask = "", string Gateway = "");

/// <summary>What happened to the clock.</summary>
public enum TimeEventKind
{
    /// <summary>The time came from the network.</summary>
    Synchronized,

    /// <summary>A program set the time.</summary>
    ManuallySet,
}

/// <summary>The time changed.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Source">Where the time came from, such as <c>sntp</c>.</param>
public sealed record TimeEvent(TimeEventKind Kind, string Source = "");

/// <summary>The events of a core: platforms report conditions, services react.</summary>
public sealed class EventHub
{
    /// <summary>Events of the network.</summary>
    public EventStream<NetworkEvent> Network { get; } = new();

    /// <summary>Events of the clock.</summary>
    public EventStream<TimeEvent> Time { get; } = new();
}
