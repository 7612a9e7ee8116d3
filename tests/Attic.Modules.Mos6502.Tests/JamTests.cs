using Attic.Abi.Cpu;

namespace Attic.Modules.Mos6502.Tests;

public sealed class JamTests
{
    public static readonly byte[] JamOpcodes = [0x02, 0x12, 0x22, 0x32, 0x42, 0x52, 0x62, 0x72, 0x92, 0xB2, 0xD2, 0xF2];

    public static TheoryData<byte> Opcodes() => [.. JamOpcodes];

    [Theory]
    [MemberData(nameof(Opcodes))]
    public void A_JAM_opcode_holds_the_bus_at_the_vectors_whatever_interrupts(byte opcode)
    {
        var (board, cpu) = Start(opcode);
        cpu.Step();
        (board.Irq, board.Nmi) = (false, false);
        cpu.Step();
        cpu.Step();

        Assert.Equal(Mos6502Next.Jammed, cpu.Registers.Next);
        Assert.Equal([0x0400, 0x0401, 0xFFFF, 0xFFFE, 0xFFFE, 0xFFFF, 0xFFFF], board.Log.Select(access => (int)access.Address));
    }

    [Theory]
    [MemberData(nameof(Opcodes))]
    public void Reset_frees_a_jammed_chip(byte opcode)
    {
        var (board, cpu) = Start(opcode);
        (board.Ram[0xFFFC], board.Ram[0xFFFD]) = (0x34, 0x12);
        cpu.Step();

        cpu.Reset();
        cpu.Step();

        Assert.Equal(Mos6502Next.Instruction, cpu.Registers.Next);
        Assert.Equal(0x1234, cpu.Registers.Pc);
    }

    private static (Board Board, IMos6502Cpu Cpu) Start(byte opcode)
    {
        var board = new Board();
        board.Ram[0x400] = opcode;
        var cpu = new Mos6502Module().Create(new RecordingBus(board));
        cpu.Registers.Pc = 0x400;
        return (board, cpu);
    }
}
