using System.Buffers.Binary;
using Attic.Abi.Media;

namespace Attic.Media.Floppies8;

/// <summary>The <c>.ATX</c> (VAPI) format: tracks of sectors with angle, controller status and data, as they were read from a disk.</summary>
/// <remarks>
/// <para>File header of 48 bytes: "AT8X", version, at 18 density (0 single, 1 enhanced, 2 double), at 28 offset of the first track, at 32
/// length of the file. Track record of 32 bytes: length, type (0), at 8 track, at 9 side, at 10 sectors, at 16 flags (2 = MFM),
/// at 20 offset of its chunks. Chunk: length, type (1 sector list, 0 sector data, 0x10 weak bytes, 0x11 extended sector), at 5
/// sector index, at 6 a word. Sector: number, status, position in 8 µs, offset of the data from the track record.
/// All little-endian.</para>
/// <para>Source: the public description of the VAPI format (whizzosoftware, "VAPI / ATX Disk Image Format"; a8preservation.com,
/// "ATX guide").</para>
/// </remarks>
internal sealed class AtxFormat : IDiskFormat8
{
    public const int FileHeaderBytes = 48;
    public const int TrackHeaderBytes = 32;
    public const int ChunkHeaderBytes = 8;
    public const int SectorHeaderBytes = 8;
    public const byte SectorDataChunk = 0;
    public const byte SectorListChunk = 1;
    public const byte WeakChunk = 0x10;
    public const byte ExtendedChunk = 0x11;
    public const byte ExtendedStatus = 0x40;
    public const uint MfmFlag = 2;
    private const int MaxSectorsOfTrack = 255;
    private const int KnownTracks = 42;

    public static AtxFormat Instance { get; } = new();

    public static ReadOnlySpan<byte> Magic => "AT8X"u8;

    public string Name => "atx";

    public DiskMap Map(ReadOnlySpan<byte> file)
    {
        var reader = new Reader(file);
        int at = reader.FileHeader(out byte density);
        var tracks = new MappedSector[40][];
        Array.Fill(tracks, []);
        while (at < file.Length)
        {
            at = reader.Record(at, density, ref tracks);
        }

        var shape = density switch
        {
            0 => AtariDiskShape.Single,
            1 => AtariDiskShape.Enhanced,
            _ => AtariDiskShape.Double,
        };
        return new(shape with { Cylinders = tracks.Length, Sectors = tracks.Length * shape.SectorsPerTrack }, tracks, false);
    }

    public byte[]? Blank(AtariDiskShape shape)
    {
        bool known = shape == AtariDiskShape.Single || shape == AtariDiskShape.Enhanced || shape == AtariDiskShape.Double;
        return known ? new AtxWriter(shape).ToFile() : null;
    }

    private ref struct Reader(ReadOnlySpan<byte> file)
    {
        private readonly ReadOnlySpan<byte> _file = file;

        public readonly int FileHeader(out byte density)
        {
            if (_file.Length < FileHeaderBytes)
            {
                throw new MediaFormatException(_file.Length, $"a header of {FileHeaderBytes} bytes", $"{_file.Length} bytes");
            }

            if (!_file.StartsWith(Magic))
            {
                throw new MediaFormatException(0, "AT8X", Convert.ToHexString(_file[..4]));
            }

            int version = Word(4);
            if (version != 1)
            {
                throw new MediaFormatException(4, "version 1", $"{version}");
            }

            density = _file[18];
            if (density > 2)
            {
                throw new MediaFormatException(18, "density 0, 1 or 2", $"{density}");
            }

            uint start = Long(28);
            if (start < FileHeaderBytes || start > _file.Length)
            {
                throw new MediaFormatException(28, $"the first track's offset, {FileHeaderBytes} to {_file.Length}", $"{start}");
            }

            // Some writers count a record header too many.
            uint end = Long(32);
            return end <= _file.Length + ChunkHeaderBytes
                ? (int)start
                : throw new MediaFormatException(_file.Length, $"{end} bytes as the header says", $"{_file.Length} bytes");
        }

        // A track, or a record of another kind that is passed over; gives where the next begins.
        public readonly int Record(int at, byte density, ref MappedSector[][] tracks)
        {
            if (_file.Length - at < ChunkHeaderBytes)
            {
                throw new MediaFormatException(at, $"a record of at least {ChunkHeaderBytes} bytes", $"{_file.Length - at} bytes");
            }

            uint size = Long(at);
            if (size < ChunkHeaderBytes || size > _file.Length - at)
            {
                throw new MediaFormatException(at, $"a record of {ChunkHeaderBytes} to {_file.Length - at} bytes", $"{size}");
            }

            int end = at + (int)size;
            if (Word(at + 4) != 0)
            {
                return end;
            }

            if (size < TrackHeaderBytes)
            {
                throw new MediaFormatException(at, $"a track record of at least {TrackHeaderBytes} bytes", $"{size}");
            }

            int number = _file[at + 8];
            if (number >= KnownTracks)
            {
                throw new MediaFormatException(at + 8, $"a track of 0 to {KnownTracks - 1}", $"{number}");
            }

            if (number >= tracks.Length)
            {
                int known = tracks.Length;
                Array.Resize(ref tracks, number + 1);
                Array.Fill(tracks, [], known, tracks.Length - known);
            }

            tracks[number] = Track(at, end, density);
            return end;
        }

        private readonly MappedSector[] Track(int at, int end, byte density)
        {
            int count = Word(at + 10);
            if (count > MaxSectorsOfTrack)
            {
                throw new MediaFormatException(at + 10, $"at most {MaxSectorsOfTrack} sectors", $"{count}");
            }

            uint offset = Long(at + 20);
            if (offset < TrackHeaderBytes || offset > end - at)
            {
                throw new MediaFormatException(at + 20, $"the chunks' offset, {TrackHeaderBytes} to {end - at}", $"{offset}");
            }

            var sectors = new MappedSector[count];
            bool listed = false;
            for (int chunk = at + (int)offset; chunk + ChunkHeaderBytes <= end;)
            {
                uint size = Long(chunk);
                if (size == 0)
                {
                    break;
                }

                if (size < ChunkHeaderBytes || size > end - chunk)
                {
                    throw new MediaFormatException(chunk, $"a chunk of {ChunkHeaderBytes} to {end - chunk} bytes", $"{size}");
                }

                listed |= Chunk(chunk, (int)size, at, end, density, sectors);
                chunk += (int)size;
            }

            if (count > 0 && !listed)
            {
                throw new MediaFormatException(end, $"a list of {count} sectors", "none");
            }

            // Some writers list sectors out of order.
            return [.. sectors.OrderBy(place => place.Sector.Position)];
        }

        private readonly bool Chunk(int chunk, int size, int track, int end, byte density, MappedSector[] sectors)
        {
            switch (_file[chunk + 4])
            {
                case SectorListChunk:
                    List(chunk, size, track, end, density, sectors);
                    return true;
                case WeakChunk:
                {
                    int from = Word(chunk + 6);
                    ref var place = ref Listed(chunk, sectors);
                    bool counts = from < place.Sector.Length;
                    place = place with { Weak = chunk + 6, Sector = place.Sector with { WeakFrom = counts ? (short)from : (short)-1 } };
                    return false;
                }

                case ExtendedChunk:
                {
                    ref var place = ref Listed(chunk, sectors);
                    byte code = (byte)(Word(chunk + 6) & 3);
                    bool isLong = code > (density == 2 ? 1 : 0);
                    var flags = isLong ? place.Sector.Flags | AtariSectorFlags.Long : place.Sector.Flags;
                    place = place with { Sector = place.Sector with { SizeCode = code, Flags = flags } };
                    return false;
                }

                default:
                    return false;
            }
        }

        private readonly void List(int chunk, int size, int track, int end, byte density, MappedSector[] sectors)
        {
            if (size < ChunkHeaderBytes + (sectors.Length * SectorHeaderBytes))
            {
                throw new MediaFormatException(chunk, $"a list of {sectors.Length} sectors, {ChunkHeaderBytes + (sectors.Length * SectorHeaderBytes)} bytes", $"{size}");
            }

            int plain = density == 2 ? 256 : 128;
            for (int index = 0; index < sectors.Length; index++)
            {
                int at = chunk + ChunkHeaderBytes + (index * SectorHeaderBytes);
                int position = Word(at + 2);
                if (position > AtariSector.UnitsPerTurn)
                {
                    throw new MediaFormatException(at + 2, $"a position of 0 to {AtariSector.UnitsPerTurn}", $"{position}");
                }

                byte status = _file[at + 1];
                bool hasData = (status & (byte)AtariSectorFlags.NoData) == 0;
                int length = hasData ? plain : 0;
                uint data = Long(at + 4);
                if (hasData && (data > end - track || end - track - data < length))
                {
                    throw new MediaFormatException(at + 4, $"an offset with {length} bytes of data in a track of {end - track}", $"{data}");
                }

                const byte Known = (byte)(AtariSectorFlags.Long | AtariSectorFlags.CrcError | AtariSectorFlags.NoData | AtariSectorFlags.Deleted);
                sectors[index] = new(
                    new(_file[at], (ushort)(position % AtariSector.UnitsPerTurn), (AtariSectorFlags)(status & Known), (ushort)length, (byte)(plain >> 8), -1),
                    hasData ? track + (int)data : 0, at + 1);
            }
        }

        // Chunks about a sector come after the list.
        private readonly ref MappedSector Listed(int chunk, MappedSector[] sectors)
        {
            int index = _file[chunk + 5];
            if (index >= sectors.Length || sectors[index].Status <= 0)
            {
                throw new MediaFormatException(chunk + 5, $"the index of one of {sectors.Length} sectors listed before", $"{index}");
            }

            return ref sectors[index];
        }

        private readonly int Word(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_file[at..]);

        private readonly uint Long(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_file[at..]);
    }
}
