using System.Diagnostics.CodeAnalysis;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>A folder that is served: paths of clients resolve inside it, whatever they hold.</summary>
internal sealed class ServedFolder
{
    private const int MaxPathLength = 1024;
    private readonly string _root;

    /// <summary>A folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public ServedFolder(string folder)
    {
        var info = new DirectoryInfo(folder);
        if (!info.Exists)
        {
            throw new DirectoryNotFoundException($"There is no folder {folder} to serve.");
        }

        _root = info.FullName.TrimEnd(Path.DirectorySeparatorChar);
        if (_root.Length == 0)
        {
            _root = "/";
        }
    }

    /// <summary>The folder.</summary>
    public string Root => _root;

    /// <summary>Whether a path of the host is the folder itself.</summary>
    public bool IsRoot(string hostPath) => string.Equals(hostPath, _root, StringComparison.Ordinal);

    /// <summary>Finds the host's path of a client's. <c>.</c> and <c>..</c> collapse and stop at the root; a link on the way is refused.</summary>
    public bool TryResolve(string mount, string path, [NotNullWhen(true)] out string? hostPath)
    {
        hostPath = null;
        if (mount.Length + path.Length > MaxPathLength || path.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        string current = _root;
        foreach (string name in StoragePath.Normalize($"{mount}/{path}".Replace('\\', '/')).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            current = Path.Join(current, name);
            if (new FileInfo(current).LinkTarget is not null)
            {
                return false;
            }
        }

        hostPath = current;
        return true;
    }
}
