using System.Runtime.InteropServices;

namespace Attic.Media.Durability;

/// <summary>The calls of a POSIX system that .NET does not offer: on folders, and on files without locking them.</summary>
internal static partial class LibC
{
    public const int ReadOnly = 0;

    /// <summary>Opens a file or folder; negative when that fails.</summary>
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Open(string path, int flags);

    /// <summary>Makes a file or the names in a folder durable.</summary>
    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Fsync(int file);

    /// <summary>Reads at the file's position; the bytes read, negative when that fails.</summary>
    [LibraryImport("libc", EntryPoint = "read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Read(int file, Span<byte> buffer, nint count);

    /// <summary>Closes a file or folder.</summary>
    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(int file);
}
