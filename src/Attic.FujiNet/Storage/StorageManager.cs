using Attic.FujiNet.Core;

namespace Attic.FujiNet.Storage;

/// <summary>Where a text led: a file system and a path in it.</summary>
/// <param name="FileSystem">The file system.</param>
/// <param name="Path">The path in it; a whole URI where the file system takes these.</param>
/// <param name="Uri">The one form in which it is shown and kept: <c>host:/d1</c>, <c>http://server/x</c>.</param>
/// <param name="DisplayPath">Its path for people: <c>/d1</c>.</param>
public sealed record StorageTarget(IFileSystem FileSystem, string Path, string Uri, string DisplayPath)
{
    /// <summary>What is there; null when there is nothing.</summary>
    public ValueTask<StoredEntry?> StatAsync() => FileSystem.StatAsync(Path);
}

/// <summary>The file systems by their names, and the one place where a text from outside becomes a path.</summary>
public sealed class StorageManager
{
    private const int TnfsPort = 16384;
    private const int HttpPort = 80;
    private const int HttpsPort = 443;

    private static readonly string[] s_persistent = ["host", "sd0", "flash"];

    private readonly Dictionary<string, IFileSystem> _fileSystems = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Told the URI of whatever is changed through the FujiNet, so that what is remembered of it is forgotten.</summary>
    public EventStream<string> Changed { get; } = new();

    /// <summary>The file systems.</summary>
    public IEnumerable<IFileSystem> FileSystems => _fileSystems.Values;

    /// <summary>The file system for what the FujiNet itself keeps: the first of host, sd0, flash; null when there is none.</summary>
    public IFileSystem? Persistent => s_persistent.Select(Get).FirstOrDefault(found => found is not null);

    /// <summary>Adds a file system under its name, or replaces the one of that name.</summary>
    public void Register(IFileSystem fileSystem)
    {
        ArgumentNullException.ThrowIfNull(fileSystem);
        _fileSystems[fileSystem.Name] = fileSystem;
    }

    /// <summary>The file system of a name, whatever its case; null when there is none.</summary>
    public IFileSystem? Get(string name) => _fileSystems.GetValueOrDefault(name);

    /// <summary>Says that something was changed.</summary>
    /// <param name="uri">Its URI.</param>
    public void NotifyChanged(string uri) => Changed.Publish(uri);

    /// <summary>
    /// Follows a text: a URI, a name of a file system with a path, or, seen from a folder, a path.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="from">The folder from which relative paths are seen; null when there is none.</param>
    /// <returns>Where it leads, whether or not something is there; null when it leads nowhere.</returns>
    public StorageTarget? Resolve(string text, StorageTarget? from = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (StorageUri.IsTnfs(text))
        {
            return AtUri("tnfs", text, TnfsPort);
        }

        if (text.StartsWith("tnfs:", StringComparison.OrdinalIgnoreCase))
        {
            return AtUri("tnfs", "tnfs://" + text[5..].TrimStart('/'), TnfsPort);
        }

        if (StorageUri.IsHttp(text))
        {
            return AtUri("http", text, HttpPortOf(text));
        }

        if (from?.FileSystem.TakesUris == true && !HasKnownPrefix(text))
        {
            return StorageUri.TryParse(from.Path, 0, out var folder) ? AtUri(from.FileSystem, folder.Combine(text)) : null;
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && text.IndexOf('/', StringComparison.Ordinal) is var slash && (slash < 0 || slash > colon))
        {
            string name = text[..colon];
            var found = name.Equals("persist", StringComparison.OrdinalIgnoreCase) ? Persistent : Get(name);
            return found is null || found.TakesUris ? null : AtPath(found, text[(colon + 1)..]);
        }

        return from is null ? null : AtPath(from.FileSystem, StoragePath.Combine(from.Path, text));
    }

    private static StorageTarget AtPath(IFileSystem fileSystem, string path)
    {
        string normal = StoragePath.Normalize(path);
        return new(fileSystem, normal, $"{fileSystem.Name}:{normal}", normal);
    }

    private static StorageTarget AtUri(IFileSystem fileSystem, StorageUri uri)
    {
        string text = uri.ToString();
        return new(fileSystem, text, text, uri.Path);
    }

    private static int HttpPortOf(string text) => text.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? HttpsPort : HttpPort;

    private StorageTarget? AtUri(string name, string text, int defaultPort)
    {
        var found = Get(name);
        return found is not null && StorageUri.TryParse(text, defaultPort, out var uri) ? AtUri(found, uri) : null;
    }

    private bool HasKnownPrefix(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && (text[..colon].Equals("persist", StringComparison.OrdinalIgnoreCase) || Get(text[..colon]) is not null);
    }
}
