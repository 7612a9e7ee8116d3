using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Media.Floppies;

namespace Attic.Modules.StStorage.Tests;

public class SectorTests
{
    private const byte LostData = 0x04, CrcError = 0x08, RecordNotFound = 0x10, WriteProtect = 0x40;
    private const int ToDisk = 0x100;

    // Index to the end of a sector's data CRC and gap byte, in microseconds: 72 bytes, ID and gaps 48, 512, 2.
    private const long FirstSectorEnd = (72 + 48 + 512 + 2) * 32;
    private readonly Bench _bench = new();

    [Fact]
    public void A_sector_comes_into_memory_when_the_disk_has_turned_to_it()
    {
        var disk = _bench.WithDisk();
        _bench.Seek(3);
        _bench.Aim(0x1000, 1);
        _bench.UntilIndex();
        _bench.Write(Bench.Sector, 1);
        _bench.Write(Bench.Command, 0x80);
        long time = _bench.UntilInterrupt();
        Assert.InRange(time, (FirstSectorEnd - 50) * Bench.Microsecond, FirstSectorEnd * Bench.Microsecond);
        Assert.Equal(0x80, _bench.Read(Bench.Command));
        Assert.Equal(disk.Read(3, 0, 0).ToArray(), _bench.Memory[0x1000..0x1200]);
        Assert.Equal(0x1200u, _bench.DmaAddress());
        Assert.Equal(1, _bench.Peek(0xFF8606) & 7);
        Assert.Equal(32 * 32, _bench.StolenCycles);
    }

    [Fact]
    public void A_missed_sector_comes_a_revolution_later()
    {
        _bench.WithDisk();
        _bench.Seek(0);
        _bench.UntilIndex();
        _bench.Run(10 * Bench.Millisecond);
        _bench.Aim(0x1000, 1);
        _bench.Write(Bench.Sector, 1);
        _bench.Write(Bench.Command, 0x80);
        long expected = (FirstSectorEnd * Bench.Microsecond) + Bench.Revolution - (10 * Bench.Millisecond);
        Assert.InRange(_bench.UntilInterrupt(), expected - (50 * Bench.Microsecond), expected);
    }

    [Fact]
    public void The_settle_flag_waits_fifteen_milliseconds_first()
    {
        _bench.WithDisk();
        _bench.Seek(0);
        _bench.Aim(0x1000, 1);
        _bench.UntilIndex();
        _bench.Write(Bench.Sector, 1);
        _bench.Write(Bench.Command, 0x84);
        Assert.True(_bench.UntilInterrupt() > Bench.Revolution);
    }

    [Fact]
    public void Nine_sectors_in_one_command_take_less_than_two_revolutions()
    {
        var disk = _bench.WithDisk();
        _bench.Seek(7);
        _bench.Aim(0x2000, 9);
        _bench.Write(Bench.Sector, 1);
        _bench.Write(Bench.Command, 0x90);
        _bench.Run(2 * Bench.Revolution);
        _bench.Write(Bench.Command, 0xD0);
        Assert.Equal(disk.CopyContent().Track(7, 0).ToArray(), _bench.Memory[0x2000..0x3200]);
        Assert.Equal(10, _bench.Read(Bench.Sector));
        Assert.Equal(0, _bench.Peek(0xFF8606) & 2);
    }

    [Fact]
    public void A_sector_that_is_not_there_is_not_found_after_five_index_pulses()
    {
        _bench.WithDisk();
        _bench.Seek(0);
        _bench.Aim(0x1000, 1);
        _bench.Write(Bench.Sector, 10);
        _bench.UntilIndex();
        _bench.Write(Bench.Command, 0x80);
        Assert.InRange(_bench.UntilInterrupt(), (5 * Bench.Revolution) - (50 * Bench.Microsecond), 5 * Bench.Revolution);
        Assert.Equal(0x80 | RecordNotFound, _bench.Read(Bench.Command));
    }

    [Fact]
    public void The_track_register_must_agree_with_the_ids()
    {
        _bench.WithDisk();
        _bench.Seek(4);
        _bench.Write(Bench.Track, 5);
        _bench.Write(Bench.Sector, 1);
        Assert.Equal(RecordNotFound, _bench.Do(0x80) & RecordNotFound);
    }

    [Fact]
    public void The_side_comes_from_the_sound_chips_port()
    {
        var disk = _bench.WithDisk();
        _bench.Seek(5);
        _bench.Select(0, side: 1);
        _bench.Aim(0x1000, 1);
        _bench.Write(Bench.Sector, 2);
        Assert.Equal(0x80, _bench.Do(0x80));
        Assert.Equal(disk.Read(5, 1, 1).ToArray(), _bench.Memory[0x1000..0x1200]);
    }

    [Fact]
    public void Two_drives_have_their_own_heads_and_disks()
    {
        _bench.WithDisk();
        var other = FloppyImage.InMemory("b.st", Bench.Numbered(new(80, 1, 10)));
        _bench.Drives.Insert(1, other, _bench.Now);
        _bench.Seek(20);
        _bench.Run(3 * Bench.Revolution);
        _bench.Select(1);
        _bench.Seek(3);
        _bench.Aim(0x1000, 1);
        _bench.Write(Bench.Sector, 10);
        Assert.Equal(0x80, _bench.Do(0x80));
        Assert.Equal(other.Read(3, 0, 9).ToArray(), _bench.Memory[0x1000..0x1200]);
        _bench.Select(0);
        _bench.Write(Bench.Track, 20);
        _bench.Write(Bench.Sector, 1);
        Assert.Equal(0x80, _bench.Do(0x80));
    }

    [Fact]
    public void A_written_sector_is_on_the_disk()
    {
        var disk = _bench.WithDisk();
        _bench.Seek(9);
        new Random(1).NextBytes(_bench.Memory.AsSpan(0x4000, 1024));
        _bench.Aim(0x4000, 2, ToDisk);
        _bench.Write(Bench.Sector, 4, ToDisk);
        Assert.Equal(0x80, _bench.Do(0xA0, ToDisk));
        Assert.Equal(_bench.Memory[0x4000..0x4200], disk.Read(9, 0, 3).ToArray());
        _bench.Write(Bench.Sector, 5, ToDisk);
        Assert.Equal(0x80, _bench.Do(0xA0, ToDisk));
        Assert.Equal(_bench.Memory[0x4200..0x4400], disk.Read(9, 0, 4).ToArray());
        Assert.Equal(0x4400u, _bench.DmaAddress());
        Assert.Equal(1, _bench.Peek(0xFF8606) & 7);
    }

    [Fact]
    public void A_write_to_a_protected_disk_ends_at_once_and_says_so()
    {
        var disk = _bench.WithDisk(writeProtect: true);
        byte[] before = disk.Read(9, 0, 3).ToArray();
        _bench.Seek(9);
        _bench.Aim(0x4000, 1, ToDisk);
        _bench.Write(Bench.Sector, 4, ToDisk);
        _bench.Write(Bench.Command, 0xA0, ToDisk);
        Assert.Equal(0, _bench.UntilInterrupt());
        Assert.Equal(WriteProtect, _bench.Read(Bench.Command, ToDisk) & WriteProtect);
        Assert.Equal(before, disk.Read(9, 0, 3).ToArray());
    }

    [Fact]
    public void Without_dma_the_processor_must_fetch_every_byte_in_time()
    {
        _bench.WithDisk();
        _bench.Seek(0);
        _bench.Write(Bench.Sector, 1);
        Assert.Equal(LostData, _bench.Do(0x80, 0x40) & LostData);
        var bytes = new List<byte>();
        _bench.Write(Bench.Command, 0x80, 0x40);
        while (!_bench.Interrupt)
        {
            _bench.Run(5 * Bench.Microsecond);
            if ((_bench.Peek(0xFF8606) & 4) != 0)
            {
                bytes.Add(_bench.Read(Bench.Data, 0x40));
                _bench.Poke(0xFF8606, 0xC0);
            }
        }

        Assert.Equal(0, _bench.Read(Bench.Command, 0x40) & LostData);
        Assert.Equal(512, bytes.Count);
    }

    [Fact]
    public void A_write_whose_first_byte_never_comes_writes_nothing()
    {
        var disk = _bench.WithDisk();
        string before = disk.ContentHash();
        _bench.Seek(0);
        _bench.Write(Bench.Sector, 1, 0x140);
        Assert.Equal(LostData, _bench.Do(0xA0, 0x140) & LostData);
        Assert.Equal(before, disk.ContentHash());
    }

    [Fact]
    public void Bytes_beyond_the_sector_count_are_dropped_as_a_dma_error()
    {
        _bench.WithDisk();
        _bench.Seek(0);
        _bench.Aim(0x1000, 1);
        _bench.Write(Bench.Sector, 1);
        _bench.Write(Bench.Command, 0x90);
        _bench.Run(Bench.Revolution + (60 * Bench.Millisecond));
        Assert.Equal(0, _bench.Peek(0xFF8606) & 3);
        Assert.Equal(0x1200u, _bench.DmaAddress());
        Assert.All(_bench.Memory[0x1200..0x1400], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Memory_is_touched_every_sixteen_bytes()
    {
        _bench.WithDisk();
        _bench.Seek(0);
        _bench.Aim(0x1000, 1);
        _bench.UntilIndex();
        _bench.Write(Bench.Sector, 1);
        _bench.Write(Bench.Command, 0x80);
        _bench.Run((72 + 48 + 15) * 32 * Bench.Microsecond);
        Assert.Equal(0x1000u, _bench.DmaAddress());
        _bench.Run(32 * Bench.Microsecond);
        Assert.Equal(0x1010u, _bench.DmaAddress());
    }

    [Fact]
    public void Read_address_gives_the_next_id_with_its_crc()
    {
        _bench.WithDisk();
        _bench.Seek(17);
        _bench.UntilIndex();
        _bench.Aim(0x1000, 1);
        for (int id = 0; id < 8; id++)
        {
            Assert.Equal(0x80, _bench.Do(0xC0));
            Assert.Equal(17, _bench.Read(Bench.Sector));
        }

        // 48 bytes are three bursts.
        Assert.Equal([17, 0, 1, 2], _bench.Memory[0x1000..0x1004]);
        Assert.Equal([17, 0, 2, 2], _bench.Memory[0x1006..0x100A]);
        Assert.Equal([17, 0, 8, 2], _bench.Memory[0x102A..0x102E]);
        ushort crc = MfmCrc.Add(MfmCrc.AfterSync, [0xFE, 17, 0, 1, 2]);
        Assert.Equal([(byte)(crc >> 8), (byte)crc], _bench.Memory[0x1004..0x1006]);
    }

    [Fact]
    public void Taking_the_disk_out_in_the_middle_of_a_sector_is_a_crc_error()
    {
        _bench.WithDisk();
        _bench.Seek(0);
        _bench.Aim(0x1000, 1);
        _bench.UntilIndex();
        _bench.Write(Bench.Sector, 1);
        _bench.Write(Bench.Command, 0x80);
        _bench.Run(10 * Bench.Millisecond);
        _bench.Drives.Eject(0, _bench.Now);
        _bench.UntilInterrupt();
        Assert.Equal(CrcError, _bench.Read(Bench.Command) & CrcError);
    }

    [Fact]
    public void Force_interrupt_ends_a_transfer_where_it_is()
    {
        _bench.WithDisk();
        _bench.Seek(0);
        _bench.Aim(0x1000, 1);
        _bench.UntilIndex();
        _bench.Write(Bench.Sector, 1);
        _bench.Write(Bench.Command, 0x80);
        _bench.Run(10 * Bench.Millisecond);
        _bench.Write(Bench.Command, 0xD0);
        uint address = _bench.DmaAddress();
        Assert.Equal(0x80, _bench.Read(Bench.Command));
        _bench.Run(Bench.Revolution);
        Assert.Equal(address, _bench.DmaAddress());
    }

    [Fact]
    public void Inspecting_disturbs_nothing()
    {
        _bench.WithDisk();
        _bench.Do(0x00);
        _bench.Write(Bench.Command, 0xD8);
        string before = StateHasher.Hash(_bench);
        var device = (Attic.Abi.Buses.IWordDevice)_bench.Chips[0];
        for (uint address = 0xFF8600; address < 0xFF8610; address += 2)
        {
            device.Peek(address, _bench.Now);
        }

        foreach (var chip in _bench.Chips)
        {
            ((Attic.Abi.Chips.IRegisterSource)chip).AddRegisters([]);
        }

        Assert.Equal(before, StateHasher.Hash(_bench));
    }

    [Fact]
    public void The_hard_disk_port_answers_nothing()
    {
        _bench.Poke(0xFF8606, 0x88);
        _bench.Poke(0xFF8604, 0x00);
        _bench.Poke(0xFF8606, 0x8A);
        _bench.Run(Bench.Revolution);
        Assert.False(_bench.Interrupt);
        Assert.Equal(0xFF, _bench.Peek(0xFF8604) & 0xFF);
    }

    [Fact]
    public void The_address_counter_carries_when_a_bytes_top_bit_falls()
    {
        _bench.Poke(0xFF860A, 0x10);
        _bench.Poke(0xFF860C, 0x80);
        _bench.Poke(0xFF860C, 0x01);
        Assert.Equal(0x1100u, _bench.DmaAddress());
        _bench.Poke(0xFF8608, 0xFF);
        Assert.Equal(0x3F1100u, _bench.DmaAddress());
    }

    [Fact]
    public void A_saved_state_goes_on_exactly_as_the_original()
    {
        _bench.WithDisk();
        _bench.Seek(2);
        _bench.Aim(0x1000, 9, ToDisk);
        _bench.Write(Bench.Sector, 1, ToDisk);
        _bench.Write(Bench.Command, 0xB0, ToDisk);
        _bench.Run(70 * Bench.Millisecond);
        byte[] state = new StateSaver().Save(_bench).ToArray();
        var then = _bench.Now;
        _bench.Run(Bench.Revolution);
        string straight = StateHasher.Hash(_bench);

        new StateLoader().Load(_bench, state);
        _bench.TurnBack(then);
        _bench.Run(Bench.Revolution);
        Assert.Equal(straight, StateHasher.Hash(_bench));
    }

    [Fact]
    public void A_state_of_a_machine_with_another_disk_is_refused()
    {
        _bench.WithDisk();
        byte[] state = new StateSaver().Save(_bench).ToArray();
        _bench.Drives.Eject(0, _bench.Now);
        Assert.Throws<InvalidDataException>(() => new StateLoader().Load(_bench, state));
    }

    [Fact]
    public void Single_bytes_of_time_and_long_runs_give_the_same_result()
    {
        static string Run(long step)
        {
            var bench = new Bench();
            bench.WithDisk();
            bench.Seek(2);
            bench.Aim(0x1000, 3);
            bench.Write(Bench.Sector, 1);
            bench.Write(Bench.Command, 0x90);
            for (long time = 0; time < 64 * Bench.Millisecond; time += step)
            {
                bench.Run(step);
                bench.Chips[1].CatchUp(bench.Now);
            }

            return StateHasher.Hash(bench);
        }

        Assert.Equal(Run(64 * Bench.Millisecond), Run(20 * Bench.Microsecond));
    }
}
