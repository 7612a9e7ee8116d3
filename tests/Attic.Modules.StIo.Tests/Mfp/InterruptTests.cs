using Attic.Abi.AtariSt;
using static Attic.Modules.StIo.Tests.Mfp.Registers;

namespace Attic.Modules.StIo.Tests.Mfp;

public sealed class InterruptTests
{
    private readonly Board _board = new();

    public static TheoryData<string, int, int> Pins => new()
    {
        { StPins.CentronicsBusy, 0, 0 },
        { StPins.CarrierDetect, 1, 1 },
        { StPins.ClearToSend, 2, 2 },
        { StPins.BlitterInterrupt, 3, 3 },
        { StPins.AciaInterrupt, 4, 6 },
        { StPins.DiskInterrupt, 5, 7 },
        { StPins.RingIndicator, 6, 14 },
        { StPins.MonochromeDetect, 7, 15 },
    };

    [Theory]
    [MemberData(nameof(Pins))]
    public void A_falling_pin_interrupts_on_its_channel(string wire, int pin, int channel)
    {
        EnableAll(0x48);
        _board.Drive(wire, false);
        Assert.Equal(0xFF & ~(1 << pin), _board.ReadMfp(Gpip));
        Assert.Equal(1 << channel, (_board.ReadMfp(Ipra) << 8) | _board.ReadMfp(Iprb));
        _board.Run(16);
        Assert.True(_board.InterruptRequested);
        Assert.Equal(0x40 | channel, _board.Mfp.Acknowledge(_board.Now));
        Assert.False(_board.InterruptRequested);
    }

    [Fact]
    public void A_rising_pin_interrupts_when_aer_says_so()
    {
        EnableAll(0x48);
        _board.Drive(StPins.DiskInterrupt, false);
        _board.WriteMfp(Iprb, 0);
        _board.WriteMfp(Aer, 0x20);
        Assert.Equal(0, _board.ReadMfp(Iprb));
        _board.Drive(StPins.DiskInterrupt, true);
        Assert.Equal(0x80, _board.ReadMfp(Iprb));
    }

    [Fact]
    public void Changing_aer_can_itself_be_the_edge()
    {
        EnableAll(0x48);
        _board.WriteMfp(Aer, 0x01);
        Assert.Equal(1, _board.ReadMfp(Iprb));
    }

    [Fact]
    public void An_output_pin_reads_its_latch()
    {
        _board.WriteMfp(Ddr, 0x0F);
        _board.WriteMfp(Gpip, 0x05);
        Assert.Equal(0xF5, _board.ReadMfp(Gpip));
    }

    [Fact]
    public void A_disabled_channel_remembers_nothing_and_disabling_forgets()
    {
        _board.WriteMfp(Imrb, 0xFF);
        _board.Drive(StPins.DiskInterrupt, false);
        Assert.Equal(0, _board.ReadMfp(Iprb));
        _board.Drive(StPins.DiskInterrupt, true);
        _board.WriteMfp(Ierb, 0x80);
        _board.Drive(StPins.DiskInterrupt, false);
        Assert.Equal(0x80, _board.ReadMfp(Iprb));
        _board.WriteMfp(Ierb, 0);
        Assert.Equal(0, _board.ReadMfp(Iprb));
    }

    [Fact]
    public void A_masked_channel_stays_pending_until_it_is_unmasked()
    {
        _board.WriteMfp(Ierb, 0x80);
        _board.Drive(StPins.DiskInterrupt, false);
        _board.Run(100);
        Assert.False(_board.InterruptRequested);
        Assert.Equal(-1, _board.Mfp.Acknowledge(_board.Now));
        _board.WriteMfp(Imrb, 0x80);
        _board.Run(16);
        Assert.True(_board.InterruptRequested);
    }

    [Fact]
    public void Pending_bits_can_be_cleared_but_not_set_by_writing()
    {
        EnableAll(0x48);
        _board.WriteMfp(Iprb, 0xFF);
        Assert.Equal(0, _board.ReadMfp(Iprb));
        _board.Drive(StPins.DiskInterrupt, false);
        _board.WriteMfp(Iprb, 0x7F);
        Assert.Equal(0, _board.ReadMfp(Iprb));
    }

    [Fact]
    public void The_higher_channel_is_acknowledged_first()
    {
        EnableAll(0x48);
        _board.Drive(StPins.CentronicsBusy, false);
        _board.Drive(StPins.MonochromeDetect, false);
        _board.Run(16);
        Assert.Equal(0x4F, _board.Mfp.Acknowledge(_board.Now));
        Assert.False(_board.InterruptRequested);
    }

    [Fact]
    public void Only_a_higher_channel_interrupts_one_in_service()
    {
        EnableAll(0x48);
        _board.Drive(StPins.AciaInterrupt, false);
        _board.Run(16);
        Assert.Equal(0x46, _board.Mfp.Acknowledge(_board.Now));
        Assert.Equal(0x40, _board.ReadMfp(Isrb));
        _board.Drive(StPins.CentronicsBusy, false);
        _board.Run(16);
        Assert.False(_board.InterruptRequested);
        _board.Drive(StPins.DiskInterrupt, false);
        _board.Run(16);
        Assert.True(_board.InterruptRequested);
        Assert.Equal(0x47, _board.Mfp.Acknowledge(_board.Now));
        Assert.Equal(0xC0, _board.ReadMfp(Isrb));
        _board.WriteMfp(Isrb, 0x7F);
        _board.WriteMfp(Isrb, 0xBF);
        _board.Run(16);
        Assert.True(_board.InterruptRequested);
        Assert.Equal(0x40, _board.Mfp.Acknowledge(_board.Now));
    }

    [Fact]
    public void The_same_channel_waits_for_the_end_of_its_service()
    {
        EnableAll(0x48);
        _board.Drive(StPins.DiskInterrupt, false);
        _board.Run(16);
        _board.Mfp.Acknowledge(_board.Now);
        _board.Drive(StPins.DiskInterrupt, true);
        _board.Drive(StPins.DiskInterrupt, false);
        _board.Run(16);
        Assert.Equal(0x80, _board.ReadMfp(Iprb));
        Assert.False(_board.InterruptRequested);
    }

    [Fact]
    public void Automatic_end_of_interrupt_keeps_nothing_in_service()
    {
        EnableAll(0x40);
        _board.Drive(StPins.DiskInterrupt, false);
        _board.Run(16);
        Assert.Equal(0x47, _board.Mfp.Acknowledge(_board.Now));
        Assert.Equal(0, _board.ReadMfp(Isrb));
        _board.Drive(StPins.CentronicsBusy, false);
        _board.Run(16);
        Assert.True(_board.InterruptRequested);
    }

    [Fact]
    public void Going_to_automatic_end_of_interrupt_clears_in_service()
    {
        EnableAll(0x48);
        _board.Drive(StPins.DiskInterrupt, false);
        _board.Mfp.Acknowledge(_board.Now);
        _board.WriteMfp(Vr, 0x40);
        Assert.Equal(0, _board.ReadMfp(Isrb));
    }

    [Fact]
    public void An_acknowledge_of_nothing_is_spurious() => Assert.Equal(-1, _board.Mfp.Acknowledge(_board.Now));

    [Fact]
    public void A_cause_that_goes_before_irq_falls_leaves_no_interrupt()
    {
        EnableAll(0x48);
        _board.Drive(StPins.DiskInterrupt, false);
        _board.Run(8);
        _board.WriteMfp(Ierb, 0);
        _board.Run(100);
        Assert.False(_board.InterruptRequested);
    }

    [Fact]
    public void The_upper_half_of_the_bus_is_not_connected()
    {
        _board.Mfp.Write(0xFFFA16, 0x4848, Abi.Buses.ByteLanes.Upper, _board.Now);
        Assert.Equal(0, _board.ReadMfp(Vr));
        Assert.Equal(0xFF00, _board.Mfp.Read(0xFFFA16, Abi.Buses.ByteLanes.Both, _board.Now));
    }

    private void EnableAll(int vector)
    {
        _board.WriteMfp(Vr, vector);
        _board.WriteMfp(Iera, 0xFF);
        _board.WriteMfp(Ierb, 0xFF);
        _board.WriteMfp(Imra, 0xFF);
        _board.WriteMfp(Imrb, 0xFF);
    }
}
