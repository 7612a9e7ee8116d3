namespace Attic.Assembler.M68000;

/// <summary>Where an instruction has an operand and of what kind it is.</summary>
internal enum Operand
{
    None,

    /// <summary>The effective address in bits 5–0.</summary>
    Ea,

    /// <summary>MOVE's second effective address in bits 11–6, register first.</summary>
    MoveDestination,
    DataHigh,
    DataLow,
    AddressHigh,
    AddressLow,
    PreDecrementHigh,
    PreDecrementLow,
    PostIncrementHigh,
    PostIncrementLow,

    /// <summary>MOVEP's d16(An).</summary>
    DisplacementLow,

    /// <summary>An immediate of the instruction's size in extension words.</summary>
    Immediate,

    /// <summary>A bit number in an extension word.</summary>
    BitNumber,

    /// <summary>A 16-bit immediate, signed: LINK.</summary>
    FrameSize,

    /// <summary>1 to 8 in bits 11–9.</summary>
    Quick,

    /// <summary>MOVEQ's signed byte.</summary>
    QuickByte,

    /// <summary>TRAP's number in bits 3–0.</summary>
    TrapNumber,

    /// <summary>The target of Bcc and BSR, from the opcode or an extension word.</summary>
    BranchTarget,

    /// <summary>The target of DBcc.</summary>
    LoopTarget,

    /// <summary>MOVEM's list of registers.</summary>
    RegisterList,
    Ccr,
    Sr,
    Usp,
}

/// <summary>Where an instruction has its size.</summary>
internal enum Sizing
{
    /// <summary>It has none, and no suffix.</summary>
    None,
    Byte,
    Word,
    Long,

    /// <summary>Bits 7–6: byte, word, long; 3 is another instruction.</summary>
    Bits76,

    /// <summary>Bit 8: word or long.</summary>
    Bit8,

    /// <summary>Bit 6: word or long.</summary>
    Bit6,

    /// <summary>Short or word, as the displacement of a branch.</summary>
    Branch,
}
