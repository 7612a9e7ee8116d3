using Attic.Abi.AtariSt;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.StVideo.Tests;

/// <summary>The three video chips on an empty board; time in processor cycles.</summary>
internal sealed class VideoRig : IStateful, IDmaMemory, IWireSink
{
    public const int Hz50 = 2;
    private readonly DeadlineSlots _deadlines = new("glue", "mmu", "shifter");
    private readonly Wiring _wiring = new();
    private readonly IReadOnlyList<IChip> _chips;

    public VideoRig(MonitorKind monitor = MonitorKind.Colour)
    {
        var configuration = new MachineConfiguration
        {
            Machine = "atari_st",
            Profile = "test",
            Region = VideoRegion.Pal,
            RamKilobytes = 1024,
            Rom = default,
            Monitor = monitor,
            MasterClock = ClockRate.Hertz(32_084_988),
        };
        var context = new ChipContext(configuration, _deadlines, _wiring, this, Ram, new AudioBuffer(48_000));
        _chips = new StVideoModule().CreateChips(context);
        Video = (IStVideo)_chips[0];
        _wiring.Wire(StPins.DisplayEnable).Connect(this);
        foreach (var chip in _chips)
        {
            chip.Reset(ResetKind.Cold, default);
        }
    }

    public byte[] Ram { get; } = new byte[1 << 20];

    public IStVideo Video { get; }

    public DeadlineSlots Deadlines => _deadlines;

    public Wiring Wiring => _wiring;

    /// <summary>Every change of display enable: level and cycle.</summary>
    public List<(bool Level, long Cycle)> DisplayEnable { get; } = [];

    /// <summary>A rig at the start of a 50 Hz frame in low resolution, base at 0x10000.</summary>
    public static VideoRig At50Hz()
    {
        var rig = new VideoRig();
        rig.Write(0xFF820A, Hz50 << 8, 0);
        rig.Write(0xFF8200, 1, 0);
        rig.RunFrames(1);
        rig.DisplayEnable.Clear();
        return rig;
    }

    /// <summary>The cycle at which the present frame began.</summary>
    public long FrameStart { get; private set; }

    /// <summary>Dispatches deadlines up to <paramref name="cycle"/> and brings the chips there.</summary>
    public void RunTo(long cycle)
    {
        Deadlines.Dispatch(At(cycle));
        Video.CatchUp(At(cycle));
    }

    public void RunFrames(int count)
    {
        for (; count > 0; count--)
        {
            FrameStart = Video.NextFrameEnd.Count / 4;
            RunTo(FrameStart);
        }
    }

    public ushort Read(uint address, long cycle) => Device(address).Read(address, ByteLanes.Both, At(cycle));

    public void Write(uint address, int value, long cycle)
    {
        Deadlines.Dispatch(At(cycle));
        Device(address).Write(address, (ushort)value, ByteLanes.Both, At(cycle));
    }

    /// <summary>A write of the processor into RAM, as the board carries it out.</summary>
    public void WriteRam(uint address, byte value, long cycle)
    {
        if (address - Video.FetchWindow.Start < Video.FetchWindow.Length)
        {
            Video.CatchUp(At(cycle));
        }

        Ram[address] = value;
    }

    public int Counter(long cycle) =>
        ((Read(0xFF8204, cycle) & 0xFF) << 16) | ((Read(0xFF8206, cycle) & 0xFF) << 8) | (Read(0xFF8208, cycle) & 0xFF);

    /// <summary>The codes of a raster row at full width.</summary>
    public ushort[] Row(int y)
    {
        var row = new ushort[Video.Frame.Width];
        Video.Frame.ReadLine(y, row);
        return row;
    }

    public void Visit(StateVisitor visitor)
    {
        visitor.Part("deadlines", _deadlines);
        visitor.Part("wiring", _wiring);
        foreach (var chip in _chips)
        {
            visitor.Part(chip.Name, chip);
        }

        visitor.Memory("ram", Ram);
    }

    public void OnWire(Wire wire, bool level, MasterCycles at) => DisplayEnable.Add((level, at.Count / 4));

    ushort IDmaMemory.ReadWord(uint address) => 0xFFFF;

    void IDmaMemory.WriteWord(uint address, ushort value)
    {
    }

    void IDmaMemory.StealCpuCycles(int cycles)
    {
    }

    public static MasterCycles At(long cycle) => new(cycle * 4);

    private IWordDevice Device(uint address) => address switch
    {
        0xFF820A => Video.Glue,
        < 0xFF8240 => Video.Mmu,
        _ => Video.Shifter,
    };
}
