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
}
