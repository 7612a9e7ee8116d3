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

/// <summary>
/// An addressing mode as a type argument. Code asks with <c>typeof(TMode) == typeof(Index)</c>: the JIT decides that
/// before it looks at what depends on it, so that other modes' paths neither cost nor count against inlining.
/// </summary>
internal interface IMode;

internal readonly struct DataRegister : IMode;

internal readonly struct AddressRegister : IMode;

internal readonly struct Indirect : IMode;

internal readonly struct PostIncrement : IMode;

internal readonly struct PreDecrement : IMode;

internal readonly struct Displacement : IMode;

internal readonly struct Index : IMode;

internal readonly struct AbsoluteShort : IMode;

internal readonly struct AbsoluteLong : IMode;

internal readonly struct PcDisplacement : IMode;

internal readonly struct PcIndex : IMode;

internal readonly struct Immediate : IMode;

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
