namespace Attic.Modules.Mos6502.Tests;

/// <summary>
/// Klaus Dormann's 6502 test programs, given as 64 KB images by path: ATTIC_6502_FUNCTIONAL (assembled for $0400,
/// success at $3469) and ATTIC_6502_DECIMAL (at $0200, its ERROR byte at $000B).
/// </summary>
public sealed class DormannTests
{
    [SkippableFact]
    public void The_functional_test_reaches_its_success_trap()
    {
        var cpu = RunToTrap("ATTIC_6502_FUNCTIONAL", 0x0400, out _);
        Assert.Equal(0x3469, cpu);
    }

    [SkippableFact]
    public void The_decimal_test_finds_no_error()
    {
        RunToTrap("ATTIC_6502_DECIMAL", 0x0200, out var ram);
        Assert.Equal(0, ram[0x000B]);
    }

    private static int RunToTrap(string variable, ushort start, out byte[] ram)
    {
        string? path = Environment.GetEnvironmentVariable(variable);
        Skip.If(string.IsNullOrEmpty(path), $"Set {variable} to the program's 64 KB image (Klaus2m5/6502_65C02_functional_tests).");
        var board = new QuietBoard();
        File.ReadAllBytes(path!).CopyTo(board.Ram.AsSpan());
        var cpu = new Mos6502Module().Create(new QuietBus(board));
        cpu.Registers.Pc = start;
        ushort before;
        do
        {
            before = cpu.Registers.Pc;
            cpu.Step();
        }
        while (cpu.Registers.Pc != before && cpu.Registers.Ticks < 200_000_000);
        ram = board.Ram;
        return cpu.Registers.Pc;
    }
}
