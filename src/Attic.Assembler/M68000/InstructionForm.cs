using static Attic.Assembler.M68000.AddressModes;

namespace Attic.Assembler.M68000;

/// <summary>One encoding of the instruction set (M68000 Family PRM, section 8).</summary>
/// <param name="Mask">The bits of the opcode that are fixed.</param>
/// <param name="Match">Their values.</param>
/// <param name="Mnemonic">The name; <c>%</c> stands for the condition in bits 11–8.</param>
/// <param name="Size">Where the size is.</param>
/// <param name="First">The source, or the only operand.</param>
/// <param name="Second">The destination.</param>
/// <param name="Modes">What the effective address may be.</param>
internal sealed record InstructionForm(
    ushort Mask,
    ushort Match,
    string Mnemonic,
    Sizing Size = Sizing.None,
    Operand First = Operand.None,
    Operand Second = Operand.None,
    AddressModes Modes = None)
{
    private static readonly InstructionForm[][] ByTopNibble = Group();

    /// <summary>The form of an opcode, or null for one that the 68000 does not have.</summary>
    public static InstructionForm? Of(ushort opcode) =>
        Array.Find(ByTopNibble[opcode >> 12], form => (opcode & form.Mask) == form.Match && form.Fits(opcode));

    private bool Fits(ushort opcode)
    {
        bool isByte = Size == Sizing.Byte || (Size == Sizing.Bits76 && (opcode & 0xC0) == 0);
        if (Size == Sizing.Bits76 && (opcode & 0xC0) == 0xC0)
        {
            return false;
        }

        bool takesEa = First == Operand.Ea || Second == Operand.Ea;
        var excluded = isByte ? AddressRegister : None;
        return (!takesEa || Has(Modes & ~excluded, (opcode >> 3) & 7, opcode & 7)) &&
            (Second != Operand.MoveDestination || Has(DataAlterable, (opcode >> 6) & 7, (opcode >> 9) & 7));
    }

    private static bool Has(AddressModes set, int mode, int register)
    {
        int bit = mode < 7 ? mode : 7 + register;
        return (((int)set >> bit) & 1) != 0;
    }

    // Where several forms match, the first counts.
    private static InstructionForm[] All() =>
    [
        new(0xFFFF, 0x003C, "ori", Sizing.Byte, Operand.Immediate, Operand.Ccr),
        new(0xFFFF, 0x007C, "ori", Sizing.Word, Operand.Immediate, Operand.Sr),
        new(0xFFFF, 0x023C, "andi", Sizing.Byte, Operand.Immediate, Operand.Ccr),
        new(0xFFFF, 0x027C, "andi", Sizing.Word, Operand.Immediate, Operand.Sr),
        new(0xFFFF, 0x0A3C, "eori", Sizing.Byte, Operand.Immediate, Operand.Ccr),
        new(0xFFFF, 0x0A7C, "eori", Sizing.Word, Operand.Immediate, Operand.Sr),
        new(0xFF00, 0x0000, "ori", Sizing.Bits76, Operand.Immediate, Operand.Ea, DataAlterable),
        new(0xFF00, 0x0200, "andi", Sizing.Bits76, Operand.Immediate, Operand.Ea, DataAlterable),
        new(0xFF00, 0x0400, "subi", Sizing.Bits76, Operand.Immediate, Operand.Ea, DataAlterable),
        new(0xFF00, 0x0600, "addi", Sizing.Bits76, Operand.Immediate, Operand.Ea, DataAlterable),
        new(0xFF00, 0x0A00, "eori", Sizing.Bits76, Operand.Immediate, Operand.Ea, DataAlterable),
        new(0xFF00, 0x0C00, "cmpi", Sizing.Bits76, Operand.Immediate, Operand.Ea, DataAlterable),
        new(0xFFC0, 0x0800, "btst", Sizing.None, Operand.BitNumber, Operand.Ea, Data & ~Immediate),
        new(0xFFC0, 0x0840, "bchg", Sizing.None, Operand.BitNumber, Operand.Ea, DataAlterable),
        new(0xFFC0, 0x0880, "bclr", Sizing.None, Operand.BitNumber, Operand.Ea, DataAlterable),
        new(0xFFC0, 0x08C0, "bset", Sizing.None, Operand.BitNumber, Operand.Ea, DataAlterable),
        new(0xF1B8, 0x0108, "movep", Sizing.Bit6, Operand.DisplacementLow, Operand.DataHigh),
        new(0xF1B8, 0x0188, "movep", Sizing.Bit6, Operand.DataHigh, Operand.DisplacementLow),
        new(0xF1C0, 0x0100, "btst", Sizing.None, Operand.DataHigh, Operand.Ea, Data),
        new(0xF1C0, 0x0140, "bchg", Sizing.None, Operand.DataHigh, Operand.Ea, DataAlterable),
        new(0xF1C0, 0x0180, "bclr", Sizing.None, Operand.DataHigh, Operand.Ea, DataAlterable),
        new(0xF1C0, 0x01C0, "bset", Sizing.None, Operand.DataHigh, Operand.Ea, DataAlterable),

        new(0xF000, 0x1000, "move", Sizing.Byte, Operand.Ea, Operand.MoveDestination, AddressModes.All),
        new(0xF1C0, 0x2040, "movea", Sizing.Long, Operand.Ea, Operand.AddressHigh, AddressModes.All),
        new(0xF000, 0x2000, "move", Sizing.Long, Operand.Ea, Operand.MoveDestination, AddressModes.All),
        new(0xF1C0, 0x3040, "movea", Sizing.Word, Operand.Ea, Operand.AddressHigh, AddressModes.All),
        new(0xF000, 0x3000, "move", Sizing.Word, Operand.Ea, Operand.MoveDestination, AddressModes.All),

        new(0xFFC0, 0x40C0, "move", Sizing.Word, Operand.Sr, Operand.Ea, DataAlterable),
        new(0xFFC0, 0x44C0, "move", Sizing.Word, Operand.Ea, Operand.Ccr, Data),
        new(0xFFC0, 0x46C0, "move", Sizing.Word, Operand.Ea, Operand.Sr, Data),
        new(0xFF00, 0x4000, "negx", Sizing.Bits76, Operand.Ea, Modes: DataAlterable),
        new(0xFF00, 0x4200, "clr", Sizing.Bits76, Operand.Ea, Modes: DataAlterable),
        new(0xFF00, 0x4400, "neg", Sizing.Bits76, Operand.Ea, Modes: DataAlterable),
        new(0xFF00, 0x4600, "not", Sizing.Bits76, Operand.Ea, Modes: DataAlterable),
        new(0xFFC0, 0x4800, "nbcd", Sizing.Byte, Operand.Ea, Modes: DataAlterable),
        new(0xFFF8, 0x4840, "swap", Sizing.None, Operand.DataLow),
        new(0xFFC0, 0x4840, "pea", Sizing.None, Operand.Ea, Modes: Control),
        new(0xFFB8, 0x4880, "ext", Sizing.Bit6, Operand.DataLow),
        new(0xFF80, 0x4880, "movem", Sizing.Bit6, Operand.RegisterList, Operand.Ea, ControlAlterable | PreDecrement),
        new(0xFFFF, 0x4AFC, "illegal"),
        new(0xFFC0, 0x4AC0, "tas", Sizing.Byte, Operand.Ea, Modes: DataAlterable),
        new(0xFF00, 0x4A00, "tst", Sizing.Bits76, Operand.Ea, Modes: DataAlterable),
        new(0xFF80, 0x4C80, "movem", Sizing.Bit6, Operand.Ea, Operand.RegisterList, Control | PostIncrement),
        new(0xFFF0, 0x4E40, "trap", Sizing.None, Operand.TrapNumber),
        new(0xFFF8, 0x4E50, "link", Sizing.None, Operand.AddressLow, Operand.FrameSize),
        new(0xFFF8, 0x4E58, "unlk", Sizing.None, Operand.AddressLow),
        new(0xFFF8, 0x4E60, "move", Sizing.Long, Operand.AddressLow, Operand.Usp),
        new(0xFFF8, 0x4E68, "move", Sizing.Long, Operand.Usp, Operand.AddressLow),
        new(0xFFFF, 0x4E70, "reset"),
        new(0xFFFF, 0x4E71, "nop"),
        new(0xFFFF, 0x4E72, "stop", Sizing.None, Operand.Immediate),
        new(0xFFFF, 0x4E73, "rte"),
        new(0xFFFF, 0x4E75, "rts"),
        new(0xFFFF, 0x4E76, "trapv"),
        new(0xFFFF, 0x4E77, "rtr"),
        new(0xFFC0, 0x4E80, "jsr", Sizing.None, Operand.Ea, Modes: Control),
        new(0xFFC0, 0x4EC0, "jmp", Sizing.None, Operand.Ea, Modes: Control),
        new(0xF1C0, 0x4180, "chk", Sizing.Word, Operand.Ea, Operand.DataHigh, Data),
        new(0xF1C0, 0x41C0, "lea", Sizing.None, Operand.Ea, Operand.AddressHigh, Control),

        new(0xF0F8, 0x50C8, "db%", Sizing.None, Operand.DataLow, Operand.LoopTarget),
        new(0xF0C0, 0x50C0, "s%", Sizing.Byte, Operand.Ea, Modes: DataAlterable),
        new(0xF100, 0x5000, "addq", Sizing.Bits76, Operand.Quick, Operand.Ea, Alterable),
        new(0xF100, 0x5100, "subq", Sizing.Bits76, Operand.Quick, Operand.Ea, Alterable),

        new(0xFF00, 0x6000, "bra", Sizing.Branch, Operand.BranchTarget),
        new(0xFF00, 0x6100, "bsr", Sizing.Branch, Operand.BranchTarget),
        new(0xF000, 0x6000, "b%", Sizing.Branch, Operand.BranchTarget),
        new(0xF100, 0x7000, "moveq", Sizing.None, Operand.QuickByte, Operand.DataHigh),

        new(0xF1F8, 0x8100, "sbcd", Sizing.Byte, Operand.DataLow, Operand.DataHigh),
        new(0xF1F8, 0x8108, "sbcd", Sizing.Byte, Operand.PreDecrementLow, Operand.PreDecrementHigh),
        new(0xF1C0, 0x80C0, "divu", Sizing.Word, Operand.Ea, Operand.DataHigh, Data),
        new(0xF1C0, 0x81C0, "divs", Sizing.Word, Operand.Ea, Operand.DataHigh, Data),
        new(0xF100, 0x8000, "or", Sizing.Bits76, Operand.Ea, Operand.DataHigh, Data),
        new(0xF100, 0x8100, "or", Sizing.Bits76, Operand.DataHigh, Operand.Ea, MemoryAlterable),

        new(0xF0C0, 0x90C0, "suba", Sizing.Bit8, Operand.Ea, Operand.AddressHigh, AddressModes.All),
        new(0xF138, 0x9100, "subx", Sizing.Bits76, Operand.DataLow, Operand.DataHigh),
        new(0xF138, 0x9108, "subx", Sizing.Bits76, Operand.PreDecrementLow, Operand.PreDecrementHigh),
        new(0xF100, 0x9000, "sub", Sizing.Bits76, Operand.Ea, Operand.DataHigh, AddressModes.All),
        new(0xF100, 0x9100, "sub", Sizing.Bits76, Operand.DataHigh, Operand.Ea, MemoryAlterable),

        new(0xF0C0, 0xB0C0, "cmpa", Sizing.Bit8, Operand.Ea, Operand.AddressHigh, AddressModes.All),
        new(0xF138, 0xB108, "cmpm", Sizing.Bits76, Operand.PostIncrementLow, Operand.PostIncrementHigh),
        new(0xF100, 0xB000, "cmp", Sizing.Bits76, Operand.Ea, Operand.DataHigh, AddressModes.All),
        new(0xF100, 0xB100, "eor", Sizing.Bits76, Operand.DataHigh, Operand.Ea, DataAlterable),

        new(0xF1F8, 0xC100, "abcd", Sizing.Byte, Operand.DataLow, Operand.DataHigh),
        new(0xF1F8, 0xC108, "abcd", Sizing.Byte, Operand.PreDecrementLow, Operand.PreDecrementHigh),
        new(0xF1F8, 0xC140, "exg", Sizing.None, Operand.DataHigh, Operand.DataLow),
        new(0xF1F8, 0xC148, "exg", Sizing.None, Operand.AddressHigh, Operand.AddressLow),
        new(0xF1F8, 0xC188, "exg", Sizing.None, Operand.DataHigh, Operand.AddressLow),
        new(0xF1C0, 0xC0C0, "mulu", Sizing.Word, Operand.Ea, Operand.DataHigh, Data),
        new(0xF1C0, 0xC1C0, "muls", Sizing.Word, Operand.Ea, Operand.DataHigh, Data),
        new(0xF100, 0xC000, "and", Sizing.Bits76, Operand.Ea, Operand.DataHigh, Data),
        new(0xF100, 0xC100, "and", Sizing.Bits76, Operand.DataHigh, Operand.Ea, MemoryAlterable),

        new(0xF0C0, 0xD0C0, "adda", Sizing.Bit8, Operand.Ea, Operand.AddressHigh, AddressModes.All),
        new(0xF138, 0xD100, "addx", Sizing.Bits76, Operand.DataLow, Operand.DataHigh),
        new(0xF138, 0xD108, "addx", Sizing.Bits76, Operand.PreDecrementLow, Operand.PreDecrementHigh),
        new(0xF100, 0xD000, "add", Sizing.Bits76, Operand.Ea, Operand.DataHigh, AddressModes.All),
        new(0xF100, 0xD100, "add", Sizing.Bits76, Operand.DataHigh, Operand.Ea, MemoryAlterable),

        .. Shifts("asr", 0),
        .. Shifts("asl", 0x100),
        .. Shifts("lsr", 8),
        .. Shifts("lsl", 0x108),
        .. Shifts("roxr", 0x10),
        .. Shifts("roxl", 0x110),
        .. Shifts("ror", 0x18),
        .. Shifts("rol", 0x118),
    ];

    // Bits 4–3 name the kind for registers, bits 10–9 for memory; bit 8 is the direction of both.
    private static InstructionForm[] Shifts(string mnemonic, int bits)
    {
        int inMemory = (bits & 0x100) | ((bits & 0x18) << 6);
        return
        [
            new(0xFFC0, (ushort)(0xE0C0 | inMemory), mnemonic, Sizing.Word, Operand.Ea, Modes: MemoryAlterable),
            new(0xF138, (ushort)(0xE000 | bits), mnemonic, Sizing.Bits76, Operand.Quick, Operand.DataLow),
            new(0xF138, (ushort)(0xE020 | bits), mnemonic, Sizing.Bits76, Operand.DataHigh, Operand.DataLow),
        ];
    }

    private static InstructionForm[][] Group()
    {
        var all = All();
        return [.. Enumerable.Range(0, 16).Select(nibble => Array.FindAll(all, form => form.Match >> 12 == nibble))];
    }
}
