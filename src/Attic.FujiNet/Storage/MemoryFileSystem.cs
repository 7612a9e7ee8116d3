namespace Attic.FujiNet.Storage;

/// <summary>A file system in memory: for tests, embedding, and what should not last.</summary>
public sealed class MemoryFileSystem : IFileSystem
{
    private const int MaxFileBytes = 1 << 30;

    private readonly SortedDictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    /// <summary>An empty file system.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="time">When things are changed.</param>
    public MemoryFileSystem(string name, TimeProvider? time = null)
    {
        Name = name;
        _time = time ?? TimeProvider.System;
        _nodes["/"] = new Node { IsDirectory = true, Modified = Now };
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool TakesUris => false;

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <inheritdoc/>
    public ValueTask<StoredEntry?> StatAsync(string path)
    {
        string normal = StoragePath.Normalize(path);
        return new(_nodes.TryGetValue(normal, out var node) ? EntryOf(normal, node) : null);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntry>> ListAsync(string path)
    {
        string normal = StoragePath.Normalize(path);
        if (!_nodes.TryGetValue(normal, out var folder) || !folder.IsDirectory)
        {
            throw StorageException.NotFound(normal);
        }

        return new([.. Children(normal).Select(child => EntryOf(child.Key, child.Value))]);
    }

    /// <inheritdoc/>
    public ValueTask<IStoredFile> OpenAsync(string path, StoredFileMode mode)
    {
        string normal = StoragePath.Normalize(path);
        _nodes.TryGetValue(normal, out var node);
        if (node?.IsDirectory == true)
        {
            throw new StorageException(StorageError.WrongKind, $"{normal} is a folder.");
        }

        if (node is null)
        {
            if (mode is StoredFileMode.Read or StoredFileMode.ReadWrite)
            {
                throw StorageException.NotFound(normal);
            }

            RequireParent(normal);
            _nodes[normal] = node = new Node { Modified = Now };
        }

        if (mode == StoredFileMode.Create)
        {
            node.Content.SetLength(0);
        }

        return new(new OpenFile(this, node, mode != StoredFileMode.Read));
    }

    /// <inheritdoc/>
    public async ValueTask ReplaceAsync(string path, ReadOnlyMemory<byte> content)
    {
        await using var file = await OpenAsync(path, StoredFileMode.Create);
        await file.WriteAsync(0, content);
    }

    /// <inheritdoc/>
    public ValueTask MakeDirectoryAsync(string path)
    {
        string normal = StoragePath.Normalize(path);
        if (_nodes.ContainsKey(normal))
        {
            throw new StorageException(StorageError.Exists, $"{normal} exists already.");
        }

        RequireParent(normal);
        _nodes[normal] = new Node { IsDirectory = true, Modified = Now };
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RemoveDirectoryAsync(string path)
    {
        string normal = StoragePath.Normalize(path);
        if (normal is "/" || !_nodes.TryGetValue(normal, out var node) || !node.IsDirectory)
        {
            throw StorageException.NotFound(normal);
        }

        if (Children(normal).Any())
        {
            throw new StorageException(StorageError.NotEmpty, $"{normal} is not empty.");
        }

        _nodes.Remove(normal);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RemoveFileAsync(string path)
    {
        string normal = StoragePath.Normalize(path);
        if (!_nodes.TryGetValue(normal, out var node) || node.IsDirectory)
        {
            throw StorageException.NotFound(normal);
        }

        _nodes.Remove(normal);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RenameAsync(string from, string to)
    {
        string source = StoragePath.Normalize(from);
        string target = StoragePath.Normalize(to);
        if (source is "/" || !_nodes.ContainsKey(source))
        {
            throw StorageException.NotFound(source);
        }

        if (_nodes.ContainsKey(target) || target.StartsWith(source + "/", StringComparison.Ordinal))
        {
            throw new StorageException(StorageError.Exists, $"{target} is taken.");
        }

        RequireParent(target);
        foreach (string path in _nodes.Keys.Where(path => string.Equals(path, source, StringComparison.Ordinal) || path.StartsWith(source + "/", StringComparison.Ordinal)).ToList())
        {
            _nodes.Remove(path, out var node);
            _nodes[target + path[source.Length..]] = node!;
        }

        return ValueTask.CompletedTask;
    }

    private static StoredEntry EntryOf(string path, Node node) =>
        new(StoragePath.NameOf(path), node.IsDirectory, node.IsDirectory ? 0 : node.Content.Length, node.Modified);

    private IEnumerable<KeyValuePair<string, Node>> Children(string folder)
    {
        string prefix = folder is "/" ? "/" : folder + "/";
        return _nodes.Where(node => node.Key.Length > prefix.Length
            && node.Key.StartsWith(prefix, StringComparison.Ordinal)
            && node.Key.IndexOf('/', prefix.Length) < 0);
    }

    private void RequireParent(string path)
    {
        string parent = StoragePath.ParentOf(path);
        if (!_nodes.TryGetValue(parent, out var node) || !node.IsDirectory)
        {
            throw StorageException.NotFound(parent);
        }
    }

    private sealed class Node
    {
        public bool IsDirectory { get; init; }

        public long Modified { get; set; }

        public MemoryStream Content { get; } = new();
    }

    private sealed class OpenFile(MemoryFileSystem owner, Node node, bool writable) : IStoredFile
    {
        public long Length => node.Content.Length;

        public bool IsWritable => writable;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer)
        {
            if (offset >= node.Content.Length)
            {
                return new(0);
            }

            node.Content.Position = offset;
            return new(node.Content.Read(buffer.Span));
        }

        public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes)
        {
            RequireWritable(offset + bytes.Length);
            node.Content.Position = offset;
            node.Content.Write(bytes.Span);
            node.Modified = owner.Now;
            return ValueTask.CompletedTask;
        }

        public ValueTask SetLengthAsync(long length)
        {
            RequireWritable(length);
            node.Content.SetLength(length);
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void RequireWritable(long length)
        {
            if (!writable)
            {
                throw new StorageException(StorageError.Denied, "The file was opened for reading.");
            }

            if (length > MaxFileBytes)
            {
                throw new StorageException(StorageError.Failed, $"A file in memory holds at most {MaxFileBytes} bytes.");
            }
        }
    }
}
