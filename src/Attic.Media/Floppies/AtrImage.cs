using System.Buffers.Binary;
using System.Security.Cryptography;
using Attic.Abi.Media;
using Attic.Abi.State;

namespace Attic.Media.Floppies;

/// <summary>
/// A disk of the 8-bit Ataris from an <c>.ATR</c> file, in memory: sectors of 128 or 256 bytes numbered from 1 through the whole
/// disk, laid on tracks of 18 (26 in enhanced density).
/// </summary>
/// <remarks>
/// The file: 16 bytes of header (96 02, length in paragraphs of 16, sector size, upper paragraphs, flags: bit 0 of byte 15
/// protects), then the sectors; in double density the first three are 128 bytes long, unless the file holds whole 256 for them.
/// Source: Nick Kennedy, SIO2PC documentation. Tracks as the 810 (FM) and the 1050 (MFM) write them, odd sectors before even.
/// Writes stay in memory; <see cref="ToFile"/> gives the changed file.
/// </remarks>
public sealed class AtrImage : IFloppyMedium
{
    private const int HeaderBytes = 16;
    private const ushort Magic = 0x0296;
    private const int ShortSector = 128;
    private const int ShortSectors = 3;
    private const int MaxSectors = 65_535;

    // Bytes of a revolution at 288 rpm: 125 kbit/s in FM, 250 in MFM.
    private const int FmTrackBytes = 3_255;
    private const int MfmTrackBytes = 6_510;

    private readonly byte[] _file;
    private readonly byte[] _original;
    private readonly int _sectorBytes;
    private readonly int _sectorsPerTrack;
    private readonly bool _shortBoot;
    private readonly FloppySector[][] _tracks;
    private Header _header;

    private AtrImage(string name, byte[] file, int sectorBytes, int sectors, bool shortBoot, bool writeProtect)
    {
        Name = name;
        _file = file;
        _original = [.. file];
        (_sectorBytes, _shortBoot, Sectors) = (sectorBytes, shortBoot, sectors);
        _sectorsPerTrack = sectorBytes == ShortSector && sectors == 1040 ? 26 : 18;
        WriteProtected = writeProtect || (file[15] & 1) != 0;
        Fingerprint = Math.Max(2, BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(file)));
        _header.Fingerprint = Fingerprint;
        _tracks = new FloppySector[(sectors + _sectorsPerTrack - 1) / _sectorsPerTrack][];
        for (int track = 0; track < _tracks.Length; track++)
        {
            _tracks[track] = LayOut(track);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Sectors of the whole disk.</summary>
    public int Sectors { get; }

    /// <inheritdoc/>
    public ulong Fingerprint { get; }

    /// <inheritdoc/>
    public bool WriteProtected { get; }

    /// <inheritdoc/>
    public int Cylinders => _tracks.Length;

    /// <inheritdoc/>
    public int Sides => 1;

    /// <summary>Reads a file.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="writeProtect">Whether the notch is covered whatever the file says.</param>
    /// <exception cref="MediaFormatException">The file is damaged or no ATR image.</exception>
    public static AtrImage Read(string name, ReadOnlySpan<byte> file, bool writeProtect = false)
    {
        if (file.Length < HeaderBytes)
        {
            throw new MediaFormatException(file.Length, $"a header of {HeaderBytes} bytes", $"{file.Length} bytes");
        }

        int magic = BinaryPrimitives.ReadUInt16LittleEndian(file);
        if (magic != Magic)
        {
            throw new MediaFormatException(0, "96 02", $"{file[0]:X2} {file[1]:X2}");
        }

        int sectorBytes = BinaryPrimitives.ReadUInt16LittleEndian(file[4..]);
        if (sectorBytes is not (ShortSector or 2 * ShortSector))
        {
            throw new MediaFormatException(4, "a sector size of 128 or 256 bytes", $"{sectorBytes}");
        }

        long claimed = (BinaryPrimitives.ReadUInt16LittleEndian(file[2..]) | ((long)file[6] << 16)) * 16;
        int length = file.Length - HeaderBytes;
        if (claimed != length)
        {
            throw new MediaFormatException(2, $"{length / 16} paragraphs as the file holds", $"{claimed / 16}");
        }

        bool shortBoot = sectorBytes > ShortSector && length % sectorBytes != 0;
        int lacking = shortBoot ? ShortSectors * (sectorBytes - ShortSector) : 0;
        int sectors = (length + lacking) / sectorBytes;
        if ((length + lacking) % sectorBytes != 0 || sectors < ShortSectors || sectors > MaxSectors)
        {
            throw new MediaFormatException(file.Length, $"{ShortSectors} to {MaxSectors} whole sectors of {sectorBytes} bytes", $"{length} bytes");
        }

        return new(name, file.ToArray(), sectorBytes, sectors, shortBoot, writeProtect);
    }

    /// <summary>The file with everything that was written.</summary>
    public byte[] ToFile() => [.. _file];

    /// <inheritdoc/>
    public int TrackBytes(int cylinder, int side) =>
        _sectorBytes == ShortSector && _sectorsPerTrack == 18 ? FmTrackBytes : MfmTrackBytes;

    /// <inheritdoc/>
    public ReadOnlySpan<FloppySector> SectorsOf(int cylinder, int side) =>
        side == 0 && (uint)cylinder < (uint)_tracks.Length ? _tracks[cylinder] : [];

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Read(int cylinder, int side, int index) => Data(cylinder, index);

    /// <inheritdoc/>
    public bool Write(int cylinder, int side, int index, ReadOnlySpan<byte> data, bool deleted)
    {
        var target = Data(cylinder, index);
        if (WriteProtected || data.Length != target.Length)
        {
            return false;
        }

        data.CopyTo(target);
        _header.Bytes = _file.Length;
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>An ATR file holds no tracks: only the shape that it has can be formatted, with good sectors.</remarks>
    public bool Format(int cylinder, int side, ReadOnlySpan<FloppySector> sectors, ReadOnlySpan<byte> data)
    {
        var present = SectorsOf(cylinder, side);
        if (WriteProtected || sectors.Length != present.Length)
        {
            return false;
        }

        for (int index = 0, at = 0; index < sectors.Length; at += sectors[index++].Length)
        {
            int own = IndexOf(present, sectors[index]);
            if (own < 0 || at + sectors[index].Length > data.Length)
            {
                return false;
            }
        }

        for (int index = 0, at = 0; index < sectors.Length; at += sectors[index++].Length)
        {
            Write(cylinder, side, IndexOf(present, sectors[index]), data.Slice(at, sectors[index].Length), deleted: false);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Settle()
    {
        // Nothing outlives the process here.
    }

    /// <inheritdoc/>
    public string ContentHash() => Convert.ToHexStringLower(SHA256.HashData(_file.AsSpan(HeaderBytes)));

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        var header = _header;
        visitor.Struct("disk", ref header);
        if (header.Fingerprint == 0)
        {
            // Erased: power goes off, the disk stays.
            return;
        }

        if (header.Fingerprint != Fingerprint || (header.Bytes != 0 && header.Bytes != _file.Length))
        {
            throw new InvalidDataException("The state was saved with another disk in the drive.");
        }

        if (header.Bytes != 0)
        {
            visitor.Memory("content", _file);
        }
        else if (_header.Bytes != 0)
        {
            _original.CopyTo(_file, 0);
        }

        _header = header;
    }

    private static int IndexOf(ReadOnlySpan<FloppySector> sectors, FloppySector wanted)
    {
        for (int index = 0; index < sectors.Length; index++)
        {
            if (sectors[index].Number == wanted.Number)
            {
                return sectors[index].SizeCode == wanted.SizeCode && wanted.Flags == FloppySectorFlags.None ? index : -1;
            }
        }

        return -1;
    }

    private FloppySector[] LayOut(int track)
    {
        int first = track * _sectorsPerTrack;
        int count = Math.Min(_sectorsPerTrack, Sectors - first);
        var sectors = new FloppySector[count];
        int pitch = TrackBytes(track, 0) / _sectorsPerTrack;
        for (int place = 0; place < count; place++)
        {
            int odd = (count + 1) / 2;
            int number = place < odd ? (2 * place) + 1 : 2 * (place - odd + 1);
            byte size = LengthOf(first + number) == ShortSector ? (byte)0 : (byte)1;
            sectors[place] = new((byte)track, 0, (byte)number, size, place * pitch, FloppySectorFlags.None);
        }

        return sectors;
    }

    private int LengthOf(int sector) => sector <= ShortSectors && _sectorBytes > ShortSector && _shortBoot ? ShortSector : _sectorBytes;

    private Span<byte> Data(int cylinder, int index)
    {
        int sector = (cylinder * _sectorsPerTrack) + _tracks[cylinder][index].Number;
        int shortened = _shortBoot ? Math.Min(sector - 1, ShortSectors) * (_sectorBytes - ShortSector) : 0;
        return _file.AsSpan(HeaderBytes + ((sector - 1) * _sectorBytes) - shortened, LengthOf(sector));
    }

    private struct Header
    {
        public ulong Fingerprint;

        /// <summary>Bytes of the content when it was changed, else 0.</summary>
        public long Bytes;
    }
}
