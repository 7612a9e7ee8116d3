using System.Globalization;

namespace Attic.Assembler.M68000;

/// <summary>
/// MC68000 machine code as text in Motorola syntax. Numbers are hexadecimal with <c>$</c>, small counts decimal; branch
/// targets and PC-relative operands show the address they lead to; words that are no instruction of the 68000 read
/// <c>dc.w $xxxx</c>.
/// </summary>
public static class Disassembler
{
    /// <summary>Disassembles the instruction at the start of <paramref name="code"/>.</summary>
    /// <param name="code">Big-endian machine code. If it ends inside the instruction, its first word is shown as data.</param>
    /// <param name="address">The address of its first byte.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is empty.</exception>
    public static DisassembledInstruction Disassemble(ReadOnlySpan<byte> code, uint address)
    {
        if (code.IsEmpty)
        {
            throw new ArgumentException("There is no code to disassemble.", nameof(code));
        }

        if (code.Length == 1)
        {
            return new(string.Create(CultureInfo.InvariantCulture, $"dc.b ${code[0]:x2}"), 1);
        }

        var reader = new InstructionReader(code, address);
        ushort opcode = reader.Word();
        if (InstructionForm.Of(opcode) is { } form)
        {
            string text = reader.Describe(opcode, form);
            if (!reader.IsTruncated)
            {
                return new(text, reader.Position);
            }
        }

        return new(string.Create(CultureInfo.InvariantCulture, $"dc.w ${opcode:x4}"), 2);
    }
}
