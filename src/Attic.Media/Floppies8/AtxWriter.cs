using System.Buffers.Binary;
using Attic.Abi.Media;

namespace Attic.Media.Floppies8;

/// <summary>A sector for <see cref="AtxWriter"/>.</summary>
/// <param name="Number">Number in the ID field.</param>
/// <param name="Position">Units of 8 µs, 0 to 26,041.</param>
/// <param name="Flags">What is special with it.</param>
/// <param name="Data">Its data; not used without a data field.</param>
/// <param name="SizeCode">Size in the ID field: 128 shifted left by it.</param>
/// <param name="WeakFrom">First weak byte, -1 for none.</param>
public sealed record AtxSector(byte Number, ushort Position, AtariSectorFlags Flags, byte[] Data, byte SizeCode, int WeakFrom = -1);

/// <summary>Writes ATX files.</summary>
public sealed class AtxWriter
{
    private const ushort Creator = 0x4141;
    private readonly AtariDiskShape _shape;
    private readonly List<AtxSector>[] _tracks;

    /// <summary>Begins with a formatted disk, all sectors zero.</summary>
    /// <param name="shape">Single, enhanced or double density.</param>
    public AtxWriter(AtariDiskShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = shape;
        _tracks = new List<AtxSector>[shape.Cylinders];
        for (int track = 0; track < _tracks.Length; track++)
        {
            byte[] order = StandardTrack8.Order(shape, shape.SectorsPerTrack);
            _tracks[track] = [.. order.Select((number, place) => new AtxSector(
                number, (ushort)(place * StandardTrack8.Spacing(shape)), AtariSectorFlags.None, new byte[shape.SectorBytes], (byte)(shape.SectorBytes >> 8)))];
        }
    }

    /// <summary>The sectors of a track, in any order; to be changed freely.</summary>
    /// <param name="track">0 to the shape's last.</param>
    public IList<AtxSector> Track(int track) => _tracks[track];

    /// <summary>The file.</summary>
    public byte[] ToFile()
    {
        using var file = new MemoryStream();
        file.Write(new byte[AtxFormat.FileHeaderBytes]);
        for (int track = 0; track < _tracks.Length; track++)
        {
            file.Write(Record(track));
        }

        byte[] bytes = file.ToArray();
        AtxFormat.Magic.CopyTo(bytes);
        Word(bytes, 4, 1);
        Word(bytes, 6, 1);
        Word(bytes, 8, Creator);
        bytes[18] = (byte)(_shape.SectorsPerTrack == 26 ? 1 : _shape.SectorBytes == 256 ? 2 : 0);
        Long(bytes, 28, AtxFormat.FileHeaderBytes);
        Long(bytes, 32, bytes.Length);
        return bytes;
    }

    private byte[] Record(int track)
    {
        var sectors = _tracks[track].OrderBy(sector => sector.Position).ToArray();
        int list = AtxFormat.ChunkHeaderBytes + (sectors.Length * AtxFormat.SectorHeaderBytes);
        int dataChunk = AtxFormat.TrackHeaderBytes + list;
        int data = dataChunk + AtxFormat.ChunkHeaderBytes;
        byte[][] chunks = [.. sectors.SelectMany(Extras)];
        int dataBytes = sectors.Sum(DataBytes);
        int extras = data + dataBytes;
        byte[] record = new byte[extras + chunks.Sum(chunk => chunk.Length) + AtxFormat.ChunkHeaderBytes];
        Long(record, 0, record.Length);
        record[8] = (byte)track;
        Word(record, 10, sectors.Length);
        Long(record, 16, _shape.Mfm ? (int)AtxFormat.MfmFlag : 0);
        Long(record, 20, AtxFormat.TrackHeaderBytes);
        Long(record, AtxFormat.TrackHeaderBytes, list);
        record[AtxFormat.TrackHeaderBytes + 4] = AtxFormat.SectorListChunk;
        Long(record, dataChunk, AtxFormat.ChunkHeaderBytes + dataBytes);
        for (int index = 0; index < sectors.Length; index++)
        {
            int at = AtxFormat.TrackHeaderBytes + AtxFormat.ChunkHeaderBytes + (index * AtxFormat.SectorHeaderBytes);
            var sector = sectors[index];
            record[at] = sector.Number;
            record[at + 1] = (byte)((byte)sector.Flags | (IsPlain(sector) ? 0 : AtxFormat.ExtendedStatus));
            Word(record, at + 2, sector.Position);
            if (DataBytes(sector) > 0)
            {
                Long(record, at + 4, data);
                sector.Data.CopyTo(record, data);
                data += DataBytes(sector);
            }
        }

        foreach (byte[] chunk in chunks)
        {
            chunk.CopyTo(record, extras);
            extras += chunk.Length;
        }

        return record;
    }

    private IEnumerable<byte[]> Extras(AtxSector sector, int index)
    {
        if (sector.WeakFrom >= 0)
        {
            yield return Chunk(AtxFormat.WeakChunk, index, sector.WeakFrom);
        }

        if (sector.SizeCode != _shape.SectorBytes >> 8)
        {
            yield return Chunk(AtxFormat.ExtendedChunk, index, sector.SizeCode);
        }
    }

    private bool IsPlain(AtxSector sector) => sector.WeakFrom < 0 && sector.SizeCode == _shape.SectorBytes >> 8;

    private int DataBytes(AtxSector sector) => sector.Flags.HasFlag(AtariSectorFlags.NoData) ? 0 : _shape.SectorBytes;

    private static byte[] Chunk(byte type, int index, int value)
    {
        byte[] chunk = new byte[AtxFormat.ChunkHeaderBytes];
        Long(chunk, 0, chunk.Length);
        (chunk[4], chunk[5]) = (type, (byte)index);
        Word(chunk, 6, value);
        return chunk;
    }

    private static void Word(byte[] bytes, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);

    private static void Long(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
}
