namespace Attic.Engine.Card;

/// <summary>Follows the links of the host's file system.</summary>
internal static class HostLinks
{
    // As Linux: more links than this are a loop.
    private const int MostLinks = 40;

    /// <summary>Where a path really lies. Names that do not exist (yet) stay as they are.</summary>
    /// <exception cref="IOException">The links form a loop.</exception>
    public static string RealPath(string path) => TryRealPath(path) ?? throw new IOException("The links form a loop.");

    /// <summary>Where a path really lies, or null when its links form a loop.</summary>
    public static string? TryRealPath(string path)
    {
        int links = 0;
        return Follow(path, ref links);
    }

    private static string? Follow(string path, ref int links)
    {
        string root = Path.GetPathRoot(path) ?? "";
        string real = root;
        foreach (string name in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Combine(real, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks || Follow(Path.GetFullPath(target, real), ref links) is not { } followed)
            {
                return null;
            }

            real = followed;
        }

        return real;
    }
}
