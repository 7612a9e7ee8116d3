namespace Attic.Modules.M68000;

/// <summary>An operand size as a type argument: the JIT sees constants.</summary>
internal interface ISize
{
    static abstract int Bytes { get; }

    static abstract int Bits { get; }

    static abstract uint Mask { get; }
}

internal readonly struct ByteSize : ISize
{
    public static int Bytes => 1;

    public static int Bits => 8;

    public static uint Mask => 0xFF;
}

internal readonly struct WordSize : ISize
{
    public static int Bytes => 2;

    public static int Bits => 16;

    public static uint Mask => 0xFFFF;
}

internal readonly struct LongSize : ISize
{
    public static int Bytes => 4;

    public static int Bits => 32;

    public static uint Mask => 0xFFFF_FFFF;
}
