namespace Attic.FujiNet.Storage;

/// <summary>A URI of a network file system, in the parts that paths are made of.</summary>
/// <param name="Root">Scheme and authority: <c>http://host:8080</c>.</param>
/// <param name="Path">The path, in its one form.</param>
/// <param name="Query">The query with its question mark, or nothing.</param>
internal readonly record struct StorageUri(string Root, string Path, string Query)
{
    private static readonly string[] s_tnfsSchemes = ["tnfs", "tnfs+tcp", "tnfstcp", "tnfs-tcp"];

    public override string ToString() => Root + Path + Query;

    public static bool IsTnfs(string text) => s_tnfsSchemes.Any(scheme => HasScheme(text, scheme));

    public static bool IsHttp(string text) => HasScheme(text, "http") || HasScheme(text, "https");

    /// <summary>Takes a URI apart; a default port is left out, the scheme is put into lower case.</summary>
    public static bool TryParse(string text, int defaultPort, out StorageUri uri)
    {
        uri = default;
        int authority = text.IndexOf("://", StringComparison.Ordinal);
        if (authority <= 0)
        {
            return false;
        }

        authority += 3;
        int path = text.IndexOfAny(['/', '?', '#'], authority);
        path = path < 0 ? text.Length : path;
        string host = text[authority..path];
        if (host.Length == 0 || host[0] == ':')
        {
            return false;
        }

        string port = $":{defaultPort}";
        if (host.EndsWith(port, StringComparison.Ordinal))
        {
            host = host[..^port.Length];
        }

        int fragment = text.IndexOf('#', path);
        string rest = fragment < 0 ? text[path..] : text[path..fragment];
        int query = rest.IndexOf('?', StringComparison.Ordinal);
        uri = new(
            text[..(authority - 3)].ToLowerInvariant() + "://" + host,
            StoragePath.Normalize(query < 0 ? rest : rest[..query]),
            query < 0 ? string.Empty : rest[query..]);
        return true;
    }

    /// <summary>A path seen from this one, which counts as a folder.</summary>
    public StorageUri Combine(string path)
    {
        int query = path.IndexOf('?', StringComparison.Ordinal);
        return new(
            Root,
            StoragePath.Combine(Path, query < 0 ? path : path[..query]),
            query < 0 ? string.Empty : path[query..]);
    }

    private static bool HasScheme(string text, string scheme) =>
        text.Length > scheme.Length + 2
        && text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
        && text.AsSpan(scheme.Length, 3) is "://";
}
