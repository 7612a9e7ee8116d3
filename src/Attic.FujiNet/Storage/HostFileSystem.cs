using Attic.Media.Durability;

namespace Attic.FujiNet.Storage;

/// <summary>A folder of this computer as a file system. Nothing outside it can be reached, by no path and no link.</summary>
public sealed class HostFileSystem : IFileSystem
{
    private const UnixFileMode OnlyForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _root;

    /// <summary>A file system on a folder, which is made if it does not exist.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folder">The folder.</param>
    public HostFileSystem(string name, string folder)
    {
        Name = name;
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Directory.CreateDirectory(full);
        _root = RealPathOf(full);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool TakesUris => false;

    /// <inheritdoc/>
    public ValueTask<StoredEntry?> StatAsync(string path) => new(Guard(path, () =>
    {
        string? host = TryHostPath(path);
        return host is null ? null : EntryOf(host, StoragePath.NameOf(path));
    }));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntry>> ListAsync(string path) => new(Guard<IReadOnlyList<StoredEntry>>(path, () =>
    {
        string host = HostPath(path);
        if (!Directory.Exists(host))
        {
            throw StorageException.NotFound(path);
        }

        // A link that leads outside, or nowhere, is not shown.
        var entries = new DirectoryInfo(host).EnumerateFileSystemInfos()
            .Select(info => TryHostPath(StoragePath.Combine(path, info.Name)) is { } inside ? EntryOf(inside, info.Name) : null)
            .OfType<StoredEntry>()
            .ToList();
        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }));

    /// <inheritdoc/>
    public ValueTask<IStoredFile> OpenAsync(string path, StoredFileMode mode) => new(Guard<IStoredFile>(path, () =>
    {
        string host = HostPath(path);
        if (Directory.Exists(host))
        {
            throw new StorageException(StorageError.WrongKind, $"{path} is a folder.");
        }

        var fileMode = mode switch
        {
            StoredFileMode.Create => FileMode.Create,
            StoredFileMode.OpenOrCreate => FileMode.OpenOrCreate,
            _ => FileMode.Open,
        };
        var access = mode == StoredFileMode.Read ? FileAccess.Read : FileAccess.ReadWrite;
        return new HostFile(path, File.OpenHandle(host, fileMode, access, FileShare.ReadWrite | FileShare.Delete), mode != StoredFileMode.Read);
    }));

    /// <inheritdoc/>
    public ValueTask ReplaceAsync(string path, ReadOnlyMemory<byte> content) => Do(path, () => StagedFile.Write(HostPath(path), content.Span));

    /// <inheritdoc/>
    public ValueTask MakeDirectoryAsync(string path) => Do(path, () =>
    {
        string host = HostPath(path);
        if (File.Exists(host) || Directory.Exists(host))
        {
            throw new StorageException(StorageError.Exists, $"{path} exists already.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(host)))
        {
            throw StorageException.NotFound(StoragePath.ParentOf(path));
        }

        Directory.CreateDirectory(host);
    });

    /// <inheritdoc/>
    public ValueTask RemoveDirectoryAsync(string path) => Do(path, () =>
    {
        string host = HostPath(path);
        if (!Directory.Exists(host))
        {
            throw StorageException.NotFound(path);
        }

        if (string.Equals(host, _root, StringComparison.Ordinal))
        {
            throw new StorageException(StorageError.Denied, "The root stays.");
        }

        if (Directory.EnumerateFileSystemEntries(host).Any())
        {
            throw new StorageException(StorageError.NotEmpty, $"{path} is not empty.");
        }

        Directory.Delete(host);
    });

    /// <inheritdoc/>
    public ValueTask RemoveFileAsync(string path) => Do(path, () =>
    {
        string host = HostPath(path);
        if (!File.Exists(host))
        {
            throw StorageException.NotFound(path);
        }

        File.Delete(host);
    });

    /// <inheritdoc/>
    public ValueTask RenameAsync(string from, string to) => Do(from, () =>
    {
        string source = HostPath(from);
        string target = HostPath(to);
        if (File.Exists(target) || Directory.Exists(target))
        {
            throw new StorageException(StorageError.Exists, $"{to} exists already.");
        }

        if (File.Exists(source))
        {
            File.Move(source, target);
        }
        else
        {
            Directory.Move(source, target);
        }
    });

    /// <summary>Makes a file readable for its owner alone, where the host knows such a thing.</summary>
    internal void KeepPrivate(string path)
    {
        if (!OperatingSystem.IsWindows() && TryHostPath(path) is { } host && File.Exists(host))
        {
            File.SetUnixFileMode(host, OnlyForOwner);
        }
    }

    private static StoredEntry? EntryOf(string host, string name)
    {
        var file = new FileInfo(host);
        if (file.Exists)
        {
            return new(name, IsDirectory: false, file.Length, Unix(file.LastWriteTimeUtc));
        }

        var folder = new DirectoryInfo(host);
        return folder.Exists ? new(name, IsDirectory: true, 0, Unix(folder.LastWriteTimeUtc)) : null;
    }

    private static long Unix(DateTime utc) => Math.Max(0, new DateTimeOffset(utc).ToUnixTimeSeconds());

    private static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StorageException(StorageError.NotFound, $"{path} does not exist.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StorageException(StorageError.Denied, $"{path} may not be used.", error);
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            throw new StorageException(StorageError.Failed, $"{path}: {error.Message}", error);
        }
    }

    private static ValueTask Do(string path, Action work)
    {
        Guard(path, () =>
        {
            work();
            return true;
        });
        return ValueTask.CompletedTask;
    }

    private static string RealPathOf(string folder)
    {
        string real = Path.GetPathRoot(folder)!;
        foreach (string part in folder[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new DirectoryInfo(Path.Combine(real, part));
            real = next.LinkTarget is null ? next.FullName : next.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }

        return Path.TrimEndingDirectorySeparator(real);
    }

    private string HostPath(string path) => TryHostPath(path) ?? throw StorageException.NotFound(path);

    // Follows links one by one and refuses the first that leaves the root.
    private string? TryHostPath(string path)
    {
        string host = _root;
        foreach (string part in StoragePath.Normalize(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Path.DirectorySeparatorChar != '/' && part.AsSpan().IndexOfAny('\\', ':') >= 0)
            {
                return null;
            }

            host = Path.Combine(host, part);
            var info = new FileInfo(host);
            if (info.LinkTarget is null)
            {
                continue;
            }

            string? target = info.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
            if (target is null || !IsInside(RealPathOf(target)))
            {
                return null;
            }

            host = RealPathOf(target);
        }

        return host;
    }

    private bool IsInside(string host) =>
        string.Equals(host, _root, StringComparison.Ordinal) || host.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private sealed class HostFile(string path, Microsoft.Win32.SafeHandles.SafeFileHandle handle, bool writable) : IStoredFile
    {
        public long Length => RandomAccess.GetLength(handle);

        public bool IsWritable => writable;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer) => new(Guard(path, () =>
        {
            int count = 0;
            while (count < buffer.Length)
            {
                int read = RandomAccess.Read(handle, buffer.Span[count..], offset + count);
                if (read == 0)
                {
                    break;
                }

                count += read;
            }

            return count;
        }));

        public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes) => Do(path, () => RandomAccess.Write(handle, bytes.Span, offset));

        public ValueTask SetLengthAsync(long length) => Do(path, () => RandomAccess.SetLength(handle, length));

        public ValueTask FlushAsync() => Do(path, () => RandomAccess.FlushToDisk(handle));

        public ValueTask DisposeAsync()
        {
            handle.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
