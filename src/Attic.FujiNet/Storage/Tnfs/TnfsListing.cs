using System.IO.Enumeration;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>Options of OPENDIRX.</summary>
[Flags]
internal enum TnfsDirectoryOptions : byte
{
    None = 0,
    FoldersNotFirst = 0x01,
    ShowHidden = 0x02,
    ShowSpecial = 0x04,
    PatternOnFolders = 0x08,
    Recurse = 0x10,
    NoFolders = 0x20,
}

/// <summary>Orders of OPENDIRX.</summary>
[Flags]
internal enum TnfsSortOptions : byte
{
    ByName = 0,
    None = 0x01,
    CaseSensitive = 0x02,
    Descending = 0x04,
    ByModified = 0x08,
    BySize = 0x10,
}

/// <summary>An entry of a directory.</summary>
/// <param name="Name">Its name; with recursion, its path from the directory.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
/// <param name="IsHidden">Whether its name begins with a full stop.</param>
/// <param name="Length">Bytes, 0 for a directory.</param>
/// <param name="Modified">When it was changed, in UTC.</param>
/// <param name="Created">When it was made, in UTC.</param>
internal readonly record struct TnfsEntry(string Name, bool IsDirectory, bool IsHidden, long Length, DateTime Modified, DateTime Created);

/// <summary>A directory as it was when it was opened.</summary>
internal sealed class TnfsListing
{
    /// <summary>The most entries that are listed; a position is a u16.</summary>
    public const int MaxEntries = ushort.MaxValue;

    private TnfsListing(IReadOnlyList<TnfsEntry> entries) => Entries = entries;

    /// <summary>The entries, in order.</summary>
    public IReadOnlyList<TnfsEntry> Entries { get; }

    /// <summary>Which entry comes next.</summary>
    public int Position { get; set; }

    /// <summary>Lists a directory.</summary>
    /// <param name="hostPath">The host's directory.</param>
    /// <param name="options">What is listed.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="pattern">Names with * and ?, or nothing for all.</param>
    /// <param name="limit">The most entries, 0 for no limit.</param>
    public static TnfsListing Open(string hostPath, TnfsDirectoryOptions options, TnfsSortOptions sort, string pattern, int limit)
    {
        var found = new DirectoryInfo(hostPath)
            .EnumerateFileSystemInfos("*", new EnumerationOptions
            {
                RecurseSubdirectories = options.HasFlag(TnfsDirectoryOptions.Recurse),
                IgnoreInaccessible = true,
                AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
            })
            .Select(info => Describe(info, hostPath))
            .Where(entry => IsWanted(entry, options, pattern))
            .Take(MaxEntries);
        var ordered = Sort(found, options, sort);
        return new TnfsListing([.. limit > 0 ? ordered.Take(limit) : ordered]);
    }

    private static TnfsEntry Describe(FileSystemInfo info, string folder) => new(
        Path.GetRelativePath(folder, info.FullName),
        info is DirectoryInfo,
        info.Name.StartsWith('.'),
        (info as FileInfo)?.Length ?? 0,
        info.LastWriteTimeUtc,
        info.CreationTimeUtc);

    private static bool IsWanted(TnfsEntry entry, TnfsDirectoryOptions options, string pattern)
    {
        if ((entry.IsHidden && !options.HasFlag(TnfsDirectoryOptions.ShowHidden)) || (entry.IsDirectory && options.HasFlag(TnfsDirectoryOptions.NoFolders)))
        {
            return false;
        }

        bool filtered = pattern.Length > 0 && (!entry.IsDirectory || options.HasFlag(TnfsDirectoryOptions.PatternOnFolders));
        return !filtered || FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(entry.Name), ignoreCase: true);
    }

    private static IEnumerable<TnfsEntry> Sort(IEnumerable<TnfsEntry> entries, TnfsDirectoryOptions options, TnfsSortOptions sort)
    {
        if (sort.HasFlag(TnfsSortOptions.None))
        {
            return entries;
        }

        var names = sort.HasFlag(TnfsSortOptions.CaseSensitive) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        bool foldersFirst = !options.HasFlag(TnfsDirectoryOptions.FoldersNotFirst);
        var grouped = entries.OrderBy(entry => foldersFirst && !entry.IsDirectory);
        bool down = sort.HasFlag(TnfsSortOptions.Descending);
        if (sort.HasFlag(TnfsSortOptions.ByModified))
        {
            grouped = down ? grouped.ThenByDescending(entry => entry.Modified) : grouped.ThenBy(entry => entry.Modified);
        }
        else if (sort.HasFlag(TnfsSortOptions.BySize))
        {
            grouped = down ? grouped.ThenByDescending(entry => entry.Length) : grouped.ThenBy(entry => entry.Length);
        }

        return down ? grouped.ThenByDescending(entry => entry.Name, names) : grouped.ThenBy(entry => entry.Name, names);
    }
}
