using System.Text;
using Attic.FujiNet.Network;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>Files of TNFS servers, under their whole URIs. Sessions are kept and shared; lost ones are opened anew.</summary>
public sealed class TnfsFileSystem : IFileSystem, IDisposable
{
    private const int EntryFixed = 13;
    private const int MaxConnections = 64;
    private readonly Dictionary<TnfsAddress, TnfsConnection> _connections = [];
    private readonly EgressPolicy _egress;
    private readonly TimeSpan? _patience;

    /// <summary>No connections yet.</summary>
    /// <param name="egress">Where it may connect to.</param>
    /// <param name="patience">How long an answer is waited for before asking again; null for the usual 1.5 s.</param>
    public TnfsFileSystem(EgressPolicy egress, TimeSpan? patience = null) => (_egress, _patience) = (egress, patience);

    /// <inheritdoc />
    public string Name => "tnfs";

    /// <inheritdoc />
    public bool TakesUris => true;

    /// <inheritdoc />
    public async ValueTask<StoredEntry?> StatAsync(string path)
    {
        var (connection, inside) = Find(path);
        var (result, reply) = await connection.RequestAsync(TnfsCommand.Stat, Text(inside));
        if (result is TnfsResult.NotFound or TnfsResult.NotDirectory)
        {
            return null;
        }

        Check(result, path);
        var fields = new PayloadReader(reply);
        bool isDirectory = (fields.Word() & TnfsProtocol.DirectoryMode) != 0;
        _ = fields.Long();
        uint size = fields.Long();
        _ = fields.Long();
        uint modified = fields.Long();
        CheckWhole(fields.Failed, path);
        return new StoredEntry(StoragePath.NameOf(inside), isDirectory, isDirectory ? 0 : size, modified);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<StoredEntry>> ListAsync(string path)
    {
        var (connection, inside) = Find(path);
        var (result, reply) = await connection.RequestAsync(TnfsCommand.OpenDirectoryExtended, (byte[])[0, 0, 0, 0, 0, .. Text(inside)]);
        if (result == TnfsResult.NotImplemented)
        {
            return await ListPlainAsync(connection, path, inside);
        }

        Check(result, path);
        CheckWhole(reply.Length < 1, path);
        byte handle = reply[0];
        int generation = connection.Generation;
        var entries = new List<StoredEntry>();
        while (true)
        {
            (result, reply) = await connection.RequestAsync(TnfsCommand.ReadDirectoryExtended, new[] { handle, (byte)0 }, generation);
            if (result == TnfsResult.EndOfFile)
            {
                break;
            }

            Check(result, path);
            if (!AddEntries(entries, reply))
            {
                break;
            }
        }

        await connection.RequestAsync(TnfsCommand.CloseDirectory, new[] { handle }, generation);
        return Sorted(entries);
    }

    /// <inheritdoc />
    public async ValueTask<IStoredFile> OpenAsync(string path, StoredFileMode mode)
    {
        var (connection, inside) = Find(path);
        var file = new TnfsFile(connection, path, inside, mode != StoredFileMode.Read);
        await file.OpenAsync(mode);
        return file;
    }

    /// <inheritdoc />
    public async ValueTask ReplaceAsync(string path, ReadOnlyMemory<byte> content)
    {
        // TNFS renames onto nothing, so the old file is set aside until the new one has its name.
        string staged = path + ".new";
        string aside = path + ".old";
        var file = await OpenAsync(staged, StoredFileMode.Create);
        await using (file)
        {
            await file.WriteAsync(0, content);
        }

        bool existed = await StatAsync(path) is not null;
        if (existed)
        {
            await RemoveIfThereAsync(aside);
            await RenameAsync(path, aside);
        }

        await RenameAsync(staged, path);
        if (existed)
        {
            await RemoveFileAsync(aside);
        }
    }

    /// <inheritdoc />
    public ValueTask MakeDirectoryAsync(string path) => DoAsync(TnfsCommand.MakeDirectory, path);

    /// <inheritdoc />
    public ValueTask RemoveDirectoryAsync(string path) => DoAsync(TnfsCommand.RemoveDirectory, path);

    /// <inheritdoc />
    public ValueTask RemoveFileAsync(string path) => DoAsync(TnfsCommand.Unlink, path);

    /// <inheritdoc />
    public async ValueTask RenameAsync(string from, string to)
    {
        var (connection, source) = Find(from);
        var (other, target) = Find(to);
        if (connection != other)
        {
            throw new StorageException(StorageError.Unsupported, $"{from} and {to} lie on different servers.");
        }

        var (result, _) = await connection.RequestAsync(TnfsCommand.Rename, (byte[])[.. Text(source), .. Text(target)]);
        Check(result, from);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var connection in _connections.Values)
        {
            connection.Dispose();
        }

        _connections.Clear();
    }

    /// <summary>Turns a server's result into what file systems throw.</summary>
    /// <exception cref="StorageException">It is not <see cref="TnfsResult.Ok"/>.</exception>
    internal static void Check(TnfsResult result, string path)
    {
        if (result != TnfsResult.Ok)
        {
            throw new StorageException(ErrorOf(result), $"{path}: the server answers {result}.");
        }
    }

    /// <summary>Refuses an answer that is too short.</summary>
    /// <exception cref="StorageException">It is.</exception>
    internal static void CheckWhole(bool failed, string path)
    {
        if (failed)
        {
            throw new StorageException(StorageError.Failed, $"{path}: the server's answer is too short.");
        }
    }

    /// <summary>A text and its NUL.</summary>
    internal static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    private static StorageError ErrorOf(TnfsResult result) => result switch
    {
        TnfsResult.NotFound => StorageError.NotFound,
        TnfsResult.Exists => StorageError.Exists,
        TnfsResult.NotDirectory or TnfsResult.IsDirectory => StorageError.WrongKind,
        TnfsResult.NotPermitted or TnfsResult.AccessDenied or TnfsResult.ReadOnly => StorageError.Denied,
        TnfsResult.NotEmpty => StorageError.NotEmpty,
        TnfsResult.NotImplemented => StorageError.Unsupported,
        _ => StorageError.Failed,
    };

    private static IReadOnlyList<StoredEntry> Sorted(List<StoredEntry> entries)
    {
        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }

    /// <summary>Takes the entries of a READDIRX answer.</summary>
    /// <returns>Whether more follow.</returns>
    private static bool AddEntries(List<StoredEntry> entries, byte[] reply)
    {
        const byte atEnd = 0x01;
        var fields = new PayloadReader(reply);
        int count = fields.Byte();
        byte status = fields.Byte();
        _ = fields.Word();
        for (; count > 0 && fields.Left > EntryFixed; count--)
        {
            bool isDirectory = (fields.Byte() & 1) != 0;
            uint size = fields.Long();
            uint modified = fields.Long();
            _ = fields.Long();
            entries.Add(new StoredEntry(fields.TerminatedText(), isDirectory, isDirectory ? 0 : size, modified));
        }

        return !fields.Failed && (status & atEnd) == 0;
    }

    /// <summary>Lists by OPENDIR, for servers without the extended commands: each name needs a STAT.</summary>
    private async ValueTask<IReadOnlyList<StoredEntry>> ListPlainAsync(TnfsConnection connection, string path, string inside)
    {
        var (result, reply) = await connection.RequestAsync(TnfsCommand.OpenDirectory, Text(inside));
        Check(result, path);
        CheckWhole(reply.Length < 1, path);
        byte handle = reply[0];
        int generation = connection.Generation;
        var names = new List<string>();
        while (true)
        {
            (result, byte[] name) = await connection.RequestAsync(TnfsCommand.ReadDirectory, new[] { handle }, generation);
            if (result == TnfsResult.EndOfFile)
            {
                break;
            }

            Check(result, path);
            names.Add(Encoding.UTF8.GetString(name).TrimEnd('\0'));
        }

        await connection.RequestAsync(TnfsCommand.CloseDirectory, new[] { handle }, generation);
        var entries = new List<StoredEntry>();
        foreach (string name in names.Where(name => name is not ("." or "..")))
        {
            var entry = await StatAsync($"{path.TrimEnd('/')}/{name}");
            if (entry is not null)
            {
                entries.Add(entry);
            }
        }

        return Sorted(entries);
    }

    private async ValueTask RemoveIfThereAsync(string path)
    {
        if (await StatAsync(path) is not null)
        {
            await RemoveFileAsync(path);
        }
    }

    private async ValueTask DoAsync(TnfsCommand command, string path)
    {
        var (connection, inside) = Find(path);
        var (result, _) = await connection.RequestAsync(command, Text(inside));
        Check(result, path);
    }

    private (TnfsConnection Connection, string Path) Find(string uri)
    {
        if (!TnfsAddress.TryParse(uri, out var address, out string path))
        {
            throw new StorageException(StorageError.NotFound, $"{uri} is no TNFS address: tnfs://host[:port]/path.");
        }

        if (!_connections.TryGetValue(address, out var connection))
        {
            if (_connections.Count >= MaxConnections)
            {
                throw new StorageException(StorageError.Failed, $"{MaxConnections} TNFS servers are connected already.");
            }

            _connections.Add(address, connection = new TnfsConnection(address, _egress, _patience));
        }

        return (connection, path);
    }
}
