using Attic.Abi.AtariXl;

namespace Attic.Modules.XlMachine;

/// <summary>How a machine of a size reaches its banks of 16 KB: the bits of PIA's port B that number them.</summary>
/// <param name="MainPages">Pages of main memory: 64 for 16 KB, 256 for 64 KB and more.</param>
/// <param name="Banks">Banks beyond main memory that the machine holds.</param>
/// <param name="Bits">The bits of port B that number a bank, lowest first.</param>
/// <param name="AnticSwitch">Whether bit 5 switches ANTIC by itself; else it sees what the processor sees.</param>
/// <param name="InMain">Numbers below this are main memory once more: Rambo's 256 KB count it in.</param>
/// <remarks>
/// Sources: 130XE owner's manual, appendix (bits 2 to 5); the public schematics and articles of the expansions: Newell 192 KB
/// (bit 6), Rambo XL (bits 5 and 6), Compy-Shop (bits 6 and 7), 576 and 1088 KB (bit 1, and bit 7).
/// </remarks>
internal sealed record BankSelect(int MainPages, int Banks, int[] Bits, bool AnticSwitch, int InMain)
{
    /// <summary>The memory sizes that an XL can have, in KB.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [16, 48, 64, 128, 192, 256, 320, 576, 1088];

    /// <summary>Whether a bank's number uses BASIC's bit, which then counts only while the processor sees main memory.</summary>
    public bool TakesBasicBit => Bits.Contains(1);

    /// <summary>The expansion of a machine.</summary>
    /// <param name="kilobytes">All its memory.</param>
    /// <param name="kind">Who made it.</param>
    /// <exception cref="ArgumentException">There is no such machine.</exception>
    public static BankSelect Of(int kilobytes, XlMemoryExpansion kind)
    {
        bool compy = kind == XlMemoryExpansion.CompyShop;
        return (kilobytes, compy) switch
        {
            (16 or 48 or 64, _) => new(kilobytes * 4, 0, [], false, 0),
            (128, _) => new(256, 4, [2, 3], true, 0),
            (192, _) => new(256, 8, [2, 3, 6], true, 0),
            (256, false) => new(256, 12, [2, 3, 5, 6], false, 4),
            (320, false) => new(256, 16, [2, 3, 5, 6], false, 0),
            (320, true) => new(256, 16, [2, 3, 6, 7], true, 0),
            (576, false) => new(256, 32, [1, 2, 3, 5, 6], false, 0),
            (576, true) => new(256, 32, [1, 2, 3, 6, 7], true, 0),
            (1088, false) => new(256, 64, [1, 2, 3, 5, 6, 7], false, 0),
            _ => throw new ArgumentException(
                $"{kilobytes} KB of memory{(compy ? " by Compy-Shop" : "")}: an XL has {string.Join(", ", Sizes)}, by Compy-Shop 320 or 576.", nameof(kilobytes)),
        };
    }

    /// <summary>The number of the bank that a value of port B selects.</summary>
    public int Number(byte portB)
    {
        int number = 0;
        for (int bit = 0; bit < Bits.Length; bit++)
        {
            number |= ((portB >> Bits[bit]) & 1) << bit;
        }

        return number;
    }
}
