using Attic.Cli.Bench.FloatingPoint;

namespace Attic.Firmware.Xl.Tests.FloatingPoint;

/// <summary>What routines do besides being accurate: moves, errors, tables that other programs use.</summary>
public sealed class RoutineTests
{
    private const ushort Work = 0x3000;

    private readonly FloatingPointRom _rom = new(FirmwareTree.Os());

    [Theory]
    [InlineData(0xDB28, "400100000000", "000000000000")]
    [InlineData(0xDB28, "700100000000", "0F0100000000")]
    [InlineData(0xDADB, "700100000000", "410100000000")]
    [InlineData(0xDA66, "709999999999", "709999999999")]
    [InlineData(0xDDC0, "410300000000", "")]
    [InlineData(0xDDCC, "409800000000", "")]
    [InlineData(0xDECD, "000000000000", "")]
    [InlineData(0xDED1, "C00100000000", "")]
    public void What_has_no_result_sets_carry(int entry, string left, string right)
    {
        Load(left, right);
        Assert.True(_rom.Call((ushort)entry));
    }

    [Theory]
    [InlineData(0xDADB, "0F0100000000", "3F0100000000", "000000000000")]
    [InlineData(0xDB28, "000000000000", "400100000000", "000000000000")]
    [InlineData(0xDA66, "000000000000", "C00500000000", "C00500000000")]
    [InlineData(0xDA60, "400100000000", "400100000000", "000000000000")]
    [InlineData(0xDA60, "400100000000", "3A9900000000", "3F9999999999")]
    [InlineData(0xDDCC, "C10100000000", "", "000000000000")]
    [InlineData(0xDDCC, "000000000000", "", "400100000000")]
    [InlineData(0xDDCC, "400300000000", "", "411000000000")]
    [InlineData(0xDDCC, "C00300000000", "", "3E1000000000")]
    [InlineData(0xDED1, "411000000000", "", "400300000000")]
    [InlineData(0xDED1, "400100000000", "", "000000000000")]
    [InlineData(0xDED1, "3E1000000000", "", "C00300000000")]
    public void Exact_results_are_exact(int entry, string left, string right, string result)
    {
        Load(left, right);
        Assert.False(_rom.Call((ushort)entry));
        Assert.Equal(result, Convert.ToHexString(_rom.Number));
    }

    [Fact]
    public void Numbers_move_between_registers_and_memory()
    {
        byte[] number = [0x40, 1, 2, 3, 4, 5];
        number.CopyTo(_rom.Memory[Work..]);
        _rom.Call(0xDD89, x: Work & 0xFF, y: Work >> 8);
        Assert.Equal(number, _rom.Number);
        _rom.Call(0xDDB6);
        Assert.Equal(number, _rom.Memory.Slice(FloatingPointRom.Fr1, 6).ToArray());
        _rom.Call(0xDDA7, x: (Work + 16) & 0xFF, y: Work >> 8);
        Assert.Equal(number, _rom.Memory.Slice(Work + 16, 6).ToArray());
        _rom.Call(0xDA44);
        Assert.Equal(new byte[6], _rom.Number);
        _rom.Call(0xDA46, x: (byte)FloatingPointRom.Fr1);
        _rom.Call(0xDD98, x: Work & 0xFF, y: Work >> 8);
        Assert.Equal(number, _rom.Memory.Slice(FloatingPointRom.Fr1, 6).ToArray());
        (_rom.Memory[0xFC], _rom.Memory[0xFD]) = ((Work + 32) & 0xFF, Work >> 8);
        _rom.Call(0xDD8D);
        Assert.Equal(new byte[6], _rom.Number);
        _rom.Call(0xDDAB);
        _rom.Call(0xDD9C);
        Assert.Equal(new byte[6], _rom.Memory.Slice(FloatingPointRom.Fr1, 6).ToArray());
    }

    [Fact]
    public void A_polynomial_is_summed_from_its_highest_power()
    {
        // 2 z^2 - 3 z + 5 at 4
        Convert.FromHexString("400200000000C00300000000400500000000").CopyTo(_rom.Memory[Work..]);
        Load("400400000000", "");
        Assert.False(_rom.Call(0xDD40, 3, Work & 0xFF, Work >> 8));
        Assert.Equal("402500000000", Convert.ToHexString(_rom.Number));
    }

    [Theory]
    [InlineData("400100000000")]
    [InlineData("3F4142135624")]
    [InlineData("3E1234567890")]
    public void The_table_of_arctangents_serves_as_Atari_BASIC_uses_it(string number)
    {
        double z = Value(number);
        Load(number, number);
        _rom.Call(0xDADB);
        Assert.False(_rom.Call(0xDD40, 11, 0xAE, 0xDF));
        Convert.FromHexString(number).CopyTo(_rom.Memory[FloatingPointRom.Fr1..]);
        _rom.Call(0xDADB);
        Assert.Equal(Math.Atan(z), Value(Convert.ToHexString(_rom.Number)), 2e-9);
        Assert.Equal(Math.PI / 4, Value(Convert.ToHexString(_rom.Memory.Slice(0xDFF0, 6))), 1e-10);
        Assert.Equal(0.5, Value(Convert.ToHexString(_rom.Memory.Slice(0xDF6C, 6))));
    }

    [Fact]
    public void A_quotient_of_difference_and_sum_serves_reductions()
    {
        Convert.FromHexString("400200000000").CopyTo(_rom.Memory[Work..]);
        Load("400600000000", "");
        Assert.False(_rom.Call(0xDE95, 0, Work & 0xFF, Work >> 8));
        Assert.Equal("3F5000000000", Convert.ToHexString(_rom.Number));
    }

    [Fact]
    public void Operands_of_any_bytes_end_and_leave_decimal_mode()
    {
        var random = new Random(5);
        byte[] operands = new byte[12];
        foreach (var operation in FloatOperation.All)
        {
            for (int count = 0; count < 200; count++)
            {
                random.NextBytes(operands);
                operands.CopyTo(_rom.Memory[FloatingPointRom.Fr0..]);
                operands.AsSpan(6).CopyTo(_rom.Memory[FloatingPointRom.Fr1..]);
                _rom.Call(operation.Entry);
            }
        }
    }

    private static double Value(string number)
    {
        var value = PackedNumber.Decode(Convert.FromHexString(number));
        return (double)value.Digits * Math.Pow(10, value.Exponent);
    }

    private void Load(string left, string right)
    {
        Convert.FromHexString(left).CopyTo(_rom.Memory[FloatingPointRom.Fr0..]);
        Convert.FromHexString(right).CopyTo(_rom.Memory[FloatingPointRom.Fr1..]);
    }
}
