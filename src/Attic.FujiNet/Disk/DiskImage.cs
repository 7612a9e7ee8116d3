using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Disk;

/// <summary>
/// An open image, read and written sector by sector in its file. A sector reaches the operating system in one write, so a
/// process that is killed leaves each sector old or new.
/// </summary>
internal sealed class DiskImage : IAsyncDisposable
{
    private const byte Good = 0xFF;

    private readonly IStoredFile _file;
    private readonly AtxDisk? _atx;

    public DiskImage(IStoredFile file, ImageLayout layout, bool isReadOnly)
    {
        _file = file;
        Layout = layout;
        IsReadOnly = isReadOnly;
    }

    /// <summary>An image whose sectors can be peculiar; read-only.</summary>
    public DiskImage(IStoredFile file, AtxDisk atx)
        : this(file, atx.Layout, isReadOnly: true) => _atx = atx;

    public ImageLayout Layout { get; }

    /// <summary>A floppy controller's status of the last read, inverted; FF when all was well.</summary>
    public byte Status { get; private set; } = Good;

    public bool IsReadOnly { get; }

    /// <summary>Reads a sector.</summary>
    /// <param name="sector">The sector, from 0.</param>
    /// <param name="buffer">At least as long as the sector.</param>
    /// <returns>Bytes of the sector.</returns>
    /// <exception cref="DiskException">It cannot be read; what a drive would send all the same is in the buffer.</exception>
    public async ValueTask<int> ReadAsync(uint sector, Memory<byte> buffer)
    {
        Check(sector);
        int length = Layout.LengthOf(sector);
        var target = buffer[..length];
        if (_atx is not null)
        {
            Status = _atx.Read(sector, target.Span);
            return Status == Good ? length : throw new DiskException(DiskError.IoError);
        }

        int count = await _file.ReadAsync(Layout.OffsetOf(sector), target);
        if (count < length && !Layout.MayBeCut)
        {
            throw new DiskException(DiskError.IoError);
        }

        target.Span[count..].Clear();
        return length;
    }

    public async ValueTask WriteAsync(uint sector, ReadOnlyMemory<byte> data)
    {
        if (IsReadOnly)
        {
            throw new DiskException(DiskError.ReadOnly);
        }

        Check(sector);
        await _file.WriteAsync(Layout.OffsetOf(sector), data[..Layout.LengthOf(sector)]);
    }

    public ValueTask FlushAsync() => _file.FlushAsync();

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private void Check(uint sector)
    {
        if (sector >= Layout.Sectors)
        {
            throw new DiskException(DiskError.OutOfRange);
        }
    }
}
