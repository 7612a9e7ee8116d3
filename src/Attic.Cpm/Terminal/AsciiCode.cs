namespace Attic.Cpm.Terminal;

/// <summary>Control characters by their names.</summary>
internal static class AsciiCode
{
    public const byte Break = 0x03;
    public const byte EndLine = 0x05;
    public const byte Bell = 0x07;
    public const byte Backspace = 0x08;
    public const byte Tab = 0x09;
    public const byte LineFeed = 0x0A;
    public const byte Return = 0x0D;
    public const byte Printer = 0x10;
    public const byte Retype = 0x12;
    public const byte Pause = 0x13;
    public const byte Discard = 0x15;
    public const byte Rubout = 0x18;
    public const byte EndOfFile = 0x1A;
    public const byte Delete = 0x7F;
}
