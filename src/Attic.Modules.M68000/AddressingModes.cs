namespace Attic.Modules.M68000;

/// <summary>The twelve addressing modes, in the order of their encoding (M68000 Family PRM, table 2-4).</summary>
internal enum Mode
{
    DataRegister,
    AddressRegister,
    Indirect,
    PostIncrement,
    PreDecrement,
    Displacement,
    Index,
    AbsoluteShort,
    AbsoluteLong,
    PcDisplacement,
    PcIndex,
    Immediate,
}

/// <summary>An addressing mode as a type argument: the JIT keeps only its own path of the address calculation.</summary>
internal interface IMode
{
    static abstract Mode Kind { get; }
}

internal readonly struct DataRegister : IMode
{
    public static Mode Kind => Mode.DataRegister;
}

internal readonly struct AddressRegister : IMode
{
    public static Mode Kind => Mode.AddressRegister;
}

internal readonly struct Indirect : IMode
{
    public static Mode Kind => Mode.Indirect;
}

internal readonly struct PostIncrement : IMode
{
    public static Mode Kind => Mode.PostIncrement;
}

internal readonly struct PreDecrement : IMode
{
    public static Mode Kind => Mode.PreDecrement;
}

internal readonly struct Displacement : IMode
{
    public static Mode Kind => Mode.Displacement;
}

internal readonly struct Index : IMode
{
    public static Mode Kind => Mode.Index;
}

internal readonly struct AbsoluteShort : IMode
{
    public static Mode Kind => Mode.AbsoluteShort;
}

internal readonly struct AbsoluteLong : IMode
{
    public static Mode Kind => Mode.AbsoluteLong;
}

internal readonly struct PcDisplacement : IMode
{
    public static Mode Kind => Mode.PcDisplacement;
}

internal readonly struct PcIndex : IMode
{
    public static Mode Kind => Mode.PcIndex;
}

internal readonly struct Immediate : IMode
{
    public static Mode Kind => Mode.Immediate;
}

/// <summary>Sets of addressing modes that an instruction allows, one bit per <see cref="Mode"/>.</summary>
internal static class ModeSet
{
    public const int All = 0xFFF;
    public const int Data = All & ~(1 << (int)Mode.AddressRegister);
    public const int Alterable = All & ~((1 << (int)Mode.PcDisplacement) | (1 << (int)Mode.PcIndex) | (1 << (int)Mode.Immediate));
    public const int DataAlterable = Data & Alterable;
    public const int Memory = Data & ~(1 << (int)Mode.DataRegister);
    public const int MemoryAlterable = Memory & Alterable;
    public const int Control = Memory & ~((1 << (int)Mode.PostIncrement) | (1 << (int)Mode.PreDecrement) | (1 << (int)Mode.Immediate));
    public const int ControlAlterable = Control & Alterable;

    /// <summary>The mode that the low six bits of an opcode name, or −1 where they name none.</summary>
    public static int Of(uint ea)
    {
        uint mode = (ea >> 3) & 7;
        uint register = ea & 7;
        return mode < 7 ? (int)mode : register < 5 ? (int)(7 + register) : -1;
    }

    /// <summary>Whether the low six bits of an opcode name a mode of the set.</summary>
    public static bool Has(int set, uint ea)
    {
        int mode = Of(ea);
        return mode >= 0 && ((set >> mode) & 1) != 0;
    }
}
