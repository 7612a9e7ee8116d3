namespace Attic.Engine.Debug;

/// <summary>Bytes that an instruction occupies, from its first word or byte.</summary>
internal static class InstructionLength
{
    /// <summary>Of a 6502's, undocumented ones too: 1 to 3 bytes. BRK counts its signature byte (MCS6500 programming manual, appendix).</summary>
    public static byte Of6502(byte opcode) => (opcode & 0x1F, opcode) switch
    {
        (_, 0x20) => 3,
        (_, 0x40 or 0x60) => 1,
        (0x08 or 0x0A or 0x12 or 0x18 or 0x1A, _) => 1,
        (0x02, < 0x80) => 1,
        (0x0C or 0x0D or 0x0E or 0x0F or 0x19 or 0x1B or 0x1C or 0x1D or 0x1E or 0x1F, _) => 3,
        _ => 2,
    };

    /// <summary>Of a 68000's: 2 to 10 bytes; an illegal opcode counts its one word (M68000 PRM, instruction format summary).</summary>
    public static byte Of(ushort opcode) => (byte)(2 + Extra(opcode));

    private static int Extra(ushort op) => (op >> 12) switch
    {
        0 => Immediate(op),
        1 => Ea(op, 1) + Destination(op, 1),
        2 => Ea(op, 4) + Destination(op, 4),
        3 => Ea(op, 2) + Destination(op, 2),
        4 => Miscellaneous(op),
        5 => (op & 0x00F8) == 0x00C8 ? 2 : Ea(op, Size(op)),
        6 => (op & 0xFF) == 0 ? 2 : 0,
        7 => 0,
        8 or 12 => RegisterForm(op),
        9 or 11 or 13 => ArithmeticForm(op),
        14 => (op & 0xC0) == 0xC0 ? Ea(op, 2) : 0,
        _ => 0,
    };

    // Line 0: immediates, bit operations, MOVEP.
    private static int Immediate(ushort op)
    {
        if ((op & 0x0138) == 0x0108)
        {
            return 2;
        }

        if ((op & 0x0100) != 0)
        {
            return Ea(op, 1);
        }

        if ((op & 0x0F00) == 0x0800)
        {
            return 2 + Ea(op, 1);
        }

        int size = Size(op);
        int data = size == 4 ? 4 : 2;
        return (op & 0x3F) == 0x3C ? data : data + Ea(op, size);
    }

    // Line 4: the rest of the one-operand instructions.
    private static int Miscellaneous(ushort op)
    {
        if ((op & 0x0FF8) == 0x0E50 || (op & 0x0FFF) == 0x0E72)
        {
            return 2;
        }

        if ((op & 0x0FC0) == 0x0E40)
        {
            return 0;
        }

        bool movem = (op & 0x0B80) == 0x0880 && (op & 0x38) != 0;
        if (movem)
        {
            return 2 + Ea(op, 2);
        }

        // CHK and the moves to CCR and SR take words.
        bool word = (op & 0x01C0) == 0x0180 || (op & 0x00C0) == 0x00C0;
        return Ea(op, word ? 2 : Size(op));
    }

    // Lines 8 and C: the register form, or BCD, DIV, MUL, EXG.
    private static int RegisterForm(ushort op) => (op & 0xC0) == 0xC0 ? Ea(op, 2) : (op & 0x0130) == 0x0100 ? 0 : Ea(op, Size(op));

    // Lines 9, B and D: with data and address registers, or ADDX, SUBX, CMPM.
    private static int ArithmeticForm(ushort op) =>
        (op & 0xC0) == 0xC0 ? Ea(op, (op & 0x0100) != 0 ? 4 : 2) : Ea(op, Size(op));

    private static int Size(ushort op) => ((op >> 6) & 3) switch { 0 => 1, 1 => 2, _ => 4 };

    private static int Destination(ushort op, int size) =>
        Ea((ushort)(((op >> 3) & 0x38) | ((op >> 9) & 7)), size);

    // Extension bytes of an effective address.
    private static int Ea(ushort op, int size) => ((op >> 3) & 7) switch
    {
        5 or 6 => 2,
        7 => (op & 7) switch { 0 or 2 or 3 => 2, 1 => 4, 4 => size == 4 ? 4 : 2, _ => 0 },
        _ => 0,
    };
}
