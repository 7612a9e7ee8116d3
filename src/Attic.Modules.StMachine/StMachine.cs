using Attic.Abi.AtariSt;
using Attic.Abi.Chips;
using Attic.Abi.Cpu;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using Attic.Abi.Wires;
using Attic.Modules.StMachine.ScreenText;

namespace Attic.Modules.StMachine;

/// <summary>
/// An Atari 520/1040 ST: the schematic in code. One crystal of 32 MHz divided by four for the processor; chips are
/// found by name, connected by named wires, and act in the order of <see cref="SlotOrder"/>.
/// </summary>
internal sealed class StMachine : IMachine, ICartridgePort, IMemoryInspector, IActivity
{
    /// <summary>The chips in the order in which simultaneous deadlines act and in which they are synchronised.</summary>
    public static readonly string[] SlotOrder =
        ["glue", "mmu", "shifter", "mfp", "acia.keyboard", "acia.midi", "ikbd", "psg", "dma", "fdc"];

    private const int CartridgeBytes = 128 * 1024;
    private const long LongestFrame = 512 * 512;

    private readonly IM68kCpuFactory _processors;
    private readonly DeadlineSlots _deadlines = new(SlotOrder);
    private readonly Wiring _wiring = new();
    private readonly StBoard _board;
    private readonly IStVideo _video;
    private readonly IChip[] _chips;
    private readonly IActivity[] _activities;
    private readonly int _monitorDriver;
    private readonly ScreenTextReader _screenText;
    private IM68kCpu _cpu;

    public StMachine(MachineConfiguration configuration, IM68kCpuFactory processors, IReadOnlyList<IChipModule> modules)
    {
        MasterClock = ClockRate.Hertz(configuration.Region == VideoRegion.Pal ? 32_084_988 : 32_042_400);
        Configuration = configuration with { MasterClock = MasterClock };
        _processors = processors;
        Audio = new AudioBuffer(configuration.SampleRate);
        var rom = RomImage.Place(configuration.Rom.Span);
        _board = new StBoard(new MemoryBanks(configuration.RamKilobytes), rom, _deadlines, _wiring);
        _monitorDriver = _wiring.Wire(StPins.MonochromeDetect).AddDriver();
        var context = new ChipContext(Configuration, _deadlines, _wiring, _board, _board.Ram, Audio);
        _chips = InSlotOrder(modules.SelectMany(module => module.CreateChips(context)));
        _video = _chips.OfType<IStVideo>().FirstOrDefault()
            ?? throw new ArgumentException("The video module brings no video chips for an ST.", nameof(modules));
        _board.Connect(_chips, _video);
        _activities = [.. _chips.OfType<IActivity>()];
        _cpu = _processors.Create<StBus, NoTrace>(new StBus(_board), default);
        _screenText = new ScreenTextReader(rom.Bytes, rom.Start, () => _video.Frame);
        PowerOn();
    }

    /// <inheritdoc/>
    public MachineConfiguration Configuration { get; }

    /// <inheritdoc/>
    public ClockRate MasterClock { get; }

    /// <inheritdoc/>
    public int CpuDivider => 4;

    /// <inheritdoc/>
    public long NominalFrameCycles =>
        Configuration.Monitor == MonitorKind.Monochrome ? 501 * 224
        : Configuration.Region == VideoRegion.Pal ? 313 * 512
        : 263 * 508;

    /// <inheritdoc/>
    public MasterCycles Now => Clock.ToMaster(CpuDivider);

    /// <inheritdoc/>
    public long Ticks => _cpu.Registers.Ticks;

    /// <inheritdoc/>
    public long FrameNumber => _video.FrameNumber;

    /// <inheritdoc/>
    public IReadOnlyList<IChip> Chips => _chips;

    /// <inheritdoc/>
    public VideoFrame Frame => _video.Frame;

    /// <inheritdoc/>
    public AudioBuffer Audio { get; }

    /// <inheritdoc/>
    public int AddressBits => 24;

    /// <inheritdoc/>
    public long Disk => Sum(activity => activity.Disk);

    /// <inheritdoc/>
    public long Sound => Sum(activity => activity.Sound);

    /// <inheritdoc/>
    public long Keys => Sum(activity => activity.Keys);

    /// <summary>The processor's registers, for inspectors; to be changed only between two runs.</summary>
    public ref M68kRegisters Registers => ref _cpu.Registers;

    /// <summary>The board, for tests of it alone.</summary>
    internal StBoard Board => _board;

    private CpuCycles Clock => _cpu.Registers.Clock;

    /// <inheritdoc/>
    public void Reset(ResetKind kind)
    {
        if (kind == ResetKind.Cold)
        {
            PowerOn();
        }
        else
        {
            _board.Dispatch(Clock);
            ResetChips(ResetKind.Warm);
        }
    }

    /// <inheritdoc/>
    public void RunFrame()
    {
        long frame = _video.FrameNumber;
        while (_video.FrameNumber == frame)
        {
            _cpu.Run(CpuCycles.Ceiling(_video.NextFrameEnd, CpuDivider));
            _board.Dispatch(Clock);
        }

        Synchronize();
    }

    /// <inheritdoc/>
    public void RunTicks(int count)
    {
        for (long end = Ticks + count; Ticks < end;)
        {
            _cpu.Step();
        }

        _board.Dispatch(Clock);
    }

    /// <inheritdoc/>
    public void Synchronize()
    {
        _board.Dispatch(Clock);
        foreach (var chip in _chips)
        {
            chip.CatchUp(Now);
        }
    }

    /// <inheritdoc/>
    public void SetTrace(ITraceSink? sink)
    {
        var bus = new StBus(_board);
        var next = sink is null
            ? _processors.Create<StBus, NoTrace>(bus, default)
            : _processors.Create<StBus, SinkTrace>(bus, new SinkTrace(sink));
        next.Registers = _cpu.Registers;
        _cpu = next;
    }

    /// <inheritdoc/>
    public T? Capability<T>()
        where T : class =>
        this as T ?? _cpu as T ?? _screenText as T ?? _chips.OfType<T>().FirstOrDefault();

    /// <inheritdoc/>
    public void Insert(ReadOnlyMemory<byte> image)
    {
        if (image.Length is 0 or > CartridgeBytes)
        {
            throw new InvalidDataException($"A cartridge has 1 to {CartridgeBytes} bytes, this image has {image.Length}.");
        }

        _board.Cartridge = image.ToArray();
    }

    /// <inheritdoc/>
    public void Remove() => _board.Cartridge = null;

    /// <inheritdoc/>
    public void Peek(uint address, Span<byte> bytes)
    {
        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[index] = _board.Peek((address + (uint)index) & 0xFF_FFFF, Now);
        }
    }

    /// <inheritdoc/>
    public int Poke(uint address, ReadOnlySpan<byte> bytes)
    {
        int written = 0;
        for (int index = 0; index < bytes.Length; index++)
        {
            written += _board.Poke((address + (uint)index) & 0xFF_FFFF, bytes[index]) ? 1 : 0;
        }

        return written;
    }

    /// <inheritdoc/>
    public string RegionOf(uint address) => address switch
    {
        _ when _board.IsRom(address) => "rom.tos",
        < 0x40_0000 => "chip_ram",
        >= 0xFA_0000 and < 0xFC_0000 => "cartridge",
        >= 0xFF_8000 => RegionOfIo(IoMap.At(address).Device),
        _ => "unmapped",
    };

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Part("cpu", _cpu);
        visitor.Part("deadlines", _deadlines);
        visitor.Part("wiring", _wiring);
        visitor.Part("board", _board);
        foreach (var chip in _chips)
        {
            visitor.Part(chip.Name, chip);
        }

        // Chips catch up from where they were: a picture that ends ages from now would keep them at it for as long.
        long untilFrame = (_video.NextFrameEnd - Now).Count / CpuDivider;
        if (untilFrame is < -LongestFrame or > LongestFrame)
        {
            throw new InvalidDataException("The state's video is not of the time of its processor.");
        }
    }

    private static string RegionOfIo(IoDevice device) => device switch
    {
        IoDevice.Mmu or IoDevice.Glue => "io.mmu",
        IoDevice.Shifter => "io.video",
        IoDevice.Dma => "io.dma",
        IoDevice.Psg => "io.psg",
        IoDevice.Mfp => "io.mfp",
        IoDevice.KeyboardAcia or IoDevice.MidiAcia or IoDevice.AciaArea => "io.acia",
        _ => "unmapped",
    };

    private static IChip[] InSlotOrder(IEnumerable<IChip> chips) =>
        [.. chips.OrderBy(chip => Array.IndexOf(SlotOrder, chip.Name) is var place && place >= 0 ? place : SlotOrder.Length)];

    private long Sum(Func<IActivity, long> counter)
    {
        long sum = 0;
        foreach (var activity in _activities)
        {
            sum += counter(activity);
        }

        return sum;
    }

    // Nothing survives a power-on but the machine's time and its count of ticks and pictures, which never run backwards.
    private void PowerOn()
    {
        var (clock, ticks, frames) = (Clock, Ticks, _video.FrameNumber);
        StateEraser.Erase(this);
        _deadlines.Clear();
        _cpu.Registers.Clock = clock;
        _cpu.Registers.Ticks = ticks;
        _video.FrameNumber = frames;
        PowerOnMemory.Fill(_board.Ram, Configuration.Seed);
        _wiring.Wire(StPins.MonochromeDetect).Drive(_monitorDriver, Configuration.Monitor != MonitorKind.Monochrome, Now);
        ResetChips(ResetKind.Cold);
    }

    private void ResetChips(ResetKind kind)
    {
        foreach (var chip in _chips)
        {
            chip.Reset(kind, Now);
        }

        _cpu.Reset();
    }
}
