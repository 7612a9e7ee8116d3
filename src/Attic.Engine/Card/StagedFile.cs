using System.Text.RegularExpressions;
using Durable = Attic.Media.Durability.StagedFile;

namespace Attic.Engine.Card;

/// <summary>
/// Writes files of the card and of the Attic folder so that a kill at any instant leaves the old or the new one: into a
/// temporary file beside it, flushed to the disk, renamed over it, and the folder flushed too. Makes folders as needed.
/// </summary>
public static partial class StagedFile
{
    private const string Suffix = ".part~";

    /// <summary>Writes bytes.</summary>
    /// <param name="path">The file; its folder is made if needed.</param>
    /// <param name="bytes">The whole new content.</param>
    /// <exception cref="IOException">Nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing was changed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Durable.Write(path, bytes);
    }

    /// <summary>Writes what <paramref name="write"/> puts into the stream; if it throws, nothing is changed.</summary>
    /// <param name="path">The file; its folder is made if needed.</param>
    /// <param name="write">Writes the whole new content.</param>
    /// <param name="mode">Permission bits of a new file where the host has them.</param>
    /// <param name="overwrite">Whether an existing file is replaced; if not, it makes the call fail.</param>
    /// <exception cref="IOException">Nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing was changed.</exception>
    public static void Write(string path, Action<Stream> write, UnixFileMode? mode = null, bool overwrite = true)
    {
        string temporary = NameBeside(path);
        try
        {
            using (var file = new FileStream(temporary, Options(mode)))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            Commit(temporary, path, overwrite);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Renames a complete file, flushed by its writer, to its final name on the same volume.</summary>
    /// <param name="staged">The complete file.</param>
    /// <param name="path">Its final name; the folder is made if needed.</param>
    /// <param name="overwrite">Whether an existing file is replaced; if not, it makes the call fail.</param>
    /// <exception cref="IOException">The final name is as it was.</exception>
    public static void Commit(string staged, string path, bool overwrite)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        File.Move(staged, path, overwrite);
        Durable.FlushFolderOf(path);
    }

    /// <summary>Deletes what writers that were killed have left in a folder and below.</summary>
    internal static void DeleteLeftovers(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (string file in Directory.EnumerateFiles(folder, "*", options).Where(file => Leftover().IsMatch(file)))
        {
            File.Delete(file);
        }
    }

    // Ours, and those of the media library's staged writes.
    [GeneratedRegex(@"\.part~$|\.[0-9]+\.staged$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Leftover();

    private static string NameBeside(string path)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $".{Guid.NewGuid():N}{Suffix}");
    }

    private static FileStreamOptions Options(UnixFileMode? mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (mode is not null && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        return options;
    }
}
