using System.Globalization;
using System.Text;

namespace Attic.Media.Durability;

#pragma warning disable RCS1194 // Without a file and a holder there is no such error.
/// <summary>A file is in use by another process, or a second time by this one.</summary>
public sealed class FileInUseException : IOException
{
    /// <summary>An error that names the file and who has it.</summary>
    public FileInUseException(string path, string holder)
        : base($"{Path.GetFileName(path)} is in use by {holder}; eject it there first.")
    {
    }
}

/// <summary>
/// Exclusive use of a file among processes. The lock is held on a file <c>NAME.lock</c> beside it, since the file itself
/// is replaced at every save; the system releases it when its holder dies.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="FileInUseException">Someone has it.</exception>
    /// <exception cref="IOException">The lock file cannot be made here.</exception>
    /// <exception cref="UnauthorizedAccessException">The lock file may not be made here.</exception>
    public static FileLock Take(string path)
    {
        string lockPath = path + ".lock";
        byte[] token = Encoding.ASCII.GetBytes($"{Environment.ProcessId} {Guid.NewGuid():N}");
        while (true)
        {
            var file = OpenLocked(path, lockPath);
            file.SetLength(0);
            file.Write(token);
            file.Flush();

            // The holder before may have deleted the file between our opening and our locking it.
            if (OperatingSystem.IsWindows() || ReadShared(lockPath).AsSpan().SequenceEqual(token))
            {
                return new(file);
            }

            file.Dispose();
        }
    }

    /// <summary>Gives the lock back and removes its file.</summary>
    public void Dispose()
    {
        // Elsewhere the file goes first, while it is still locked, so that nobody loses the lock he just took.
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(_file.Name);
            _file.Dispose();
        }
        else
        {
            _file.Dispose();
            File.Delete(_file.Name);
        }
    }

    private static FileStream OpenLocked(string path, string lockPath)
    {
        try
        {
            return new(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException refusal) when (IsSharingViolation(refusal))
        {
            throw new FileInUseException(path, Holder(lockPath));
        }
    }

    // EWOULDBLOCK of Linux and of the BSDs, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsSharingViolation(IOException refusal) => (refusal.HResult & 0xFFFF) is 11 or 35 or 32;

    private static string Holder(string lockPath)
    {
        string[] words = Encoding.ASCII.GetString(ReadShared(lockPath)).Split(' ');
        return int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            ? $"process {process}"
            : "another process";
    }

    // A FileStream would ask for a shared lock, which the holder refuses. Empty when the file is gone or cannot be read.
    private static byte[] ReadShared(string lockPath)
    {
        int file = OperatingSystem.IsWindows() ? -1 : LibC.Open(lockPath, LibC.ReadOnly);
        if (file < 0)
        {
            return [];
        }

        byte[] text = new byte[64];
        int length = (int)LibC.Read(file, text, text.Length);
        _ = LibC.Close(file);
        return text[..Math.Max(length, 0)];
    }
}
