using Attic.Abi.State;

namespace Attic.Abi.Media;

/// <summary>A sector as it lies on a track: its ID field and where its data are.</summary>
/// <param name="Track">Track number in the ID field.</param>
/// <param name="Side">Side number in the ID field.</param>
/// <param name="Number">Sector number in the ID field.</param>
/// <param name="SizeCode">0 = 128, 1 = 256, 2 = 512, 3 = 1024 bytes.</param>
/// <param name="Position">Byte of the track (from the index pulse) at which the ID address mark A1 A1 A1 FE begins.</param>
/// <param name="Flags">What is wrong or special with it.</param>
public readonly record struct FloppySector(byte Track, byte Side, byte Number, byte SizeCode, int Position, FloppySectorFlags Flags)
{
    /// <summary>Bytes of data.</summary>
    public int Length => 128 << (SizeCode & 3);
}

/// <summary>What is wrong or special with a sector.</summary>
[Flags]
public enum FloppySectorFlags : byte
{
    /// <summary>A good sector.</summary>
    None = 0,

    /// <summary>The ID field's CRC is wrong.</summary>
    IdCrcError = 1,

    /// <summary>The data field's CRC is wrong.</summary>
    DataCrcError = 2,

    /// <summary>The data field begins with a deleted-data mark (F8).</summary>
    DeletedData = 4,

    /// <summary>There is no data field.</summary>
    NoData = 8,
}

/// <summary>
/// A floppy disk in a drive: sectors on tracks, in memory. Writes change memory at once; making them durable is the
/// medium's business, off the machine's thread. Used by the machine's thread alone.
/// </summary>
/// <remarks>
/// As state a disk is what differs from the content it had when it was opened: a header with <see cref="Fingerprint"/>
/// and a count, then that many modified tracks. So a state in memory restores the disk as well, and one without writes
/// costs a few bytes. Loading a state that was saved with other original content throws
/// <see cref="InvalidDataException"/> and leaves the disk as it is; erased state (all zero) leaves it too. A save file
/// that outlives the process binds its disks by id and <see cref="ContentHash"/>, since the file goes on changing.
/// </remarks>
public interface IFloppyMedium : IStateful
{
    /// <summary>Name for messages: the file's name.</summary>
    string Name { get; }

    /// <summary>A number made of the content at opening: which disk a machine state belongs to. Above 1.</summary>
    ulong Fingerprint { get; }

    /// <summary>Whether the write-protect notch is covered.</summary>
    bool WriteProtected { get; }

    /// <summary>Cylinders that hold data; formatting can add some.</summary>
    int Cylinders { get; }

    /// <summary>1 or 2; formatting can raise it.</summary>
    int Sides { get; }

    /// <summary>Bytes of one revolution of a track (6250 at 300 rpm, double density).</summary>
    int TrackBytes(int cylinder, int side);

    /// <summary>The sectors of a track in the order of their positions; empty for an unformatted track and outside the disk.</summary>
    ReadOnlySpan<FloppySector> SectorsOf(int cylinder, int side);

    /// <summary>The data of a sector, by its index in <see cref="SectorsOf"/>.</summary>
    ReadOnlySpan<byte> Read(int cylinder, int side, int index);

    /// <summary>Writes the data of a sector.</summary>
    /// <param name="cylinder">Cylinder.</param>
    /// <param name="side">Side.</param>
    /// <param name="index">Index in <see cref="SectorsOf"/>.</param>
    /// <param name="data">As many bytes as the sector holds.</param>
    /// <param name="deleted">Whether the data mark is the deleted one (F8); an image that cannot keep it ignores it.</param>
    /// <returns>False when the medium cannot take the write (protected, full); nothing is changed then.</returns>
    bool Write(int cylinder, int side, int index, ReadOnlySpan<byte> data, bool deleted);

    /// <summary>Formats a track anew.</summary>
    /// <param name="cylinder">Cylinder.</param>
    /// <param name="side">Side.</param>
    /// <param name="sectors">The new sectors.</param>
    /// <param name="data">Their data, one after another.</param>
    /// <returns>False when the image's format cannot hold such a track; nothing is changed then.</returns>
    bool Format(int cylinder, int side, ReadOnlySpan<FloppySector> sectors, ReadOnlySpan<byte> data);

    /// <summary>The drive's motor stopped, or the disk comes out: a good moment to make writes durable. Returns at once.</summary>
    void Settle();

    /// <summary>SHA-256 of the present content as 64 lower-case hex digits: what a save file binds a disk with.</summary>
    string ContentHash();
}
