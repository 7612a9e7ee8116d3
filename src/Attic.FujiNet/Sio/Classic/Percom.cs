namespace Attic.FujiNet.Sio.Classic;

/// <summary>
/// The configuration block of a Percom-compatible drive: tracks, step rate, sectors per track, sides - 1, flags, bytes per sector,
/// drive present, three unused; numbers of two bytes are big-endian (Percom RFD manual).
/// </summary>
/// <param name="SectorBytes">Bytes of a sector.</param>
/// <param name="Sectors">Sectors of the disk.</param>
internal sealed record Percom(int SectorBytes, int Sectors)
{
    /// <summary>Bytes of the block.</summary>
    public const int Length = 12;

    private const byte Mfm = 4;
    private const int MaxSectors = 65535;

    /// <summary>Reads a block.</summary>
    /// <returns>Null for a shape that no image has.</returns>
    public static Percom? Read(ReadOnlySpan<byte> block)
    {
        if (block.Length != Length)
        {
            return null;
        }

        int sectorBytes = block[6] << 8 | block[7];
        int sectors = block[0] * (block[2] << 8 | block[3]) * (block[4] + 1);
        return sectorBytes is 128 or 256 or 512 && sectors is > 3 and <= MaxSectors ? new Percom(sectorBytes, sectors) : null;
    }

    /// <summary>The block; a disk of an unusual number of sectors is one track of them.</summary>
    public byte[] ToBytes()
    {
        var (tracks, perTrack, sides) = (SectorBytes, Sectors) switch
        {
            (_, 720) => (40, 18, 1),
            (128, 1040) => (40, 26, 1),
            (_, 1440) => (40, 18, 2),
            (_, 2880) => (80, 18, 2),
            _ => (1, Sectors, 1),
        };
        byte flags = SectorBytes == 128 && Sectors == 720 ? (byte)0 : Mfm;
        return [(byte)tracks, 1, (byte)(perTrack >> 8), (byte)perTrack, (byte)(sides - 1), flags, (byte)(SectorBytes >> 8), (byte)SectorBytes, 0xFF, 0, 0, 0];
    }
}
