using System.Globalization;
using Attic.Abi.Buses;
using Attic.Abi.Time;

namespace Attic.Modules.StMachine.Tests;

/// <summary>
/// The accesses that end in a bus error on a 1040 STF with Ricoh chips, from a probe run on such a machine (published
/// with the Hatari project's bus error test). Ranges: first address that fails, first that does not.
/// </summary>
public class BusErrorTests
{
    private const string Words =
        "FF8002-FF8200 FF8210-FF8240 FF8280-FF8604 FF8610-FF8800 FF8900-FFFA00 FFFA40-FFFC00 FFFE00-1000000";

    private const string Bytes =
        "FF8000-FF8001 FF8002-FF8201 FF8202-FF8203 FF8204-FF8205 FF8206-FF8207 FF8208-FF8209 FF820C-FF820D FF820E-FF820F " +
        "FF8210-FF8240 FF8280-FF8609 FF860A-FF860B FF860C-FF860D FF860E-FF860F FF8610-FF8800 FF8900-FFFA01 " +
        "FFFA02-FFFA03 FFFA04-FFFA05 FFFA06-FFFA07 FFFA08-FFFA09 FFFA0A-FFFA0B FFFA0C-FFFA0D FFFA0E-FFFA0F " +
        "FFFA10-FFFA11 FFFA12-FFFA13 FFFA14-FFFA15 FFFA16-FFFA17 FFFA18-FFFA19 FFFA1A-FFFA1B FFFA1C-FFFA1D " +
        "FFFA1E-FFFA1F FFFA20-FFFA21 FFFA22-FFFA23 FFFA24-FFFA25 FFFA26-FFFA27 FFFA28-FFFA29 FFFA2A-FFFA2B " +
        "FFFA2C-FFFA2D FFFA2E-FFFA2F FFFA30-FFFA31 FFFA32-FFFA33 FFFA34-FFFA35 FFFA36-FFFA37 FFFA38-FFFA39 " +
        "FFFA3A-FFFA3B FFFA3C-FFFA3D FFFA3E-FFFA3F FFFA40-FFFC00 FFFE00-1000000";

    [Fact]
    public void Word_reads_fail_where_they_do_on_a_1040_STF()
    {
        for (uint address = 0xFF8000; address < 0x1000000; address += 2)
        {
            bool fails = !IoMap.At(address).Access.HasFlag(IoAccess.Word);
            Assert.True(fails == Within(Words, address), $"word at {address:X}");
        }
    }

    [Fact]
    public void Byte_reads_fail_where_they_do_on_a_1040_STF()
    {
        for (uint address = 0xFF8000; address < 0x1000000; address++)
        {
            var access = (address & 1) != 0 ? IoAccess.OddByte : IoAccess.EvenByte;
            bool fails = !IoMap.At(address).Access.HasFlag(access);
            Assert.True(fails == Within(Bytes, address), $"byte at {address:X}");
        }
    }

    [Theory]
    [InlineData(0x000000, FunctionCode.SupervisorData, true, true)]
    [InlineData(0x000000, FunctionCode.SupervisorData, false, false)]
    [InlineData(0x000000, FunctionCode.UserData, false, true)]
    [InlineData(0x0007FE, FunctionCode.UserData, false, true)]
    [InlineData(0x0007FE, FunctionCode.UserData, true, true)]
    [InlineData(0x0007FE, FunctionCode.SupervisorData, true, false)]
    [InlineData(0x000800, FunctionCode.UserData, true, false)]
    [InlineData(0x3FFFFE, FunctionCode.UserData, true, false)]
    [InlineData(0x400000, FunctionCode.SupervisorData, false, true)]
    [InlineData(0xF9FFFE, FunctionCode.SupervisorData, false, true)]
    [InlineData(0xFA0000, FunctionCode.UserData, false, false)]
    [InlineData(0xFA0000, FunctionCode.SupervisorData, true, true)]
    [InlineData(0xFC0000, FunctionCode.UserProgram, false, false)]
    [InlineData(0xFC0000, FunctionCode.SupervisorData, true, true)]
    [InlineData(0xFF0000, FunctionCode.SupervisorData, false, true)]
    [InlineData(0xFF8240, FunctionCode.SupervisorData, true, false)]
    [InlineData(0xFF8240, FunctionCode.UserData, true, true)]
    public void The_map_has_its_holes_and_fences(uint address, FunctionCode function, bool write, bool fails)
    {
        var bus = new StBus(Board());
        var clock = default(CpuCycles);
        var error = Record.Exception(() =>
        {
            if (write)
            {
                bus.WriteWord(address, 0, function, ref clock);
            }
            else
            {
                bus.ReadWord(address, function, ref clock);
            }
        });
        Assert.Equal(fails, error is BusError);
        if (error is BusError found)
        {
            Assert.Equal((address, function, write), (found.Address, found.Function, found.Write));
        }
    }

    [Fact]
    public void A_failing_odd_byte_reports_its_own_address()
    {
        var bus = new StBus(Board());
        var clock = default(CpuCycles);
        var error = Assert.Throws<BusError>(() => bus.ReadByte(0xFF8605, FunctionCode.SupervisorData, ref clock));
        Assert.Equal(0xFF8605u, error.Address);
    }

    private static StBoard Board() => TestMachine.Build(0x60FE).Board;

    private static bool Within(string ranges, uint address)
    {
        foreach (string range in ranges.Split(' '))
        {
            uint[] ends = [.. range.Split('-').Select(end => uint.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            if (address >= ends[0] && address < ends[1])
            {
                return true;
            }
        }

        return false;
    }
}
