using Attic.Abi.AtariSt;
using Attic.Abi.Time;
using static Attic.Modules.StIo.Tests.Mfp.Registers;

namespace Attic.Modules.StIo.Tests.Mfp;

public sealed class TimerTests
{
    private static readonly ClockCrossing Crystal = new(ClockRate.Hertz(32_000_000), ClockRate.Hertz(2_457_600));

    private readonly Board _board = new();

    public static TheoryData<int, int> Prescalers => new()
    {
        { 1, 4 }, { 2, 10 }, { 3, 16 }, { 4, 50 }, { 5, 64 }, { 6, 100 }, { 7, 200 },
    };

    [Theory]
    [MemberData(nameof(Prescalers))]
    public void Each_prescaler_divides_the_crystal_as_the_table_says(int mode, int divisor)
    {
        _board.WriteMfp(Tadr, 10);
        _board.WriteMfp(Tacr, mode);
        RunTicks((9 * divisor) - 1);
        Assert.Equal(2, _board.ReadMfp(Tadr));
        RunTicks(1);
        Assert.Equal(1, _board.ReadMfp(Tadr));
        RunTicks(divisor);
        Assert.Equal(10, _board.ReadMfp(Tadr));
    }

    [Fact]
    public void The_system_timer_interrupts_two_hundred_times_a_second()
    {
        _board.WriteMfp(Vr, 0x40);
        _board.WriteMfp(Ierb, 0x20);
        _board.WriteMfp(Imrb, 0x20);
        _board.WriteMfp(Tcdr, 192);
        _board.WriteMfp(Tcdcr, 0x50);
        int interrupts = 0;
        for (int slice = 0; slice <= 10_000; slice++)
        {
            _board.RunMicroseconds(100);
            interrupts += _board.InterruptRequested && _board.Mfp.Acknowledge(_board.Now) == 0x45 ? 1 : 0;
        }

        Assert.Equal(200, interrupts);
    }

    [Fact]
    public void Irq_falls_sixteen_master_cycles_after_the_time_out()
    {
        _board.WriteMfp(Iera, 0x20);
        _board.WriteMfp(Imra, 0x20);
        _board.WriteMfp(Tadr, 100);
        _board.WriteMfp(Tacr, 1);
        long timeOut = Crystal.MomentOf(400).Count;
        _board.RunTo(timeOut + 15);
        Assert.False(_board.InterruptRequested);
        Assert.Equal(0x20, _board.ReadMfp(Ipra));
        _board.RunTo(timeOut + 16);
        Assert.True(_board.InterruptRequested);
    }

    [Fact]
    public void Data_written_while_running_counts_from_the_next_reload()
    {
        _board.WriteMfp(Tadr, 5);
        _board.WriteMfp(Tacr, 1);
        RunTicks(4);
        _board.WriteMfp(Tadr, 9);
        Assert.Equal(4, _board.ReadMfp(Tadr));
        RunTicks(16);
        Assert.Equal(9, _board.ReadMfp(Tadr));
    }

    [Fact]
    public void Data_written_while_stopped_goes_into_the_counter_at_once()
    {
        _board.WriteMfp(Tbdr, 77);
        Assert.Equal(77, _board.ReadMfp(Tbdr));
    }

    [Fact]
    public void Zero_counts_two_hundred_and_fifty_six()
    {
        _board.WriteMfp(Tadr, 0);
        _board.WriteMfp(Iera, 0x20);
        _board.WriteMfp(Tacr, 1);
        RunTicks(1023);
        Assert.Equal(0, _board.ReadMfp(Ipra));
        RunTicks(1);
        Assert.Equal(0x20, _board.ReadMfp(Ipra));
        Assert.Equal(0, _board.ReadMfp(Tadr));
    }

    [Fact]
    public void Stopping_keeps_the_counter_and_loses_the_prescaler()
    {
        _board.WriteMfp(Tadr, 10);
        _board.WriteMfp(Tacr, 7);
        RunTicks(399);
        _board.WriteMfp(Tacr, 0);
        RunTicks(5_000);
        Assert.Equal(9, _board.ReadMfp(Tadr));
        _board.WriteMfp(Tacr, 7);
        RunTicks(199);
        Assert.Equal(9, _board.ReadMfp(Tadr));
        RunTicks(1);
        Assert.Equal(8, _board.ReadMfp(Tadr));
    }

    [Fact]
    public void A_shorter_prescaler_fires_with_the_next_tick_when_it_is_already_exceeded()
    {
        _board.WriteMfp(Tadr, 10);
        _board.WriteMfp(Tacr, 7);
        RunTicks(150);
        _board.WriteMfp(Tacr, 1);
        RunTicks(1);
        Assert.Equal(9, _board.ReadMfp(Tadr));
        RunTicks(4);
        Assert.Equal(8, _board.ReadMfp(Tadr));
    }

    [Fact]
    public void Timer_c_and_d_share_a_control_register_without_disturbing_each_other()
    {
        _board.WriteMfp(Tcdr, 100);
        _board.WriteMfp(Tddr, 100);
        _board.WriteMfp(Tcdcr, 0x11);
        RunTicks(6);
        _board.WriteMfp(Tcdcr, 0x13);
        RunTicks(2);
        Assert.Equal(98, _board.ReadMfp(Tcdr));
        Assert.Equal(0x13, _board.ReadMfp(Tcdcr));
    }

    [Theory]
    [InlineData(0x00, false)]
    [InlineData(0x08, true)]
    public void Timer_b_counts_display_enable_edges_of_the_polarity_in_aer(int aer, bool edge)
    {
        _board.WriteMfp(Aer, aer);
        _board.WriteMfp(Iera, 0x01);
        _board.WriteMfp(Tbdr, 2);
        _board.WriteMfp(Tbcr, 8);
        _board.Drive(StPins.DisplayEnable, !edge);
        int start = _board.ReadMfp(Tbdr);
        _board.Run(1_000);
        _board.Drive(StPins.DisplayEnable, edge);
        Assert.Equal(start == 2 ? 1 : 2, _board.ReadMfp(Tbdr));
        _board.Drive(StPins.DisplayEnable, !edge);
        _board.Drive(StPins.DisplayEnable, edge);
        Assert.Equal(1, _board.ReadMfp(Ipra));
    }

    [Fact]
    public void Timer_a_counts_centronics_busy()
    {
        _board.WriteMfp(Tadr, 3);
        _board.WriteMfp(Tacr, 8);
        _board.Drive(StPins.CentronicsBusy, false);
        _board.Drive(StPins.CentronicsBusy, true);
        _board.Drive(StPins.CentronicsBusy, false);
        Assert.Equal(1, _board.ReadMfp(Tadr));
    }

    [Fact]
    public void Pulse_width_mode_counts_while_the_input_is_active_and_interrupts_at_its_end()
    {
        _board.WriteMfp(Aer, 0x08);
        _board.WriteMfp(Ierb, 0x08);
        _board.Drive(StPins.DisplayEnable, false);
        _board.WriteMfp(Tbdr, 200);
        _board.WriteMfp(Tbcr, 9);
        RunTicks(100);
        Assert.Equal(200, _board.ReadMfp(Tbdr));
        _board.Drive(StPins.DisplayEnable, true);
        RunTicks(40);
        Assert.Equal(190, _board.ReadMfp(Tbdr));
        _board.Drive(StPins.DisplayEnable, false);
        Assert.Equal(0x08, _board.ReadMfp(Iprb));
        RunTicks(100);
        Assert.Equal(190, _board.ReadMfp(Tbdr));
    }

    [Fact]
    public void A_timer_whose_interrupt_is_disabled_never_wakes_the_machine()
    {
        _board.WriteMfp(Tadr, 1);
        _board.WriteMfp(Tacr, 1);
        var slots = _board.Deadlines;
        Assert.Equal(MasterCycles.Never, slots[0]);
        _board.WriteMfp(Iera, 0x20);
        Assert.Equal(MasterCycles.Never, slots[0]);
        _board.WriteMfp(Imra, 0x20);
        Assert.NotEqual(MasterCycles.Never, slots[0]);
    }

    private void RunTicks(int ticks) => _board.RunTo(Crystal.MomentOf(Crystal.TicksAt(_board.Now) + ticks).Count);
}
