using System.Buffers.Binary;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>An open file on a server. When the session is lost the file is opened again, at the place where it was.</summary>
internal sealed class TnfsFile(TnfsConnection connection, string uri, string path, bool writable) : IStoredFile
{
    private const ushort ReadOnly = 0x001;
    private const ushort ReadWrite = 0x003;
    private const ushort Create = 0x100;
    private const ushort Truncate = 0x200;
    private const ushort OwnerReadsAndWrites = 0x1A4;
    private const byte FromStart = 0;
    private byte _handle;
    private int _generation;
    private long _position;

    /// <inheritdoc />
    public long Length { get; private set; }

    /// <inheritdoc />
    public bool IsWritable => writable;

    /// <summary>Opens it.</summary>
    public async ValueTask OpenAsync(StoredFileMode mode)
    {
        ushort flags = mode switch
        {
            StoredFileMode.Read => ReadOnly,
            StoredFileMode.ReadWrite => ReadWrite,
            StoredFileMode.OpenOrCreate => ReadWrite | Create,
            _ => ReadWrite | Create | Truncate,
        };
        await OpenAsync(flags);
        Length = mode == StoredFileMode.Create ? 0 : await SeekAsync(0, fromEnd: true);
    }

    /// <inheritdoc />
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer)
    {
        int count = 0;
        while (count < buffer.Length)
        {
            int wanted = Math.Min(buffer.Length - count, TnfsProtocol.MaxTransfer);
            await GoToAsync(offset + count);
            var (result, reply) = await CallAsync(TnfsCommand.Read, offset + count, [_handle, (byte)wanted, (byte)(wanted >> 8)]);
            if (result == TnfsResult.EndOfFile)
            {
                break;
            }

            TnfsFileSystem.Check(result, uri);
            TnfsFileSystem.CheckWhole(reply.Length < 2, uri);
            int read = Math.Min(Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(reply), reply.Length - 2), wanted);
            if (read == 0)
            {
                break;
            }

            reply.AsSpan(2, read).CopyTo(buffer.Span[count..]);
            count += read;
            _position += read;
        }

        return count;
    }

    /// <inheritdoc />
    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            var part = bytes.Slice(at, Math.Min(bytes.Length - at, TnfsProtocol.MaxTransfer));
            await GoToAsync(offset + at);
            var (result, reply) = await CallAsync(TnfsCommand.Write, offset + at, [_handle, (byte)part.Length, (byte)(part.Length >> 8), .. part.Span]);
            TnfsFileSystem.Check(result, uri);
            TnfsFileSystem.CheckWhole(reply.Length < 2, uri);
            int written = Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(reply), part.Length);
            TnfsFileSystem.CheckWhole(written == 0, uri);
            at += written;
            _position += written;
            Length = Math.Max(Length, _position);
        }
    }

    /// <inheritdoc />
    /// <remarks>TNFS has no command for it: a file can only be emptied, by opening it anew, or grow.</remarks>
    public async ValueTask SetLengthAsync(long length)
    {
        if (length > Length)
        {
            await WriteAsync(length - 1, new byte[1]);
        }
        else if (length == 0 && Length > 0)
        {
            await CloseAsync();
            await OpenAsync(ReadWrite | Truncate);
            Length = 0;
        }
        else if (length < Length)
        {
            throw new StorageException(StorageError.Unsupported, $"{uri}: TNFS cannot shorten a file.");
        }
    }

    /// <inheritdoc />
    public ValueTask FlushAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => CloseAsync();

    private async ValueTask OpenAsync(ushort flags)
    {
        byte[] request = [(byte)flags, (byte)(flags >> 8), unchecked((byte)OwnerReadsAndWrites), OwnerReadsAndWrites >> 8, .. TnfsFileSystem.Text(path)];
        var (result, reply) = await connection.RequestAsync(TnfsCommand.Open, request);
        TnfsFileSystem.Check(result, uri);
        TnfsFileSystem.CheckWhole(reply.Length < 1, uri);
        (_handle, _generation, _position) = (reply[0], connection.Generation, 0);
    }

    private async ValueTask CloseAsync()
    {
        try
        {
            // The answer does not matter: a handle of a lost session is closed already.
            await connection.RequestAsync(TnfsCommand.Close, new[] { _handle }, _generation);
        }
        catch (StorageException)
        {
            // The server is gone, and the handle with it; every write was answered before.
        }
    }

    private async ValueTask GoToAsync(long offset)
    {
        if (offset != _position)
        {
            await SeekAsync(offset, fromEnd: false);
        }
    }

    private async ValueTask<long> SeekAsync(long offset, bool fromEnd)
    {
        const byte end = 2;
        if (offset > int.MaxValue)
        {
            throw new StorageException(StorageError.Unsupported, $"{uri}: TNFS reaches 2 GB.");
        }

        byte[] request = new byte[6];
        request[0] = _handle;
        request[1] = fromEnd ? end : FromStart;
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(2), (int)offset);
        var (result, reply) = await CallAsync(TnfsCommand.Seek, 0, request);
        TnfsFileSystem.Check(result, uri);

        // Old servers answer without the position; then only a seek from the start has a known one.
        _position = reply.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(reply) : offset;
        return _position;
    }

    /// <summary>A request on the handle; after a lost session the file is opened again and the request made once more.</summary>
    private async ValueTask<(TnfsResult Result, byte[] Payload)> CallAsync(TnfsCommand command, long position, byte[] request)
    {
        var (result, reply) = await connection.RequestAsync(command, request, _generation);
        if (result is not (TnfsResult.Stale or TnfsResult.BadHandle or TnfsResult.BadSession))
        {
            return (result, reply);
        }

        await OpenAsync(writable ? ReadWrite : ReadOnly);
        if (command != TnfsCommand.Seek)
        {
            await SeekAsync(position, fromEnd: false);
        }

        request[0] = _handle;
        return await connection.RequestAsync(command, request, _generation);
    }
}
