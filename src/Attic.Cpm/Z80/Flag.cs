using System.Numerics;

namespace Attic.Cpm.Z80;

/// <summary>Bits of F, and the tables that most instructions make them from.</summary>
internal static class Flag
{
    public const byte S = 0x80;
    public const byte Z = 0x40;
    public const byte Y = 0x20;
    public const byte H = 0x10;
    public const byte X = 0x08;
    public const byte P = 0x04;
    public const byte N = 0x02;
    public const byte C = 0x01;

    private static readonly byte[] SignZeroTable = Build(parity: false);
    private static readonly byte[] SignZeroParityTable = Build(parity: true);

    /// <summary>S, Z and the two undocumented bits of a result.</summary>
    public static byte SignZero(int value) => SignZeroTable[(byte)value];

    /// <summary>S, Z, parity and the two undocumented bits of a result.</summary>
    public static byte SignZeroParity(int value) => SignZeroParityTable[(byte)value];

    /// <summary>P if the number of set bits is even.</summary>
    public static byte Parity(int value) => (byte)(SignZeroParityTable[(byte)value] & P);

    private static byte[] Build(bool parity)
    {
        var table = new byte[256];
        for (int value = 0; value < table.Length; value++)
        {
            int flags = value & (S | Y | X);
            flags |= value == 0 ? Z : 0;
            flags |= parity && BitOperations.PopCount((uint)value) % 2 == 0 ? P : 0;
            table[value] = (byte)flags;
        }

        return table;
    }
}
