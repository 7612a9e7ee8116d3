using Attic.Media.Floppies;

namespace Attic.Modules.StStorage.Tests;

public class HeadTests
{
    private const byte Busy = 0x01, Track0 = 0x04, SeekError = 0x10, SpinUp = 0x20, WriteProtect = 0x40, MotorOn = 0x80;
    private readonly Bench _bench = new();

    [Fact]
    public void Restore_waits_six_index_pulses_for_the_motor()
    {
        _bench.WithDisk();
        _bench.Write(Bench.Command, 0x00);
        long time = _bench.UntilInterrupt();
        Assert.InRange(time, 5 * Bench.Revolution, (6 * Bench.Revolution) + (100 * Bench.Microsecond));
        Assert.Equal(MotorOn | SpinUp | Track0, _bench.Read(Bench.Command) & ~2);
    }

    [Fact]
    public void A_command_that_skips_spin_up_starts_at_once_but_turns_the_motor_on()
    {
        _bench.WithDisk();
        _bench.Write(Bench.Command, 0x08);
        Assert.Equal(90 * Bench.Microsecond, _bench.UntilInterrupt());
        Assert.Equal(MotorOn | Track0, _bench.Read(Bench.Command) & ~2);
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(1, 12)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    public void A_seek_takes_the_step_rate_per_track(int rate, int milliseconds)
    {
        _bench.WithDisk();
        _bench.Do(0x00);
        _bench.Write(Bench.Data, 20);
        _bench.Write(Bench.Command, 0x10 | rate);
        Assert.Equal((20 * milliseconds * Bench.Millisecond) + (90 * Bench.Microsecond), _bench.UntilInterrupt());
        Assert.Equal(20, _bench.Read(Bench.Track));
        Assert.Equal(0, _bench.Read(Bench.Command) & Track0);
    }

    [Fact]
    public void A_verify_settles_the_head_and_reads_one_id()
    {
        _bench.WithDisk();
        _bench.Do(0x00);
        _bench.Write(Bench.Data, 2);
        _bench.Write(Bench.Command, 0x17);
        long beforeVerify = (2 * 3 * Bench.Millisecond) + (15 * Bench.Millisecond) + (90 * Bench.Microsecond);
        Assert.InRange(_bench.UntilInterrupt(), beforeVerify, beforeVerify + (Bench.Revolution / 4));
        Assert.Equal(0, _bench.Read(Bench.Command) & SeekError);
    }

    [Fact]
    public void A_wrong_track_register_is_a_seek_error_after_five_index_pulses()
    {
        _bench.WithDisk();
        _bench.Do(0x00);
        _bench.Write(Bench.Track, 5);
        _bench.Write(Bench.Data, 6);
        _bench.Write(Bench.Command, 0x17);
        Assert.InRange(_bench.UntilInterrupt(), 4 * Bench.Revolution, (5 * Bench.Revolution) + (20 * Bench.Millisecond));
        Assert.Equal(SeekError, _bench.Read(Bench.Command) & SeekError);
        Assert.Equal(6, _bench.Read(Bench.Track));
    }

    [Fact]
    public void Steps_keep_their_direction_and_update_the_register_when_asked()
    {
        _bench.WithDisk();
        _bench.Do(0x00);
        _bench.Do(0x53);
        _bench.Do(0x33);
        Assert.Equal(2, _bench.Read(Bench.Track));
        _bench.Do(0x23);
        Assert.Equal(2, _bench.Read(Bench.Track));
        _bench.Do(0x73);
        Assert.Equal(1, _bench.Read(Bench.Track));
    }

    [Fact]
    public void Restore_without_a_drive_gives_up_after_255_steps()
    {
        _bench.Select(-1);
        _bench.Write(Bench.Command, 0x0E);
        Assert.Equal((255 * 2 * Bench.Millisecond) + (90 * Bench.Microsecond), _bench.UntilInterrupt());
        Assert.Equal(SeekError, _bench.Read(Bench.Command) & SeekError);
    }

    [Fact]
    public void The_motor_stops_after_nine_idle_revolutions()
    {
        _bench.WithDisk();
        _bench.Do(0x00);
        _bench.Run(9 * Bench.Revolution);
        Assert.Equal(MotorOn, _bench.Read(Bench.Command) & MotorOn);
        _bench.Run(Bench.Revolution);
        Assert.Equal(0, _bench.Read(Bench.Command) & MotorOn);
    }

    [Fact]
    public void An_empty_drive_never_ends_a_spin_up()
    {
        _bench.Select(0);
        _bench.Write(Bench.Command, 0x00);
        _bench.Run(50 * Bench.Revolution);
        Assert.Equal(Busy, _bench.Read(Bench.Command) & Busy);
        _bench.Write(Bench.Command, 0xD0);
        Assert.Equal(0, _bench.Read(Bench.Command) & Busy);
    }

    [Fact]
    public void The_index_pulse_is_seen_for_3710_microseconds_of_each_revolution()
    {
        _bench.WithDisk();
        _bench.Do(0x00);
        _bench.UntilIndex();
        int seen = 0;
        for (int sample = 0; sample < 2000; sample++)
        {
            seen += (_bench.Read(Bench.Command) & 2) != 0 ? 1 : 0;
            _bench.Run(100 * Bench.Microsecond);
        }

        Assert.InRange(seen, 37, 38);
    }

    [Fact]
    public void Where_the_disk_stands_at_power_on_comes_from_the_seed()
    {
        static long FirstCommand(uint seed)
        {
            var bench = new Bench(seed);
            bench.WithDisk();
            bench.Write(Bench.Command, 0x00);
            return bench.UntilInterrupt();
        }

        Assert.Equal(FirstCommand(7), FirstCommand(7));
        Assert.NotEqual(FirstCommand(7), FirstCommand(8));
    }

    [Fact]
    public void Force_interrupt_at_index_comes_with_every_pulse()
    {
        _bench.WithDisk();
        _bench.Do(0x00);
        _bench.Write(Bench.Command, 0xD4);
        Assert.False(_bench.Interrupt);
        _bench.UntilInterrupt();
        _bench.Read(Bench.Command);
        Assert.False(_bench.Interrupt);
        Assert.Equal(Bench.Revolution, _bench.UntilInterrupt());
    }

    [Fact]
    public void Immediate_interrupt_holds_until_the_quiet_one()
    {
        _bench.WithDisk();
        _bench.Write(Bench.Command, 0xD8);
        Assert.True(_bench.Interrupt);
        _bench.Read(Bench.Command);
        Assert.True(_bench.Interrupt);
        _bench.Write(Bench.Command, 0xD0);
        Assert.False(_bench.Interrupt);
    }

    [Fact]
    public void A_command_given_while_busy_is_ignored()
    {
        _bench.WithDisk();
        _bench.Do(0x00);
        _bench.Write(Bench.Data, 9);
        _bench.Write(Bench.Command, 0x13);
        _bench.Write(Bench.Command, 0x03);
        _bench.UntilInterrupt();
        Assert.Equal(9, _bench.Read(Bench.Track));
    }

    [Fact]
    public void Changing_a_disk_moves_the_write_protect_line()
    {
        _bench.WithDisk(writeProtect: true);
        Assert.Equal(WriteProtect, _bench.Read(Bench.Command) & WriteProtect);
        _bench.Run(Bench.Revolution);
        var other = FloppyImage.InMemory("b.st", Bench.Numbered(DiskGeometry.SingleSided), writeProtect: true);
        Assert.NotNull(_bench.Drives.Insert(0, other, _bench.Now));
        string levels = "";
        for (int sample = 0; sample < 12; sample++)
        {
            levels += (_bench.Read(Bench.Command) & WriteProtect) != 0 ? 'P' : '-';
            _bench.Run(100 * Bench.Millisecond);
        }

        Assert.Equal("PPPPP----PPP", levels);
        Assert.Same(other, _bench.Drives.Eject(0, _bench.Now));
        Assert.Null(_bench.Drives.DiskIn(0));
    }

    [Fact]
    public void Activity_rises_while_the_motor_runs()
    {
        _bench.WithDisk();
        long before = _bench.Activity.Disk;
        Assert.Equal(before, _bench.Activity.Disk);
        _bench.Do(0x00);
        long running = _bench.Activity.Disk;
        Assert.True(running > before);
        Assert.True(_bench.Activity.Disk > running);
        _bench.Run(12 * Bench.Revolution);
        Assert.Equal(_bench.Activity.Disk, _bench.Activity.Disk);
    }
}
