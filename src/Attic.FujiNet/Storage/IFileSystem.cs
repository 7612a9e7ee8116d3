namespace Attic.FujiNet.Storage;

/// <summary>
/// A named file system: folders and files under paths that start with a slash, or, where <see cref="TakesUris"/>, under whole
/// URIs. Its calls are made on the core's thread; those that take time await.
/// </summary>
/// <remarks>All calls throw <see cref="StorageException"/> when they fail.</remarks>
public interface IFileSystem
{
    /// <summary>The name before the colon, in lower case: <c>host</c>.</summary>
    string Name { get; }

    /// <summary>Whether its paths are whole URIs, as those of network file systems.</summary>
    bool TakesUris { get; }

    /// <summary>What is at a path; null when there is nothing.</summary>
    ValueTask<StoredEntry?> StatAsync(string path);

    /// <summary>What is in a folder, ordered by the bytes of the names.</summary>
    ValueTask<IReadOnlyList<StoredEntry>> ListAsync(string path);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="mode">What for.</param>
    ValueTask<IStoredFile> OpenAsync(string path, StoredFileMode mode);

    /// <summary>Replaces or makes a file so that a kill at any moment leaves the old content or the new.</summary>
    ValueTask ReplaceAsync(string path, ReadOnlyMemory<byte> content);

    /// <summary>Makes a folder whose parent exists.</summary>
    ValueTask MakeDirectoryAsync(string path);

    /// <summary>Removes an empty folder.</summary>
    ValueTask RemoveDirectoryAsync(string path);

    /// <summary>Removes a file.</summary>
    ValueTask RemoveFileAsync(string path);

    /// <summary>Moves or renames a file or folder within the file system.</summary>
    ValueTask RenameAsync(string from, string to);
}

/// <summary>An open file. Disposing it closes it.</summary>
public interface IStoredFile : IAsyncDisposable
{
    /// <summary>Its length in bytes.</summary>
    long Length { get; }

    /// <summary>Whether it was opened for writing.</summary>
    bool IsWritable { get; }

    /// <summary>Reads at an offset.</summary>
    /// <returns>Bytes read; fewer than asked for only at the end.</returns>
    ValueTask<int> ReadAsync(long offset, Memory<byte> buffer);

    /// <summary>Writes at an offset; a gap before it reads as zeros.</summary>
    ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes);

    /// <summary>Cuts or extends it.</summary>
    ValueTask SetLengthAsync(long length);

    /// <summary>Makes what was written durable.</summary>
    ValueTask FlushAsync();
}

/// <summary>What a file is opened for.</summary>
public enum StoredFileMode
{
    /// <summary>Reading; it must exist.</summary>
    Read,

    /// <summary>Reading and writing; it must exist.</summary>
    ReadWrite,

    /// <summary>Reading and writing; it is made when it does not exist.</summary>
    OpenOrCreate,

    /// <summary>Writing from empty; it is made when it does not exist.</summary>
    Create,
}

/// <summary>A file or folder.</summary>
/// <param name="Name">Its name without the path.</param>
/// <param name="IsDirectory">Whether it is a folder.</param>
/// <param name="Size">Its length in bytes; 0 for a folder.</param>
/// <param name="ModifiedUnix">When it was changed, in seconds since 1970; 0 when unknown.</param>
public sealed record StoredEntry(string Name, bool IsDirectory, long Size, long ModifiedUnix);
