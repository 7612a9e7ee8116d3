using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Disk;

/// <summary>
/// An open image, read and written sector by sector in its file. A sector reaches the operating system in one write, so a
/// process that is killed leaves each sector old or new.
/// </summary>
internal sealed class DiskImage : IAsyncDisposable
{
    private readonly IStoredFile _file;

    public DiskImage(IStoredFile file, ImageLayout layout, bool isReadOnly)
    {
        _file = file;
        Layout = layout;
        IsReadOnly = isReadOnly;
    }

    public ImageLayout Layout { get; }

    public bool IsReadOnly { get; }

    /// <summary>Reads a sector.</summary>
    /// <param name="sector">The sector, from 0.</param>
    /// <param name="buffer">At least as long as the sector.</param>
    /// <returns>Bytes of the sector.</returns>
    public async ValueTask<int> ReadAsync(uint sector, Memory<byte> buffer)
    {
        Check(sector);
        int length = Layout.LengthOf(sector);
        var target = buffer[..length];
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
