using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Attic.Cli.Fuji;

/// <summary>An address as the command line gives it: <c>HOST:PORT</c>, <c>HOST</c> or <c>PORT</c>.</summary>
internal readonly record struct HostAndPort(string Host, int Port)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="CommandFailure">It is none.</exception>
    public static HostAndPort Parse(string text, string missingHost, int missingPort)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bare))
        {
            return Check(text, new(missingHost, bare));
        }

        int colon = text.LastIndexOf(':');
        bool hasPort = colon >= 0 && !text.EndsWith(']');
        string host = (hasPort ? text[..colon] : text).Trim('[', ']');
        int port = missingPort;
        if (hasPort && !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            port = -1;
        }

        return Check(text, new(host.Length == 0 ? missingHost : host, port));
    }

    /// <summary>The address to listen on.</summary>
    /// <exception cref="CommandFailure">The host has none.</exception>
    public IPEndPoint ToEndPoint()
    {
        if (IPAddress.TryParse(Host, out var address))
        {
            return new(address, Port);
        }

        try
        {
            return new(Array.Find(Dns.GetHostAddresses(Host), found => found.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Loopback, Port);
        }
        catch (SocketException unknown)
        {
            throw CommandFailure.BadInput($"{Host} has no address.", inner: unknown);
        }
    }

    private static HostAndPort Check(string text, HostAndPort found) =>
        found.Port is >= 0 and <= ushort.MaxValue ? found : throw CommandFailure.BadInput($"{text} is no address.", "Give HOST:PORT, such as 127.0.0.1:65504.");
}
