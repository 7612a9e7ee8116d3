using Attic.Engine.Debug;

namespace Attic.Engine.Tests.Debug;

public class InstructionLengthTests
{
    // Encodings from the M68000 Programmer's Reference Manual.
    [Theory]
    [InlineData(0x4E71, 2)] // NOP
    [InlineData(0x4EB9, 6)] // JSR xxx.L
    [InlineData(0x203C, 6)] // MOVE.L #,D0
    [InlineData(0x103C, 4)] // MOVE.B #,D0
    [InlineData(0x23FC, 10)] // MOVE.L #,xxx.L
    [InlineData(0x46FC, 4)] // MOVE #,SR
    [InlineData(0x007C, 4)] // ORI #,SR
    [InlineData(0x0839, 8)] // BTST #,xxx.L
    [InlineData(0x0C81, 6)] // CMPI.L #,D1
    [InlineData(0x48E7, 4)] // MOVEM.L regs,-(SP)
    [InlineData(0x48C0, 2)] // EXT.L D0
    [InlineData(0x51C8, 4)] // DBF D0
    [InlineData(0x6600, 4)] // BNE.W
    [InlineData(0x6604, 2)] // BNE.S
    [InlineData(0x7001, 2)] // MOVEQ
    [InlineData(0xD1FC, 6)] // ADDA.L #,A0
    [InlineData(0x81FC, 4)] // DIVS #
    [InlineData(0x4E56, 4)] // LINK
    [InlineData(0x4E72, 4)] // STOP
    [InlineData(0x0108, 4)] // MOVEP
    public void Lengths_follow_the_manual(int opcode, int length) => Assert.Equal(length, InstructionLength.Of((ushort)opcode));

    // MCS6500 programming manual; the undocumented ones have the length of their addressing mode.
    [Theory]
    [InlineData(0xEA, 1)] // NOP
    [InlineData(0xA9, 2)] // LDA #
    [InlineData(0x20, 3)] // JSR
    [InlineData(0x60, 1)] // RTS
    [InlineData(0x6C, 3)] // JMP (abs)
    [InlineData(0x91, 2)] // STA (zp),Y
    [InlineData(0x99, 3)] // STA abs,Y
    [InlineData(0xD0, 2)] // BNE
    [InlineData(0x0A, 1)] // ASL A
    [InlineData(0xA2, 2)] // LDX #
    [InlineData(0x82, 2)] // NOP #, undocumented
    [InlineData(0x02, 1)] // JAM
    [InlineData(0x1A, 1)] // NOP, undocumented
    [InlineData(0x9E, 3)] // SHX abs,Y
    [InlineData(0x0B, 2)] // ANC #
    public void Lengths_of_a_6502_follow_its_addressing_modes(byte opcode, int length) => Assert.Equal(length, InstructionLength.Of6502(opcode));
}
