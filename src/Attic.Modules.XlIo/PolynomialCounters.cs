namespace Attic.Modules.XlIo;

/// <summary>
/// POKEY's free-running shift registers, as tables over their periods: they shift in every machine cycle, so that an index
/// is a number of cycles.
/// </summary>
/// <remarks>
/// 17 and 9 bits: the new bit is the XNOR of bits 0 and 5; RANDOM shows the inverted upper (17) or lower (9) eight. 4 and 5 bits
/// make the distortions. Source: "Altirra Hardware Reference Manual", chapter 5; agreed with by Acid800's noise test.
/// </remarks>
internal static class PolynomialCounters
{
    public const int Period17 = (1 << 17) - 1;
    public const int Period9 = (1 << 9) - 1;
    public const int Period5 = 31;
    public const int Period4 = 15;

    /// <summary>What RANDOM shows, by the 9-bit counter's index.</summary>
    public static byte[] Random9 { get; } = Bytes(9, 5, 0);

    /// <summary>
    /// The 17-bit counter's output by index, eight to a byte, and its beginning once more: RANDOM shows eight outputs, the present one
    /// in bit 0. Read at random places, a table of this size stays in the host's cache.
    /// </summary>
    public static byte[] Bits17 { get; } = Pack(Bytes(17, 5, 8));

    /// <summary>What RANDOM shows by the 17-bit counter's index.</summary>
    /// <param name="bits"><see cref="Bits17"/>.</param>
    /// <param name="index">0 to <see cref="Period17"/> - 1.</param>
    public static byte Random17(byte[] bits, int index) => (byte)((bits[index >> 3] | (bits[(index >> 3) + 1] << 8)) >> (index & 7));

    /// <summary>The 5-bit counter's output by index, in bits of one word.</summary>
    public static uint Bits5 { get; } = Bits(5, 2);

    /// <summary>The 4-bit counter's output by index, in bits of one word.</summary>
    public static uint Bits4 { get; } = Bits(4, 1);

    private static byte[] Bytes(int length, int tap, int shift)
    {
        byte[] bytes = new byte[(1 << length) - 1];
        int register = 0;
        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)~(register >> shift);
            register = Next(register, length, tap);
        }

        return bytes;
    }

    private static byte[] Pack(byte[] random)
    {
        byte[] packed = new byte[(random.Length / 8) + 2];
        for (int index = 0; index < 8 * packed.Length; index++)
        {
            packed[index >> 3] |= (byte)((random[index % random.Length] & 1) << (index & 7));
        }

        return packed;
    }

    private static uint Bits(int length, int tap)
    {
        uint bits = 0;
        int register = 0;
        for (int index = 0; index < (1 << length) - 1; index++)
        {
            bits |= (uint)(~register & 1) << index;
            register = Next(register, length, tap);
        }

        return bits;
    }

    private static int Next(int register, int length, int tap) =>
        (register >> 1) | ((~(register ^ (register >> tap)) & 1) << (length - 1));
}
