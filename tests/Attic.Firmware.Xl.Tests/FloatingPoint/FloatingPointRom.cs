using Attic.Cli.Bench.FloatingPoint;
using Attic.Modules.Mos6502;

namespace Attic.Firmware.Xl.Tests.FloatingPoint;

/// <summary>The floating point package of a ROM, with the routines that turn texts into numbers and back.</summary>
internal sealed class FloatingPointRom
{
    public const ushort Fr0 = FloatPackage.Fr0;
    public const ushort Fr1 = FloatPackage.Fr1;
    public const ushort Cix = 0xF2;
    public const ushort InBuff = 0xF3;
    public const ushort LBuff = 0x580;

    /// <param name="os">A ROM of 16 KB, for $C000 to $FFFF.</param>
    public FloatingPointRom(byte[] os) => Package = new(new Mos6502Module(), os);

    public FloatPackage Package { get; }

    public Span<byte> Memory => Package.Memory;

    public byte[] Number => Package.Number.ToArray();

    /// <summary>Calls a routine.</summary>
    /// <returns>Whether carry was set after it.</returns>
    public bool Call(ushort entry, byte a = 0, byte x = 0, byte y = 0) => Package.Call(entry, a, x, y);

    /// <summary>AFP: a text's number.</summary>
    /// <returns>Whether there was one, and how many characters were taken.</returns>
    public (bool Found, int Taken) Parse(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            Memory[LBuff + index] = (byte)text[index];
        }

        Memory[LBuff + text.Length] = 0x9B;
        (Memory[InBuff], Memory[InBuff + 1], Memory[Cix]) = (LBuff & 0xFF, LBuff >> 8, 0);
        bool found = !Call(0xD800);
        return (found, Memory[Cix]);
    }

    /// <summary>FASC: FR0's text.</summary>
    public string Print()
    {
        Call(0xD8E6);
        int at = Memory[InBuff] | (Memory[InBuff + 1] << 8);
        var text = new System.Text.StringBuilder();
        for (; ; at++)
        {
            text.Append((char)(Memory[at] & 0x7F));
            if (Memory[at] >= 0x80)
            {
                return text.ToString();
            }

            Assert.True(text.Length < 20, $"No end: {text}");
        }
    }
}
