namespace Attic.Media.Floppies;

/// <summary>The <c>.ST</c> format: the sectors of a disk and nothing else.</summary>
internal sealed class StCodec : IImageCodec
{
    public static StCodec Instance { get; } = new();

    public string Name => "st";

    public DiskContent Decode(ReadOnlySpan<byte> file) => new(DiskGeometry.Of(file), file);

    public byte[] Encode(DiskContent content) => content.ToSectors();
}
