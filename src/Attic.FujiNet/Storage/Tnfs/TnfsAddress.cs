using System.Globalization;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>Whose mount a URI means: <c>tnfs://[user[:password]@]host[:port]/path</c>, by UDP; <c>tnfs+tcp://</c> and its other spellings by TCP.</summary>
/// <param name="IsTcp">Whether TCP carries it.</param>
/// <param name="Host">Name or address.</param>
/// <param name="Port">The port.</param>
/// <param name="User">The user, perhaps none.</param>
/// <param name="Password">The password, perhaps none; it is never shown.</param>
internal readonly record struct TnfsAddress(bool IsTcp, string Host, int Port, string User, string Password)
{
    /// <inheritdoc />
    public override string ToString() => $"{(IsTcp ? "tnfs+tcp" : "tnfs")}://{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Takes a URI apart.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="address">Whose.</param>
    /// <param name="path">The path, which starts with a slash.</param>
    public static bool TryParse(string uri, out TnfsAddress address, out string path)
    {
        (address, path) = (default, "/");
        if (!StorageUri.IsTnfs(uri) || !StorageUri.TryParse(uri, TnfsProtocol.Port, out var parts))
        {
            return false;
        }

        int authorityAt = parts.Root.IndexOf("://", StringComparison.Ordinal) + 3;
        string authority = parts.Root[authorityAt..];
        int at = authority.LastIndexOf('@');
        string[] login = at < 0 ? ["", ""] : $"{authority[..at]}:".Split(':');
        string server = authority[(at + 1)..];
        int colon = server.EndsWith(']') ? -1 : server.LastIndexOf(':');
        int port = TnfsProtocol.Port;
        if (colon >= 0 && (!int.TryParse(server[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is 0 or > ushort.MaxValue))
        {
            return false;
        }

        string host = (colon < 0 ? server : server[..colon]).Trim('[', ']');
        bool isTcp = !parts.Root.StartsWith("tnfs://", StringComparison.Ordinal);
        address = new TnfsAddress(isTcp, host, port, Uri.UnescapeDataString(login[0]), Uri.UnescapeDataString(login[1]));
        path = parts.Path;
        return host.Length > 0;
    }
}
