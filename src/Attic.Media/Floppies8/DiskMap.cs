using Attic.Abi.Media;

namespace Attic.Media.Floppies8;

/// <summary>Where everything of a disk lies in its file.</summary>
/// <param name="Shape">The disk's shape.</param>
/// <param name="Tracks">The sectors of each track in the order of their positions.</param>
/// <param name="Protected">Whether the file itself says that the disk is write-protected.</param>
internal sealed record DiskMap(AtariDiskShape Shape, MappedSector[][] Tracks, bool Protected);

/// <summary>A sector and its places in the file.</summary>
/// <param name="Sector">The sector.</param>
/// <param name="Data">Offset of its data.</param>
/// <param name="Status">Offset of a byte with its <see cref="AtariSectorFlags"/>, -1 when the format has none.</param>
/// <param name="Weak">Offset of the word that says where its weak bytes begin, -1 without any.</param>
internal readonly record struct MappedSector(AtariSector Sector, int Data, int Status = -1, int Weak = -1);
