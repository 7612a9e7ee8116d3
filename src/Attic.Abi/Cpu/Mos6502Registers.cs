namespace Attic.Abi.Cpu;

/// <summary>All of a 6502's state between two instructions. The struct has no padding: its bytes are the state.</summary>
public struct Mos6502Registers
{
    /// <summary>Instructions, interrupt sequences and idle cycles of a jammed chip so far: the contract's ticks.</summary>
    public long Ticks;

    /// <summary>Program counter: the address of the instruction about to run.</summary>
    public ushort Pc;

    /// <summary>Accumulator.</summary>
    public byte A;

    /// <summary>Index X.</summary>
    public byte X;

    /// <summary>Index Y.</summary>
    public byte Y;

    /// <summary>Stack pointer, into page 1.</summary>
    public byte S;

    /// <summary>Flags NV1BDIZC; bit 5 reads 1, bit 4 exists on the stack only.</summary>
    public byte P;

    /// <summary>What runs next.</summary>
    public Mos6502Next Next;
}

/// <summary>What a 6502 does at the next instruction boundary.</summary>
public enum Mos6502Next : byte
{
    /// <summary>The instruction at PC.</summary>
    Instruction,

    /// <summary>The interrupt sequence.</summary>
    Interrupt,

    /// <summary>The reset sequence.</summary>
    Reset,

    /// <summary>Nothing: a JAM opcode stopped it until reset.</summary>
    Jammed,
}
