using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Attic.FujiNet.Storage.Http;

/// <summary>
/// A file whose changed blocks lie in another file: a header, then a record for each write of a block: its number, a checksum,
/// its 512 bytes. A record that a kill left half written fails its checksum and ends the log there.
/// </summary>
internal sealed class OverlayFile : IStoredFile
{
    private const int BlockSize = 512;
    private const int RecordHead = 12;
    private const int RecordSize = RecordHead + BlockSize;
    private const int HeaderSize = 48;
    private readonly IStoredFile _unchanged;
    private readonly IStoredFile _log;
    private readonly Dictionary<long, long> _places = [];
    private long _end;

    private OverlayFile(IStoredFile unchanged, IStoredFile log)
    {
        _unchanged = unchanged;
        _log = log;
        _end = HeaderSize;
    }

    /// <inheritdoc />
    public long Length => _unchanged.Length;

    /// <inheritdoc />
    public bool IsWritable => true;

    /// <summary>The header of the overlay of one version of a file: a name, a digest of 32 characters, the file's length.</summary>
    public static byte[] HeaderOf(string digest, long length)
    {
        byte[] header = new byte[HeaderSize];
        Encoding.ASCII.GetBytes("ATTICOVL" + digest, header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(HeaderSize - 8), length);
        return header;
    }

    /// <summary>Whether an overlay is new or belongs to a header.</summary>
    public static async ValueTask<bool> BelongsAsync(IStoredFile log, byte[] header)
    {
        byte[] found = new byte[HeaderSize];
        int read = await log.ReadAsync(0, found);
        return read == 0 || found.AsSpan(0, read).SequenceEqual(header);
    }

    /// <summary>Opens a file with its overlay, replaying the log.</summary>
    public static async ValueTask<OverlayFile> OpenAsync(IStoredFile unchanged, IStoredFile log, byte[] header)
    {
        if (log.Length < HeaderSize)
        {
            await log.WriteAsync(0, header);
        }

        var file = new OverlayFile(unchanged, log);
        await file.ReplayAsync();
        return file;
    }

    /// <inheritdoc />
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer)
    {
        int count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        if (_places.Count == 0)
        {
            return await _unchanged.ReadAsync(offset, buffer[..count]);
        }

        byte[] block = new byte[BlockSize];
        for (int at = 0; at < count;)
        {
            int inBlock = (int)((offset + at) % BlockSize);
            int part = Math.Min(BlockSize - inBlock, count - at);
            await ReadBlockAsync((offset + at) / BlockSize, block);
            block.AsMemory(inBlock, part).CopyTo(buffer[at..]);
            at += part;
        }

        return count;
    }

    /// <inheritdoc />
    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes)
    {
        if (offset < 0 || offset + bytes.Length > Length)
        {
            throw new StorageException(StorageError.Unsupported, "The overlay of a file does not make it longer.");
        }

        byte[] block = new byte[BlockSize];
        for (int at = 0; at < bytes.Length;)
        {
            long index = (offset + at) / BlockSize;
            int inBlock = (int)((offset + at) % BlockSize);
            int part = Math.Min(BlockSize - inBlock, bytes.Length - at);
            await ReadBlockAsync(index, block);
            bytes.Slice(at, part).CopyTo(block.AsMemory(inBlock));
            await AppendAsync(index, block);
            at += part;
        }
    }

    /// <inheritdoc />
    public ValueTask SetLengthAsync(long length) =>
        length == Length ? ValueTask.CompletedTask : throw new StorageException(StorageError.Unsupported, "The overlay of a file keeps its length.");

    /// <inheritdoc />
    public ValueTask FlushAsync() => _log.FlushAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _unchanged.DisposeAsync();
    }

    private static uint ChecksumOf(long index, ReadOnlySpan<byte> block)
    {
        uint checksum = BitOperations.Crc32C(uint.MaxValue, (ulong)index);
        for (; block.Length >= sizeof(ulong); block = block[sizeof(ulong)..])
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(block));
        }

        return checksum;
    }

    private async ValueTask ReplayAsync()
    {
        byte[] record = new byte[RecordSize];
        while (await _log.ReadAsync(_end, record) == RecordSize)
        {
            long index = BinaryPrimitives.ReadInt64LittleEndian(record);
            if (BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(8)) != ChecksumOf(index, record.AsSpan(RecordHead)))
            {
                break;
            }

            _places[index] = _end + RecordHead;
            _end += RecordSize;
        }
    }

    private async ValueTask ReadBlockAsync(long index, byte[] block)
    {
        int read = _places.TryGetValue(index, out long place)
            ? await _log.ReadAsync(place, block)
            : await _unchanged.ReadAsync(index * BlockSize, block);
        block.AsSpan(read).Clear();
    }

    private async ValueTask AppendAsync(long index, byte[] block)
    {
        byte[] record = new byte[RecordSize];
        BinaryPrimitives.WriteInt64LittleEndian(record, index);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), ChecksumOf(index, block));
        block.CopyTo(record, RecordHead);
        await _log.WriteAsync(_end, record);
        _places[index] = _end + RecordHead;
        _end += RecordSize;
    }
}
