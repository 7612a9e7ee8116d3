using System.Buffers.Binary;
using System.Security.Cryptography;
using Attic.Abi.AtariXl;
using Attic.Abi.Media;
using Attic.Abi.State;
using Attic.Media.Durability;
using Attic.Media.Floppies;

namespace Attic.Media.Floppies8;

/// <summary>
/// A disk of the 8-bit Ataris from a file: <c>.ATR</c>, <c>.XFD</c> or <c>.ATX</c>. The file itself is the content; every write
/// changes it in place, in memory at once, in a journal beside it as soon as a thread of its own gets to it, in the file at
/// <see cref="Settle"/> and <see cref="Dispose"/>.
/// </summary>
public sealed class DiskImage8 : IAtariDisk, IDiskFile, IXlProgramSource
{
    private const int MaxBytes = FileOverlay.MaxBytes;
    private static readonly string[] Endings = [".atr", ".xfd", ".atx"];

    private readonly IDiskFormat8 _format;
    private readonly FileOverlay _overlay;
    private readonly string _protection;
    private byte[] _bytes;
    private DiskMap _map;
    private AtariSector[][] _sectors;
    private FloppySector[][] _plain;
    private DurableImage? _file;

    private DiskImage8(string name, byte[] bytes, IDiskFormat8 format, string protection)
    {
        Name = name;
        (_bytes, _format) = (bytes, format);
        (_map, _sectors, _plain) = Look(bytes);
        _protection = protection;
        ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(bytes));
        _overlay = new([.. bytes], Math.Max(hash, 2), () => _bytes, Restore);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public XlProgram? Program { get; private init; }

    /// <inheritdoc/>
    public string FormatName => _format.Name;

    /// <inheritdoc/>
    public string Protection => _protection.Length > 0 ? _protection : _map.Protected ? "the image says so" : "";

    /// <inheritdoc/>
    public IReadOnlyList<string> Notices => _file?.Notices ?? [];

    /// <inheritdoc/>
    public string WriteFault => _file?.Fault ?? "";

    /// <inheritdoc/>
    public long Writes => _file?.Writes ?? 0;

    /// <inheritdoc/>
    public long DurableWrites => _file?.DurableWrites ?? 0;

    /// <inheritdoc/>
    public ulong Fingerprint => _overlay.Fingerprint;

    /// <inheritdoc/>
    public bool WriteProtected => _protection.Length > 0 || _map.Protected;

    /// <inheritdoc/>
    public AtariDiskShape Shape => _map.Shape;

    /// <inheritdoc/>
    public int Cylinders => _map.Shape.Cylinders;

    /// <inheritdoc/>
    public int Sides => _map.Shape.Sides;

    /// <summary>Whether a file is one of these disks, by its first bytes or, where those say nothing, by its name.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="bytes">The file, or its beginning.</param>
    public static bool Recognises(string name, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool packed = ImageContainer.EndsWith(name, ".gz");
        string plain = packed ? name[..^3] : name;
        return Array.Exists(Endings, ending => ImageContainer.EndsWith(plain, ending))
            || bytes.StartsWith(AtxFormat.Magic)
            || (bytes.Length >= AtrFormat.HeaderBytes && bytes.StartsWith(AtrFormat.Magic) && bytes[4] is 0 or 0x80 && bytes[5] is 0 or 1);
    }

    /// <summary>Opens an image and locks it for this process, unless it is write-protected.</summary>
    /// <param name="path">A .atr, .xfd or .atx file, or one in a gzip or zip container; compressed ones are write-protected.</param>
    /// <param name="writeProtect">Whether the notch is to be covered; so it is anyway where the file cannot be written.</param>
    /// <exception cref="MediaFormatException">The file is damaged or no disk image.</exception>
    /// <exception cref="FileInUseException">Another process, or this one, has it open for writing.</exception>
    /// <exception cref="IOException">The file cannot be read, or replaying its journal failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DiskImage8 Open(string path, bool writeProtect = false)
    {
        ImageContainer image = null!;
        FileTarget target = null!;
        IDiskFormat8 format = null!;
        var file = DurableImage.Open(path, writeProtect, (name, bytes) =>
        {
            image = ImageContainer.Open(name, bytes, MaxBytes, Endings);
            format = FormatOf(image);
            _ = format.Map(image.Bytes);
            target = new(image.Bytes);
            return (target, image.Compressed);
        });
        try
        {
            return new(file.Name, target.File, format, file.Protection) { _file = file };
        }
        catch
        {
            // A journal can bring bytes that are no disk any more.
            file.Dispose();
            throw;
        }
    }

    /// <summary>A disk that lives in memory only, from the bytes of a file.</summary>
    /// <param name="name">The file's name; its ending helps to recognise the format.</param>
    /// <param name="file">The file's bytes.</param>
    /// <param name="writeProtect">Whether the notch is covered.</param>
    /// <exception cref="MediaFormatException">The bytes are damaged or no disk image.</exception>
    public static DiskImage8 FromBytes(string name, ReadOnlySpan<byte> file, bool writeProtect = false)
    {
        var image = ImageContainer.Open(name, file, MaxBytes, Endings);
        return new(name, image.Bytes, FormatOf(image), writeProtect ? "it was asked for" : "");
    }

    /// <summary>A write-protected disk of ours that starts a program.</summary>
    /// <param name="name">The program file's name.</param>
    /// <param name="image">An ATR image.</param>
    /// <param name="program">What its loader finds at $D500.</param>
    internal static DiskImage8 OfProgram(string name, byte[] image, XlProgram program) =>
        new(name, image, FormatOf(new(".atr", image, false)), "it is made from a program file") { Program = program };

    /// <summary>The bytes of a file with an empty disk.</summary>
    /// <param name="name">Its ending chooses the format: .xfd, .atx, else ATR.</param>
    /// <param name="shape">Its shape.</param>
    /// <returns>The file, or null when the format has no such shape.</returns>
    public static byte[]? Blank(string name, AtariDiskShape shape) => ByName(name).Blank(shape);

    /// <summary>The file with everything that was written.</summary>
    public byte[] ToFile() => [.. _bytes];

    /// <inheritdoc/>
    public int TrackBytes(int cylinder, int side) => _map.Shape.Mfm ? 6_510 : 3_255;

    /// <inheritdoc/>
    public ReadOnlySpan<FloppySector> SectorsOf(int cylinder, int side) =>
        (uint)cylinder < (uint)Cylinders && (uint)side < (uint)Sides ? _plain[TrackIndex(cylinder, side)] : [];

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Read(int cylinder, int side, int index) => ReadSector(TrackIndex(cylinder, side), index);

    /// <inheritdoc/>
    public bool Write(int cylinder, int side, int index, ReadOnlySpan<byte> data, bool deleted) =>
        WriteSector(TrackIndex(cylinder, side), index, data);

    /// <inheritdoc/>
    /// <remarks>The drives of these computers format whole disks, <see cref="Format(AtariDiskShape)"/>; a single track is refused.</remarks>
    public bool Format(int cylinder, int side, ReadOnlySpan<FloppySector> sectors, ReadOnlySpan<byte> data) => false;

    /// <inheritdoc/>
    public ReadOnlySpan<AtariSector> SectorsOfTrack(int track) => (uint)track < (uint)_sectors.Length ? _sectors[track] : [];

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadSector(int track, int index)
    {
        var place = _map.Tracks[track][index];
        return _bytes.AsSpan(place.Data, place.Sector.Length);
    }

    /// <inheritdoc/>
    public bool WriteSector(int track, int index, ReadOnlySpan<byte> data)
    {
        var place = _map.Tracks[track][index];
        if (WriteProtected || data.Length != place.Sector.Length || data.IsEmpty)
        {
            return false;
        }

        _overlay.Touch();
        Put(place.Data, data);
        Mend(place);
        return true;
    }

    /// <inheritdoc/>
    public bool Format(AtariDiskShape shape)
    {
        if (WriteProtected || _format.Blank(shape) is not { } blank)
        {
            return false;
        }

        Restore(blank);
        return true;
    }

    /// <inheritdoc/>
    public void Settle() => _file?.Settle();

    /// <inheritdoc/>
    public string ContentHash() => Convert.ToHexStringLower(SHA256.HashData(_bytes));

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor) => _overlay.Visit(visitor);

    /// <inheritdoc/>
    /// <exception cref="IOException">The file could not be written; what the journal took is replayed at the next opening.</exception>
    public void Dispose()
    {
        var file = _file;
        _file = null;
        file?.Dispose();
    }

    private static IDiskFormat8 FormatOf(ImageContainer image) =>
        image.Bytes.AsSpan().StartsWith(AtxFormat.Magic) ? AtxFormat.Instance
        : image.Bytes.AsSpan().StartsWith(AtrFormat.Magic) && !ImageContainer.EndsWith(image.Name, ".xfd") ? AtrFormat.Instance
        : ByName(image.Name);

    private static IDiskFormat8 ByName(string name) =>
        ImageContainer.EndsWith(name, ".xfd") ? XfdFormat.Instance
        : ImageContainer.EndsWith(name, ".atx") ? AtxFormat.Instance
        : AtrFormat.Instance;

    private static FloppySectorFlags PlainFlags(AtariSectorFlags flags) =>
        (flags.HasFlag(AtariSectorFlags.CrcError) ? FloppySectorFlags.DataCrcError : 0)
        | (flags.HasFlag(AtariSectorFlags.Deleted) ? FloppySectorFlags.DeletedData : 0)
        | (flags.HasFlag(AtariSectorFlags.NoData) ? FloppySectorFlags.NoData : 0);

    private int TrackIndex(int cylinder, int side) => (side * Cylinders) + cylinder;

    private (DiskMap Map, AtariSector[][] Sectors, FloppySector[][] Plain) Look(ReadOnlySpan<byte> bytes)
    {
        var map = _format.Map(bytes);
        int trackBytes = map.Shape.Mfm ? 6_510 : 3_255;
        var sectors = Array.ConvertAll(map.Tracks, track => Array.ConvertAll(track, place => place.Sector));
        var plain = new FloppySector[sectors.Length][];
        for (int track = 0; track < plain.Length; track++)
        {
            int cylinder = track % map.Shape.Cylinders;
            plain[track] = Array.ConvertAll(sectors[track], sector => new FloppySector(
                (byte)cylinder, 0, sector.Number, sector.SizeCode,
                sector.Position * trackBytes / AtariSector.UnitsPerTurn, PlainFlags(sector.Flags)));
        }

        return (map, sectors, plain);
    }

    // A data field that was written anew has a good CRC, the usual mark and no weak bytes.
    private void Mend(in MappedSector place)
    {
        const AtariSectorFlags DataFaults = AtariSectorFlags.CrcError | AtariSectorFlags.Deleted;
        if ((place.Sector.Flags & DataFaults) == 0 && place.Sector.WeakFrom < 0)
        {
            return;
        }

        Put(place.Status, [(byte)(_bytes[place.Status] & ~(byte)DataFaults)]);
        if (place.Weak >= 0)
        {
            Span<byte> end = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(end, place.Sector.Length);
            Put(place.Weak, end);
        }

        (_map, _sectors, _plain) = Look(_bytes);
    }

    private void Put(int offset, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(offset));
        _file?.Post(FileTarget.Patch(offset, bytes));
    }

    // The whole file becomes another: by a format, or by a state that is loaded.
    private void Restore(byte[] bytes)
    {
        try
        {
            (_map, _sectors, _plain) = Look(bytes);
        }
        catch (MediaFormatException damage)
        {
            throw new InvalidDataException($"The state's disk is none. {damage.Message}", damage);
        }

        _overlay.Touch();
        _bytes = bytes;
        _file?.Post(FileTarget.Replacement([.. bytes]));
    }
}
