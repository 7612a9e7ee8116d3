using Attic.Abi.Media;

namespace Attic.Media.Floppies8;

/// <summary>The <c>.XFD</c> format: the sectors and nothing else, so that the length alone tells the shape.</summary>
internal sealed class XfdFormat : IDiskFormat8
{
    private static readonly (int Length, AtariDiskShape Shape)[] Lengths =
    [
        (92_160, AtariDiskShape.Single),
        (133_120, AtariDiskShape.Enhanced),
        (183_936, AtariDiskShape.Double),
        (184_320, AtariDiskShape.Double),
        (368_256, AtariDiskShape.DoubleSided),
        (368_640, AtariDiskShape.DoubleSided),
    ];

    public static XfdFormat Instance { get; } = new();

    public string Name => "xfd";

    public DiskMap Map(ReadOnlySpan<byte> file)
    {
        foreach (var (length, shape) in Lengths)
        {
            if (file.Length == length)
            {
                var layout = BootLayout.Of(shape.SectorBytes, file);
                return new(shape, StandardTrack8.LayOut(shape, layout.OffsetOf), false);
            }
        }

        throw new MediaFormatException(file.Length, $"{string.Join(", ", Lengths.Select(known => known.Length))} bytes", $"{file.Length}");
    }

    public byte[]? Blank(AtariDiskShape shape)
    {
        int place = Array.FindIndex(Lengths, known => known.Shape == shape);
        return place < 0 ? null : new byte[Lengths[place].Length];
    }
}
