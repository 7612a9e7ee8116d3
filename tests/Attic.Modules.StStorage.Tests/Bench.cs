using Attic.Abi.AtariSt;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;
using Attic.Media.Floppies;

namespace Attic.Modules.StStorage.Tests;

/// <summary>The two chips on a workbench: a clock to turn, a bus to poke, a memory, and disks. 32 master cycles are 1 µs.</summary>
internal sealed class Bench : IDmaMemory, IStateful
{
    public const long Microsecond = 32;
    public const long Millisecond = 1000 * Microsecond;
    public const long Revolution = 200 * Millisecond;
    public const int Command = 0x80;
    public const int Track = 0x82;
    public const int Sector = 0x84;
    public const int Data = 0x86;
    private readonly IReadOnlyList<IChip> _chips;
    private readonly DeadlineSlots _deadlines = new("dma", "fdc");
    private readonly Wiring _wiring = new();
    private byte _portA = 0xFF;

    public Bench(uint seed = 1)
    {
        var configuration = new MachineConfiguration
        {
            Machine = "atari_st",
            Profile = "st_1040_pal",
            Region = VideoRegion.Pal,
            RamKilobytes = 1024,
            Rom = ReadOnlyMemory<byte>.Empty,
            Seed = seed,
            MasterClock = ClockRate.Hertz(32_000_000),
        };
        _chips = new StStorageModule().CreateChips(
            new(configuration, _deadlines, _wiring, this, Memory, new AudioBuffer(48_000)));
        _wiring.Port(StPins.PsgPortA).Drive(_portA, Now);
    }

    public MasterCycles Now { get; private set; }

    public byte[] Memory { get; } = new byte[1 << 20];

    public int StolenCycles { get; private set; }

    public IFloppyDrives Drives => (IFloppyDrives)_chips[1];

    public IActivity Activity => (IActivity)_chips[1];

    public IReadOnlyList<IChip> Chips => _chips;

    public bool Interrupt => !_wiring.Wire(StPins.DiskInterrupt).Level;

    private IWordDevice Dma => (IWordDevice)_chips[0];

    public static DiskContent Numbered(DiskGeometry geometry)
    {
        byte[] sectors = new byte[geometry.Bytes];
        for (int sector = 0; sector < geometry.Sectors; sector++)
        {
            sectors.AsSpan(sector * 512, 512).Fill((byte)((sector * 7) + 1));
            sectors[sector * 512] = (byte)sector;
        }

        return new(geometry, sectors);
    }

    /// <summary>A disk in drive A, which is selected.</summary>
    public FloppyImage WithDisk(DiskGeometry? geometry = null, bool writeProtect = false)
    {
        var disk = FloppyImage.InMemory("disk.st", Numbered(geometry ?? DiskGeometry.DoubleSided), writeProtect);
        Drives.Insert(0, disk, Now);
        Select(0);
        return disk;
    }

    /// <summary>Selects a drive (-1 for none) and a side.</summary>
    public void Select(int drive, int side = 0)
    {
        _portA = (byte)(0xF8 | (side == 0 ? 1 : 0) | (drive == 0 ? 0 : 2) | (drive == 1 ? 0 : 4));
        _wiring.Port(StPins.PsgPortA).Drive(_portA, Now);
    }

    public void Run(long cycles)
    {
        long end = Now.Count + cycles;
        while (_deadlines.Next.Count <= end)
        {
            Now = new(Math.Max(Now.Count, _deadlines.Next.Count));
            _deadlines.Dispatch(Now);
        }

        Now = new(end);
    }

    /// <summary>Runs until the interrupt line falls.</summary>
    /// <returns>How long that took.</returns>
    public long UntilInterrupt(long limit = 20 * Revolution)
    {
        long start = Now.Count;
        while (!Interrupt)
        {
            long next = _deadlines.Next.Count;
            Assert.True(next <= start + limit, "No interrupt came.");
            Now = new(Math.Max(Now.Count, next));
            _deadlines.Dispatch(Now);
        }

        return Now.Count - start;
    }

    /// <summary>After a state was loaded: the moment at which it was saved.</summary>
    public void TurnBack(MasterCycles then) => Now = then;

    public void Poke(uint address, int value) => Dma.Write(address, (ushort)value, ByteLanes.Both, Now);

    public ushort Peek(uint address) => Dma.Read(address, ByteLanes.Both, Now);

    public void Write(int register, int value, int direction = 0)
    {
        Poke(0xFF8606, register | direction);
        Poke(0xFF8604, value);
    }

    public byte Read(int register, int direction = 0)
    {
        Poke(0xFF8606, register | direction);
        return (byte)Peek(0xFF8604);
    }

    /// <summary>Aims the DMA chip: clears it by turning it round twice, then sets address and count.</summary>
    public void Aim(uint address, int sectors, int direction = 0)
    {
        Poke(0xFF860C, (int)(address & 0xFF));
        Poke(0xFF860A, (int)((address >> 8) & 0xFF));
        Poke(0xFF8608, (int)(address >> 16));
        Poke(0xFF8606, 0x90 | (direction ^ 0x100));
        Poke(0xFF8606, 0x90 | direction);
        Poke(0xFF8604, sectors);
    }

    /// <summary>Gives a command and waits for its end.</summary>
    /// <returns>The status register.</returns>
    public byte Do(int command, int direction = 0)
    {
        Write(Command, command, direction);
        UntilInterrupt();
        return Read(Command, direction);
    }

    /// <summary>Gets the motor up to speed with the heads on a track.</summary>
    public void Seek(int track)
    {
        Do(0x00);
        Write(Data, track);
        Do(0x13);
        Assert.Equal(track, Read(Track));
    }

    public uint DmaAddress() =>
        (uint)(((Peek(0xFF8608) & 0xFF) << 16) | ((Peek(0xFF860A) & 0xFF) << 8) | (Peek(0xFF860C) & 0xFF));

    /// <summary>Runs to the next index pulse.</summary>
    public void UntilIndex()
    {
        while ((Read(Command) & 2) != 0)
        {
            Run(10 * Microsecond);
        }

        while ((Read(Command) & 2) == 0)
        {
            Run(10 * Microsecond);
        }
    }

    ushort IDmaMemory.ReadWord(uint address) => (ushort)((Memory[address] << 8) | Memory[address + 1]);

    void IDmaMemory.WriteWord(uint address, ushort value)
    {
        Memory[address] = (byte)(value >> 8);
        Memory[address + 1] = (byte)value;
    }

    void IDmaMemory.StealCpuCycles(int cycles) => StolenCycles += cycles;

    public void Visit(StateVisitor visitor)
    {
        visitor.Memory("ram", Memory);
        visitor.Part("wires", _wiring);
        visitor.Part("deadlines", _deadlines);
        foreach (var chip in _chips)
        {
            visitor.Part(chip.Name, chip);
        }
    }
}
