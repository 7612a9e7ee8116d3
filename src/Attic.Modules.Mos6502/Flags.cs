namespace Attic.Modules.Mos6502;

/// <summary>The bits of P.</summary>
internal static class Flags
{
    public const byte C = 0x01;
    public const byte Z = 0x02;
    public const byte I = 0x04;
    public const byte D = 0x08;
    public const byte B = 0x10;
    public const byte Unused = 0x20;
    public const byte V = 0x40;
    public const byte N = 0x80;
}
