using Attic.Cpm.Terminal;
using Microsoft.Win32.SafeHandles;

namespace Attic.Cpm.Drives;

/// <summary>
/// A drive that is a folder of the host: user area 0 is the folder itself, areas 1 to 15 its subfolders <c>U1</c> to <c>U15</c>.
/// Nothing outside it can be reached: names have no separators, and links are not followed.
/// </summary>
internal sealed class CpmDrive(string folder)
{
    /// <summary>Bytes in a record.</summary>
    public const int RecordSize = 128;

    /// <summary>The most records of a file in CP/M 2.2: 8 MB.</summary>
    public const int MaximumRecords = 65536;

    private static readonly EnumerationOptions Flat = new() { RecurseSubdirectories = false, IgnoreInaccessible = true, ReturnSpecialDirectories = false };

    /// <summary>The files of a user area that a pattern matches, in the order of their names.</summary>
    public IReadOnlyList<CpmFileEntry> List(int user, CpmName pattern)
    {
        var area = new DirectoryInfo(Area(user));
        if (!area.Exists)
        {
            return [];
        }

        return [.. Names(area)
            .Where(item => pattern.Matches(item.Name))
            .Select(item => new CpmFileEntry(item.Name, user, item.File.Length, item.File.IsReadOnly))
            .OrderBy(entry => entry.Name.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>The file of a name, or null.</summary>
    public CpmFileEntry? Find(int user, CpmName name)
    {
        var file = Locate(user, name);
        return file is null ? null : new CpmFileEntry(name, user, file.Length, file.IsReadOnly);
    }

    /// <summary>Makes an empty file.</summary>
    /// <returns>False if the name cannot be a file's, or the file is there already.</returns>
    public bool Create(int user, CpmName name)
    {
        if (!name.TryToHost(out string hostName) || Locate(user, name) is not null)
        {
            return false;
        }

        Directory.CreateDirectory(Area(user));
        try
        {
            using var created = new FileStream(Path.Combine(Area(user), hostName), FileMode.CreateNew, FileAccess.Write);
            return true;
        }
        catch (IOException)
        {
            // A folder or a link has the name, or the host's disk is full: CP/M's answer to both is "no directory space".
            return false;
        }
    }

    /// <summary>Removes a file.</summary>
    /// <returns>False if it is not there.</returns>
    public bool Delete(int user, CpmName name)
    {
        var file = Locate(user, name);
        file?.Delete();
        return file is not null;
    }

    /// <summary>Gives a file another name.</summary>
    /// <returns>False if it is not there, or the new name is taken or cannot be a file's.</returns>
    public bool Rename(int user, CpmName from, CpmName to)
    {
        var file = Locate(user, from);
        if (file is null || !to.TryToHost(out string hostName) || Locate(user, to) is not null)
        {
            return false;
        }

        file.MoveTo(Path.Combine(Area(user), hostName), overwrite: false);
        return true;
    }

    /// <summary>Sets or clears a file's write protection.</summary>
    /// <returns>False if it is not there.</returns>
    public bool Protect(int user, CpmName name, bool readOnly)
    {
        var file = Locate(user, name);
        if (file is not null)
        {
            file.IsReadOnly = readOnly;
        }

        return file is not null;
    }

    /// <summary>Reads a record; what the file lacks of its last one is filled with end-of-file marks.</summary>
    /// <param name="user">The user area.</param>
    /// <param name="name">The file.</param>
    /// <param name="record">The record's number.</param>
    /// <param name="buffer">128 bytes.</param>
    /// <returns>False if the file is not there or ends before.</returns>
    public bool Read(int user, CpmName name, int record, Span<byte> buffer)
    {
        using var handle = Open(user, name, FileAccess.Read);
        if (handle is null)
        {
            return false;
        }

        int read = RandomAccess.Read(handle, buffer, (long)record * RecordSize);
        buffer[read..].Fill(AsciiCode.EndOfFile);
        return read > 0;
    }

    /// <summary>Writes a record; a gap before it is filled with zeroes.</summary>
    /// <returns>False if the file is not there, or the host has no room.</returns>
    public bool Write(int user, CpmName name, int record, ReadOnlySpan<byte> buffer)
    {
        try
        {
            using var handle = Open(user, name, FileAccess.Write);
            if (handle is null)
            {
                return false;
            }

            RandomAccess.Write(handle, buffer, (long)record * RecordSize);
            return true;
        }
        catch (IOException)
        {
            // The host's disk is full: the program is told as on a full CP/M disk.
            return false;
        }
    }

    /// <summary>Cuts a file to a number of records.</summary>
    public void Truncate(int user, CpmName name, int records)
    {
        using var handle = Open(user, name, FileAccess.Write);
        if (handle is not null)
        {
            RandomAccess.SetLength(handle, (long)records * RecordSize);
        }
    }

    private static IEnumerable<(FileInfo File, CpmName Name)> Names(DirectoryInfo area)
    {
        foreach (var file in area.EnumerateFiles("*", Flat))
        {
            if (file.LinkTarget is null && CpmName.TryFromHost(file.Name, out var name))
            {
                yield return (file, name);
            }
        }
    }

    private SafeFileHandle? Open(int user, CpmName name, FileAccess access)
    {
        var file = Locate(user, name);
        return file is null ? null : File.OpenHandle(file.FullName, FileMode.Open, access, FileShare.ReadWrite);
    }

    /// <summary>The host's file of a name; its upper-case spelling is tried first, then any.</summary>
    private FileInfo? Locate(int user, CpmName name)
    {
        if (!name.TryToHost(out string hostName))
        {
            return null;
        }

        var file = new FileInfo(Path.Combine(Area(user), hostName));
        if (file.Exists && file.LinkTarget is null)
        {
            return file;
        }

        var area = new DirectoryInfo(Area(user));
        return area.Exists ? Names(area).FirstOrDefault(item => item.Name.Equals(name)).File : null;
    }

    private string Area(int user) => user == 0 ? folder : Path.Combine(folder, $"U{user}");
}
