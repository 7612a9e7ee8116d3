namespace Attic.Modules.XlVideo;

/// <summary>
/// Bytes of graphics as GTIA's codes (AN2–AN0), a byte a colour clock, the leftmost in the lowest byte of a number: 0 is the
/// background, 4 to 7 are PF0 to PF3, in high resolution 4 plus two pixels.
/// </summary>
internal static class PlayfieldTables
{
    private const byte Pf0 = 4;

    /// <summary>Four codes of two pixels: modes 2, 3, F.</summary>
    public static readonly uint[] HiRes = Four(bits => (byte)(Pf0 | bits));

    /// <summary>Four codes of two bits: modes D, E, and 4, 5 for names below 128.</summary>
    public static readonly uint[] TwoBits = Four(Colour);

    /// <summary>The same where 11 is PF3: modes 4, 5 for names from 128 on.</summary>
    public static readonly uint[] TwoBitsAlternate = Four(bits => bits == 3 ? (byte)(Pf0 + 3) : Colour(bits));

    /// <summary>Eight codes of one bit, by the two top bits of the name: modes 6, 7; the first is also for B and C.</summary>
    public static readonly ulong[][] OneBit = [Eight(Pf0), Eight(Pf0 + 1), Eight(Pf0 + 2), Eight(Pf0 + 3)];

    /// <summary>Eight codes of two bits, two clocks each: mode A.</summary>
    public static readonly ulong[] TwoBitsTwice = Twice(TwoBits);

    /// <summary>The code of two bits in a mode of four colours.</summary>
    public static byte Colour(int bits) => (byte)(bits == 0 ? 0 : Pf0 - 1 + bits);

    private static uint[] Four(Func<int, byte> code)
    {
        var table = new uint[256];
        for (int value = 0; value < table.Length; value++)
        {
            for (int clock = 0; clock < 4; clock++)
            {
                table[value] |= (uint)code((value >> (6 - (2 * clock))) & 3) << (8 * clock);
            }
        }

        return table;
    }

    private static ulong[] Eight(byte code)
    {
        var table = new ulong[256];
        for (int value = 0; value < table.Length; value++)
        {
            for (int clock = 0; clock < 8; clock++)
            {
                table[value] |= (value & (0x80 >> clock)) != 0 ? (ulong)code << (8 * clock) : 0;
            }
        }

        return table;
    }

    private static ulong[] Twice(uint[] codes)
    {
        var table = new ulong[256];
        for (int value = 0; value < table.Length; value++)
        {
            for (int clock = 0; clock < 8; clock++)
            {
                table[value] |= (ulong)((codes[value] >> (8 * (clock / 2))) & 0xFF) << (8 * clock);
            }
        }

        return table;
    }
}
