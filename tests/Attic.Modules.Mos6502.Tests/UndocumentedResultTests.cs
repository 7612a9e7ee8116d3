using Attic.Abi.Cpu;

namespace Attic.Modules.Mos6502.Tests;

/// <summary>
/// Results of the opcodes that a netlist gets wrong, from "NMOS 6510 Unintended Opcodes – No More Secrets" (groepaz):
/// its descriptions and worked examples of ANC, ALR, ARR, ANE, LXA and LAS.
/// </summary>
public sealed class UndocumentedResultTests
{
    private const byte N = 0x80, V = 0x40, D = 0x08, Z = 0x02, C = 0x01;

    [Theory]
    [InlineData(0x0B)]
    [InlineData(0x2B)]
    public void ANC_copies_the_sign_of_the_AND_into_carry(byte opcode)
    {
        Assert.Equal((0x80, N | C), Run(opcode, operand: 0xF0, a: 0x8F));
        Assert.Equal((0x0F, 0), Run(opcode, operand: 0x0F, a: 0xFF, p: C));
        Assert.Equal((0x00, Z), Run(opcode, operand: 0x0F, a: 0xF0));
    }

    [Fact]
    public void ALR_is_AND_then_LSR()
    {
        Assert.Equal((0x7F, C), Run(0x4B, operand: 0xFF, a: 0xFF));
        Assert.Equal((0x00, Z | C), Run(0x4B, operand: 0x01, a: 0xFF));
    }

    [Fact]
    public void ARR_takes_C_from_bit_6_and_V_from_bits_6_and_5_of_the_rotated_result()
    {
        Assert.Equal((0x7F, C), Run(0x6B, operand: 0xFF, a: 0xFF));
        Assert.Equal((0xFF, N | C), Run(0x6B, operand: 0xFF, a: 0xFF, p: C));
        Assert.Equal((0x40, V | C), Run(0x6B, operand: 0x80, a: 0xFF));
        Assert.Equal((0x20, V), Run(0x6B, operand: 0x40, a: 0xFF));
    }

    [Fact]
    public void ARR_in_decimal_mode_corrects_each_nibble_like_an_addition()
    {
        // $0A rotates to $05; low nibble $A + 0 > 5 adds 6 there, the high nibble stays.
        Assert.Equal((0x0B, 0), Run(0x6B, operand: 0x0A, a: 0x0F, p: D));
        // $50 rotates to $28; high nibble $50 + $10 > $50 adds $60 and carries; V is bit 6 of $50 ^ $28.
        Assert.Equal((0x88, V | C), Run(0x6B, operand: 0x50, a: 0x5F, p: D));
    }

    [Fact]
    public void ANE_ands_X_and_the_operand_with_A_ored_with_the_chips_constant()
    {
        Assert.Equal((0x00, Z), Run(0x8B, operand: 0x00, a: 0xFF, x: 0xFF));
        Assert.Equal((0xEE & 0x3C & 0x7F, 0), Run(0x8B, operand: 0x7F, a: 0x00, x: 0x3C));
        Assert.Equal((0x3C, 0), Run(0x8B, operand: 0x7F, a: 0xFF, x: 0x3C));
    }

    [Fact]
    public void LXA_ands_the_operand_with_A_ored_with_the_chips_constant()
    {
        Assert.Equal((0x00, Z), Run(0xAB, operand: 0x00, a: 0xFF));
        Assert.Equal((0xEE, N), Run(0xAB, operand: 0xFF, a: 0x00));
        Assert.Equal((0x5A, 0), Run(0xAB, operand: 0x5A, a: 0xFF));
    }

    [Fact]
    public void LAS_ands_memory_with_the_stack_pointer_into_A_X_and_S()
    {
        var (board, cpu) = Load(0xBB, 0x00);
        board.Ram[0x402] = 0x20;
        board.Ram[0x2000] = 0xF3;
        cpu.Registers.S = 0x9C;
        cpu.Step();

        Assert.Equal((0x90, 0x90, 0x90), (cpu.Registers.A, cpu.Registers.X, cpu.Registers.S));
        Assert.Equal(N, cpu.Registers.P & N);
    }

    private static (int A, int Flags) Run(byte opcode, byte operand, byte a, byte x = 0, byte p = 0)
    {
        var (_, cpu) = Load(opcode, operand);
        (cpu.Registers.A, cpu.Registers.X, cpu.Registers.P) = (a, x, (byte)(p | 0x20));
        cpu.Step();
        return (cpu.Registers.A, cpu.Registers.P & (N | V | Z | C));
    }

    private static (Board Board, IMos6502Cpu Cpu) Load(byte opcode, byte operand)
    {
        var board = new Board();
        (board.Ram[0x400], board.Ram[0x401]) = (opcode, operand);
        var cpu = new Mos6502Module().Create(new RecordingBus(board));
        cpu.Registers.Pc = 0x400;
        return (board, cpu);
    }
}
