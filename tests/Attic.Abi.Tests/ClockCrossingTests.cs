using Attic.Abi.Time;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Abi.Tests;

public sealed class ClockCrossingTests
{
    private static readonly ClockCrossing Mfp = new(ClockRate.Hertz(32_084_988), ClockRate.Hertz(2_457_600));

    [Fact]
    public void A_second_of_one_crystal_is_a_second_of_the_other()
    {
        Assert.Equal(2_457_600, Mfp.TicksAt(new(32_084_988)));
        Assert.Equal(new MasterCycles(32_084_988), Mfp.MomentOf(2_457_600));
    }

    [Fact]
    public void A_tick_is_complete_at_its_moment_and_not_one_cycle_before()
    {
        var ticks = Gen.Choose(1, int.MaxValue).Select(tick => tick * 1000L).ToArbitrary();
        Prop.ForAll(ticks, tick =>
        {
            var moment = Mfp.MomentOf(tick);
            return Mfp.TicksAt(moment) == tick && Mfp.TicksAt(moment - new MasterCycles(1)) == tick - 1;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_century_of_cycles_neither_overflows_nor_drifts()
    {
        const long century = 32_084_988L * 3600 * 24 * 36525;
        Assert.Equal(2_457_600L * 3600 * 24 * 36525, Mfp.TicksAt(new(century)));
    }

    [Fact]
    public void A_fractional_rate_is_exact()
    {
        var xl = new ClockRate(315_000_000, 176);
        Assert.Equal(176_000_000, xl.MicrosecondsOf(315_000_000));
    }
}
