namespace Attic.Media.AtariDos;

/// <summary>The last three bytes of a file's sector.</summary>
/// <param name="Number">Directory entry of the file.</param>
/// <param name="Next">The next sector, 0 in the last one.</param>
/// <param name="Bytes">Bytes of data in this sector.</param>
internal readonly record struct SectorLink(int Number, int Next, int Bytes)
{
    /// <summary>Bytes that a link takes.</summary>
    public const int Length = 3;

    private const int ShortSector = 128;

    public static SectorLink Read(ReadOnlySpan<byte> sector)
    {
        var link = sector[^Length..];
        int bytes = sector.Length == ShortSector ? link[2] & 0x7F : link[2];
        return new(link[0] >> 2, ((link[0] & 3) << 8) | link[1], Math.Min(bytes, sector.Length - Length));
    }

    public void Write(Span<byte> sector)
    {
        var link = sector[^Length..];
        link[0] = (byte)((Number << 2) | (Next >> 8));
        link[1] = (byte)Next;
        link[2] = (byte)Bytes;
    }
}
