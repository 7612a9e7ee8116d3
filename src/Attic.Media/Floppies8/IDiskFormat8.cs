using Attic.Abi.Media;

namespace Attic.Media.Floppies8;

/// <summary>A file format for disks of the 8-bit Ataris. The file stays the content; a map tells where what lies in it.</summary>
internal interface IDiskFormat8
{
    /// <summary>Its name for users: "atr", "xfd", "atx".</summary>
    string Name { get; }

    /// <summary>Finds the sectors in a file.</summary>
    /// <exception cref="MediaFormatException">The file is damaged or mislabelled.</exception>
    DiskMap Map(ReadOnlySpan<byte> file);

    /// <summary>A file with an empty disk, or null when the format has no such shape.</summary>
    byte[]? Blank(AtariDiskShape shape);
}
