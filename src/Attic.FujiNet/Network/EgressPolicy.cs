using System.Net;
using System.Net.Sockets;

namespace Attic.FujiNet.Network;

/// <summary>Where a FujiNet may connect to. Names are looked up before they are judged, so that a name cannot hide an address.</summary>
public sealed class EgressPolicy
{
    private readonly string[] _allowed;
    private readonly bool _refusePrivate;

    /// <summary>A policy.</summary>
    /// <param name="allow">Hosts that may be reached, separated by commas, <c>*.example.org</c> for all below; empty for all.</param>
    /// <param name="refusePrivate">Whether addresses of this computer and of private networks are refused.</param>
    public EgressPolicy(string allow = "", bool refusePrivate = false)
    {
        ArgumentNullException.ThrowIfNull(allow);
        _allowed = allow.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        _refusePrivate = refusePrivate;
    }

    /// <summary>Whether a host may be reached, going by its name.</summary>
    public bool AllowsHost(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return _allowed.Length == 0 || Array.Exists(_allowed, allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(allowed, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether an address may be reached.</summary>
    public bool AllowsAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return !_refusePrivate || !IsPrivate(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }

    /// <summary>The addresses of a host that may be reached.</summary>
    /// <exception cref="SocketException">It has none, or may not be reached.</exception>
    public async ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken stop)
    {
        var found = AllowsHost(host) ? await Dns.GetHostAddressesAsync(host, stop).ConfigureAwait(false) : [];
        var reachable = Array.FindAll(found, AllowsAddress);
        return reachable.Length > 0 ? reachable : throw new SocketException((int)(found.Length > 0 || !AllowsHost(host) ? SocketError.AccessDenied : SocketError.HostNotFound));
    }

    /// <summary>Connects to a host.</summary>
    /// <exception cref="SocketException">It could not be reached, or may not be.</exception>
    public async ValueTask<Socket> ConnectAsync(string host, int port, CancellationToken stop)
    {
        var addresses = await ResolveAsync(host, stop).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, stop).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return true;
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal || address.IsIPv6Multicast;
        }

        byte[] octets = address.GetAddressBytes();
        return octets[0] switch
        {
            0 or 10 or 127 or >= 224 => true,
            100 => octets[1] is >= 64 and <= 127,
            169 => octets[1] == 254,
            172 => octets[1] is >= 16 and <= 31,
            192 => octets[1] == 168,
            _ => false,
        };
    }
}
