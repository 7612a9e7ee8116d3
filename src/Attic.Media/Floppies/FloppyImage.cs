using System.Buffers.Binary;
using Attic.Abi.Media;
using Attic.Abi.State;
using Attic.Media.Durability;
using Attic.Media.Fat;

namespace Attic.Media.Floppies;

/// <summary>
/// A disk image in a drive. Reads and writes are in memory; a writer on its own thread brings writes into a journal
/// beside the file at once and into the file itself at <see cref="Settle"/> and <see cref="Dispose"/>. After a kill the
/// journal is replayed at the next <see cref="Open(string, bool)"/>.
/// </summary>
public sealed class FloppyImage : IDiskFile
{
    private readonly DiskContent _content;
    private readonly DiskOverlay _overlay;
    private readonly FloppySector[][] _layouts = new FloppySector[DiskContent.MaxTracks][];
    private readonly IImageCodec _codec;
    private DurableImage? _file;

    private FloppyImage(string name, DiskContent content, IImageCodec codec, string protection)
    {
        Name = name;
        Protection = protection;
        _content = content;
        _codec = codec;
        ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(content.Hash());
        _overlay = new(content, Math.Max(hash, 2), RestoreTrack);
        for (int index = 0; index < DiskContent.MaxTracks; index++)
        {
            LayOut(index / 2, index % 2);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string FormatName => _codec.Name;

    /// <inheritdoc/>
    public string Protection { get; }

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
    public bool WriteProtected => Protection.Length > 0;

    /// <inheritdoc/>
    public int Cylinders => _content.Cylinders;

    /// <inheritdoc/>
    public int Sides => _content.Sides;

    /// <summary>Opens an image and locks it for this process, unless it is write-protected.</summary>
    /// <param name="path">A .st or .msa file, or one of them in a gzip or zip container; compressed ones are write-protected.</param>
    /// <param name="writeProtect">Whether the notch is to be covered; so it is anyway where the file cannot be written.</param>
    /// <exception cref="MediaFormatException">The file is damaged or no disk image.</exception>
    /// <exception cref="FileInUseException">Another process, or this one, has it open for writing.</exception>
    /// <exception cref="IOException">The file cannot be read, or replaying its journal failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static FloppyImage Open(string path, bool writeProtect = false)
    {
        ImageFile image = null!;
        var file = DurableImage.Open(path, writeProtect, (name, bytes) =>
        {
            image = ImageFile.Read(name, bytes);
            return (new ContentTarget(image.Codec, image.Content), image.Compressed);
        });
        return new(file.Name, image.Content, image.Codec, file.Protection) { _file = file };
    }

    /// <summary>A disk that lives in memory only, from the bytes of a file.</summary>
    /// <param name="name">The file's name; its ending helps to recognise the format.</param>
    /// <param name="file">The file's bytes.</param>
    /// <param name="writeProtect">Whether the notch is covered.</param>
    /// <exception cref="MediaFormatException">The bytes are damaged or no disk image.</exception>
    public static FloppyImage FromBytes(string name, ReadOnlySpan<byte> file, bool writeProtect = false)
    {
        var image = ImageFile.Read(name, file);
        return new(name, image.Content, image.Codec, writeProtect ? "it was asked for" : "");
    }

    /// <summary>A disk that lives in memory only.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="content">Its content; the disk owns it from now on.</param>
    /// <param name="writeProtect">Whether the notch is covered.</param>
    public static FloppyImage InMemory(string name, DiskContent content, bool writeProtect = false) =>
        new(name, content, ImageFile.CodecFor(name), writeProtect ? "it was asked for" : "");

    /// <summary>Makes a file with a formatted, empty disk; replaces an existing one.</summary>
    /// <param name="path">Its ending chooses the format: .msa, else raw.</param>
    /// <param name="geometry">Its shape.</param>
    /// <param name="serial">The disk's serial number, 24 bits: TOS tells disks apart by it.</param>
    /// <exception cref="ArgumentException">The shape is impossible.</exception>
    /// <exception cref="IOException">The file system refused.</exception>
    public static void CreateBlank(string path, DiskGeometry geometry, int serial = 0) =>
        Save(path, new(geometry, Fat12Volume.Format(geometry, serial).Image.Span));

    /// <summary>Writes a disk's content to a file; replaces an existing one.</summary>
    /// <param name="path">Its ending chooses the format: .msa, else raw.</param>
    /// <param name="content">The content.</param>
    public static void Save(string path, DiskContent content) => StagedFile.Write(path, ImageFile.CodecFor(path).Encode(content));

    /// <summary>An independent copy of the present content; only between two steps of the machine that uses the disk.</summary>
    public DiskContent CopyContent() => _content.Clone();

    /// <inheritdoc/>
    public int TrackBytes(int cylinder, int side) => StandardTrack.Bytes;

    /// <inheritdoc/>
    public ReadOnlySpan<FloppySector> SectorsOf(int cylinder, int side) =>
        DiskContent.IsTrack(cylinder, side) ? _layouts[DiskContent.TrackIndex(cylinder, side)] : [];

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Read(int cylinder, int side, int index) =>
        _content.Track(cylinder, side).Slice(Offset(cylinder, side, index), DiskContent.SectorBytes);

    /// <inheritdoc/>
    public bool Write(int cylinder, int side, int index, ReadOnlySpan<byte> data, bool deleted)
    {
        byte number = _layouts[DiskContent.TrackIndex(cylinder, side)][index].Number;
        if (WriteProtected || data.Length != DiskContent.SectorBytes)
        {
            return false;
        }

        _overlay.Touch(cylinder, side);
        _content.SetSector(cylinder, side, number, data);
        _file?.Post(new(JournalKind.Sector, (byte)cylinder, (byte)side, number, data.ToArray()));
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Both formats hold sectors of 512 bytes with the numbers 1 to n (at most 11) whose IDs name the cylinder they lie on;
    /// other tracks are refused. Positions and order become the standard ones.
    /// </remarks>
    public bool Format(int cylinder, int side, ReadOnlySpan<FloppySector> sectors, ReadOnlySpan<byte> data)
    {
        if (WriteProtected || !DiskContent.IsTrack(cylinder, side) || !CanHold(cylinder, sectors, data.Length))
        {
            return false;
        }

        byte[] track = new byte[data.Length];
        for (int index = 0; index < sectors.Length; index++)
        {
            data.Slice(index * DiskContent.SectorBytes, DiskContent.SectorBytes)
                .CopyTo(track.AsSpan((sectors[index].Number - 1) * DiskContent.SectorBytes));
        }

        _overlay.Touch(cylinder, side);
        RestoreTrack(cylinder, side, track);
        return true;
    }

    /// <inheritdoc/>
    public void Settle() => _file?.Settle();

    /// <inheritdoc/>
    public string ContentHash() => Convert.ToHexStringLower(_content.Hash());

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor) => _overlay.Visit(visitor);

    /// <summary>Brings the file up to date and gives it free.</summary>
    /// <exception cref="IOException">The file could not be written; what the journal took is replayed at the next opening.</exception>
    public void Dispose()
    {
        var file = _file;
        _file = null;
        file?.Dispose();
    }

    private static bool CanHold(int cylinder, ReadOnlySpan<FloppySector> sectors, int bytes)
    {
        int count = sectors.Length;
        int numbers = 0;
        foreach (var sector in sectors)
        {
            if (sector.Track != cylinder || sector.SizeCode != 2 || sector.Number < 1 || sector.Number > count
                || (sector.Flags & ~FloppySectorFlags.DeletedData) != FloppySectorFlags.None)
            {
                return false;
            }

            numbers |= 1 << sector.Number;
        }

        return count is >= 1 and <= DiskContent.MaxSectorsPerTrack
            && numbers == (2 << count) - 2
            && bytes == count * DiskContent.SectorBytes;
    }

    private void RestoreTrack(int cylinder, int side, byte[] sectors)
    {
        _content.SetTrack(cylinder, side, sectors);
        LayOut(cylinder, side);
        _file?.Post(new(JournalKind.Track, (byte)cylinder, (byte)side, 0, sectors));
    }

    private void LayOut(int cylinder, int side)
    {
        int count = _content.Track(cylinder, side).Length / DiskContent.SectorBytes;
        ref var layout = ref _layouts[DiskContent.TrackIndex(cylinder, side)];
        if (layout is null || layout.Length != count)
        {
            layout = StandardTrack.Layout(cylinder, side, count);
        }
    }

    private int Offset(int cylinder, int side, int index) =>
        (_layouts[DiskContent.TrackIndex(cylinder, side)][index].Number - 1) * DiskContent.SectorBytes;
}
