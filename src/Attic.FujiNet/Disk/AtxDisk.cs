using Attic.Abi.Media;
using Attic.FujiNet.Storage;
using Attic.Media;
using Attic.Media.Floppies8;

namespace Attic.FujiNet.Disk;

/// <summary>
/// An image with the peculiarities of a protected disk (<c>.atx</c>), as a drive reads it: sectors that are missing, twice there, damaged or
/// weak, with the status that its controller gives. Which of two sectors of the same number is read depends on the time, as the disk
/// turns; the times that a drive takes are not kept. Read-only.
/// </summary>
internal sealed class AtxDisk
{
    private const byte Good = 0xFF;
    private const byte NotFound = 0xEF;
    private const byte DataRequest = 0x02;
    private const int MostBytes = 4 << 20;
    private const double UnitsPerSecond = 125_000;

    private readonly DiskImage8 _disk;
    private readonly TimeProvider _time;
    private readonly Random _weak = new(1771);

    private AtxDisk(DiskImage8 disk, TimeProvider time)
    {
        (_disk, _time) = (disk, time);
        Layout = new(ImageType.Raw, disk.Shape.SectorBytes, (uint)disk.Shape.Sectors);
    }

    /// <summary>Its geometry; the sectors lie elsewhere in the file.</summary>
    public ImageLayout Layout { get; }

    /// <summary>Whether a file's name says that it is one.</summary>
    public static bool Recognises(string name) => Path.GetExtension(name).Equals(".atx", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an image.</summary>
    /// <exception cref="DiskException">It is damaged, or too large to be one.</exception>
    public static async ValueTask<AtxDisk> ReadAsync(IStoredFile file, TimeProvider time)
    {
        if (file.Length > MostBytes)
        {
            throw new DiskException(DiskError.BadImage);
        }

        byte[] bytes = new byte[file.Length];
        int count = await file.ReadAsync(0, bytes);
        try
        {
            return new(DiskImage8.FromBytes("disk.atx", bytes.AsSpan(0, count), writeProtect: true), time);
        }
        catch (MediaFormatException damaged)
        {
            throw new DiskException(DiskError.BadImage, damaged);
        }
    }

    /// <summary>Reads a sector as the disk turns.</summary>
    /// <param name="sector">The sector, from 0.</param>
    /// <param name="buffer">Receives what the drive sends, good or not.</param>
    /// <returns>The controller's status, inverted; FF when all is well.</returns>
    public byte Read(uint sector, Span<byte> buffer)
    {
        buffer.Clear();
        int track = (int)sector / _disk.Shape.SectorsPerTrack;
        int index = IndexOf(track, (byte)((sector % _disk.Shape.SectorsPerTrack) + 1));
        if (index < 0)
        {
            return NotFound;
        }

        var found = _disk.SectorsOfTrack(track)[index];
        var content = _disk.ReadSector(track, index);
        content[..Math.Min(content.Length, buffer.Length)].CopyTo(buffer);
        if (found.WeakFrom >= 0)
        {
            _weak.NextBytes(buffer[Math.Min(found.WeakFrom, buffer.Length)..]);
        }

        // A long sector leaves the data request unanswered as well.
        byte flags = (byte)found.Flags;
        flags |= (found.Flags & AtariSectorFlags.Long) != 0 ? DataRequest : (byte)0;
        return (byte)(Good & ~flags);
    }

    // The first that passes the head from now on.
    private int IndexOf(int track, byte number)
    {
        var sectors = _disk.SectorsOfTrack(track);
        double head = _time.GetTimestamp() / (double)_time.TimestampFrequency * UnitsPerSecond % AtariSector.UnitsPerTurn;
        int best = -1;
        double bestWait = double.MaxValue;
        for (int index = 0; index < sectors.Length; index++)
        {
            double wait = (sectors[index].Position - head + AtariSector.UnitsPerTurn) % AtariSector.UnitsPerTurn;
            if (sectors[index].Number == number && wait < bestWait)
            {
                (best, bestWait) = (index, wait);
            }
        }

        return best;
    }
}
