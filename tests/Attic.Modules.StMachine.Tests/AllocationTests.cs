using Attic.Abi.Buses;
using Attic.Abi.Time;

namespace Attic.Modules.StMachine.Tests;

public class AllocationTests
{
    [Theory]
    [InlineData(0xFFFA01)]
    [InlineData(0xFFFC00)]
    [InlineData(0xFFFC02)]
    [InlineData(0xFF8800)]
    [InlineData(0xFF8209)]
    [InlineData(0xFF820A)]
    [InlineData(0xFF8240)]
    [InlineData(0x000400)]
    [InlineData(0xFA0000)]
    public void Reading_allocates_nothing(uint address)
    {
        var bus = new StBus(TestMachine.Build(0x60FE).Board);
        var clock = new CpuCycles(1000);

        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int count = 0; count < 100; count++)
            {
                bus.ReadByte(address, FunctionCode.SupervisorData, ref clock);
            }
        }));
    }
}
