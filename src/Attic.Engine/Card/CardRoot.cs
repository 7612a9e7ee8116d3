using Attic.Engine.Errors;

namespace Attic.Engine.Card;

/// <summary>
/// The card: one folder of the host that the API shows as <c>/sdcard</c>. Every path from outside becomes a host path
/// here and nowhere else: made canonical, held against the allowed roots, and followed through links to where it really
/// lies, which must be in the same root. Names keep their case; a name that differs from a stored one only by case means
/// the stored one, as on the FAT volume that a card would have.
/// </summary>
public sealed class CardRoot
{
    private readonly string _folder;

    /// <summary>Opens a card; makes the folder and the roots that are missing.</summary>
    /// <param name="hostFolder">The host folder that holds it.</param>
    /// <exception cref="IOException">The folder can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be made.</exception>
    public CardRoot(string hostFolder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(hostFolder));
        Directory.CreateDirectory(full);
        _folder = HostLinks.RealPath(full);
        foreach (string root in CardRoots.Readable)
        {
            Directory.CreateDirectory(HostOf(root));
        }
    }

    /// <summary>The host folder, links resolved; for the operator's console, never for a reply.</summary>
    public string HostFolder => _folder;

    /// <summary>Checks a path from outside and finds where it lies. The file need not exist.</summary>
    /// <param name="path">As the client wrote it.</param>
    /// <param name="access">What is wanted with it.</param>
    /// <param name="roots">Roots to allow instead of those of <paramref name="access"/>.</param>
    /// <exception cref="EngineException"><c>PATH_NOT_ALLOWED</c> with <c>path</c> and <c>allowed_roots</c>.</exception>
    public CardPath Resolve(string path, CardAccess access, IReadOnlyList<string>? roots = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] names = VirtualPath.Parse(path);
        string root = (roots ?? CardRoots.For(access)).FirstOrDefault(allowed => IsRootOf(allowed, names))
            ?? throw VirtualPath.Refused(path, "It lies in none of the allowed roots.", access);
        names[0] = root[(CardRoots.Card.Length + 1)..];
        string host = _folder;
        foreach (string name in names)
        {
            host = Path.Combine(host, StoredName(host, name));
        }

        return StaysIn(HostOf(root), host)
            ? new(ToVirtual(host), host, root)
            : throw VirtualPath.Refused(path, "A link leads out of its root.", access);
    }

    /// <summary>Resolves a path that must be a file that exists.</summary>
    /// <exception cref="EngineException"><c>PATH_NOT_ALLOWED</c>, or <c>NOT_FOUND</c> with <c>path</c>.</exception>
    public CardPath ResolveFile(string path, CardAccess access, IReadOnlyList<string>? roots = null)
    {
        var resolved = Resolve(path, access, roots);
        return File.Exists(resolved.Host)
            ? resolved
            : throw new EngineException(
                ErrorCode.NotFound,
                $"There is no file {resolved.Virtual} on the card.",
                ErrorDetails.Of(("path", resolved.Virtual)));
    }

    /// <summary>The host path of one of the engine's own virtual paths; nothing from outside comes here.</summary>
    internal string HostOf(string ownPath) =>
        Path.Combine(_folder, ownPath[(CardRoots.Card.Length + 1)..].Replace('/', Path.DirectorySeparatorChar));

    /// <summary>What a host path below the card is called in replies.</summary>
    internal string ToVirtual(string host) =>
        VirtualPath.Format(Path.GetRelativePath(_folder, host).Split(Path.DirectorySeparatorChar));

    /// <summary>
    /// The files below one of the engine's own folders, in ordinal order of their virtual paths; hidden files, links and
    /// whatever cannot be read are left out.
    /// </summary>
    internal IEnumerable<CardPath> FilesBelow(string ownPath, string root)
    {
        string folder = HostOf(ownPath);
        if (!Directory.Exists(folder) || !StaysIn(HostOf(root), folder))
        {
            return [];
        }

        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        return Directory.EnumerateFiles(folder, "*", options)
            .Where(host => !IsHidden(folder, host))
            .Select(host => new CardPath(ToVirtual(host), host, root))
            .OrderBy(path => path.Virtual, StringComparer.Ordinal);
    }

    private static bool IsRootOf(string root, string[] names) =>
        names.Length > 0 && root.AsSpan(CardRoots.Card.Length + 1).Equals(names[0], StringComparison.OrdinalIgnoreCase);

    private static bool IsHidden(string folder, string host) =>
        Path.GetRelativePath(folder, host).Split(Path.DirectorySeparatorChar).Any(name => name.StartsWith('.'));

    private static string StoredName(string folder, string name)
    {
        if (Path.Exists(Path.Combine(folder, name)) && OperatingSystem.IsLinux())
        {
            return name;
        }

        if (!Directory.Exists(folder))
        {
            return name;
        }

        string? alike = null;
        foreach (string entry in Directory.EnumerateFileSystemEntries(folder))
        {
            string stored = Path.GetFileName(entry);
            if (string.Equals(stored, name, StringComparison.Ordinal))
            {
                return name;
            }

            if (string.Equals(UnicodeComposition.Compose(stored), name, StringComparison.OrdinalIgnoreCase)
                && (alike is null || string.CompareOrdinal(stored, alike) < 0))
            {
                alike = stored;
            }
        }

        return alike ?? name;
    }

    private static bool StaysIn(string root, string host)
    {
        string? real = HostLinks.TryRealPath(host);
        return real is not null
            && (string.Equals(real, root, StringComparison.Ordinal)
                || real.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }
}
