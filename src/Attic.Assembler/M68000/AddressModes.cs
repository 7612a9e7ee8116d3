namespace Attic.Assembler.M68000;

/// <summary>Sets of addressing modes: bits 0–6 are modes 0–6, bits 7–11 are mode 7 with registers 0–4.</summary>
[Flags]
internal enum AddressModes
{
    None = 0,
    DataRegister = 1 << 0,
    AddressRegister = 1 << 1,
    Indirect = 1 << 2,
    PostIncrement = 1 << 3,
    PreDecrement = 1 << 4,
    Displacement = 1 << 5,
    Index = 1 << 6,
    AbsoluteShort = 1 << 7,
    AbsoluteLong = 1 << 8,
    PcDisplacement = 1 << 9,
    PcIndex = 1 << 10,
    Immediate = 1 << 11,

    All = 0xFFF,
    Alterable = All & ~(PcDisplacement | PcIndex | Immediate),
    Data = All & ~AddressRegister,
    DataAlterable = Data & Alterable,
    MemoryAlterable = DataAlterable & ~DataRegister,
    Control = Data & ~(DataRegister | PostIncrement | PreDecrement | Immediate),
    ControlAlterable = Control & Alterable,
}
