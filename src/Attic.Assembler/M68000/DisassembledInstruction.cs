namespace Attic.Assembler.M68000;

/// <summary>One line of a disassembly.</summary>
/// <param name="Text">Mnemonic and operands in Motorola syntax, lower case, one space between: <c>move.w $10(a0),d1</c>.</param>
/// <param name="Length">Bytes taken: 2 to 10; 1 for a lone last byte.</param>
public readonly record struct DisassembledInstruction(string Text, int Length);
