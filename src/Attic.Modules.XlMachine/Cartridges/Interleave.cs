namespace Attic.Modules.XlMachine.Cartridges;

/// <summary>Boards that cross the lines between slot and ROM, so that a chip read by itself makes no sense.</summary>
/// <remarks>Source: the public list of CAR types, types 48, 49 and 68: for each line of the slot the ROM's.</remarks>
internal static class Interleave
{
    private static readonly int[] AtraxAddress = [5, 6, 7, 12, 0, 1, 2, 3, 4, 8, 10, 11, 9, 13, 14, 15, 16];
    private static readonly int[] AtraxData = [5, 6, 2, 4, 0, 1, 7, 3];
    private static readonly int[] SdxAddress = [6, 7, 12, 15, 14, 13, 8, 5, 4, 3, 0, 1, 2, 9, 11, 10, 16];
    private static readonly int[] SdxData = [4, 0, 5, 1, 7, 6, 3, 2];

    /// <summary>Type 68: the Atrax 128 KB board.</summary>
    public static byte[] Atrax(byte[] chip) => Straighten(chip, AtraxAddress, AtraxData);

    /// <summary>Types 48 and 49: the Atrax SDX boards.</summary>
    public static byte[] AtraxSdx(byte[] chip) => Straighten(chip, SdxAddress, SdxData);

    private static byte[] Straighten(byte[] chip, int[] addressLines, int[] dataLines)
    {
        byte[] straight = new byte[chip.Length];
        for (int address = 0; address < straight.Length; address++)
        {
            straight[address] = (byte)Gather(chip[Scatter(address, addressLines)], dataLines);
        }

        return straight;
    }

    // Bit n of the slot's address goes to the ROM's line lines[n].
    private static int Scatter(int address, int[] lines)
    {
        int crossed = 0;
        for (int bit = 0; bit < lines.Length; bit++)
        {
            crossed |= ((address >> bit) & 1) << lines[bit];
        }

        return crossed;
    }

    // Bit n of the slot's data comes from the ROM's line lines[n].
    private static int Gather(int value, int[] lines)
    {
        int crossed = 0;
        for (int bit = 0; bit < lines.Length; bit++)
        {
            crossed |= ((value >> lines[bit]) & 1) << bit;
        }

        return crossed;
    }
}
