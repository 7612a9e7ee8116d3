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
internal sealed class StMachine : ChipMachine, ICartridgePort, IMemoryInspector
{
    /// <summary>The chips in the order in which simultaneous deadlines act and in which they are synchronised.</summary>
    public static readonly string[] SlotOrder =
        ["glue", "mmu", "shifter", "mfp", "acia.keyboard", "acia.midi", "ikbd", "psg", "dma", "fdc"];

    private const int CartridgeBytes = 128 * 1024;
    private const long LongestFrame = 512 * 512;

    private readonly IM68kCpuFactory _processors;
    private readonly StBoard _board;
    private readonly IStVideo _video;
    private readonly int _monitorDriver;
    private readonly ScreenTextReader _screenText;
    private IM68kCpu _cpu;

    public StMachine(MachineConfiguration configuration, IM68kCpuFactory processors, IReadOnlyList<IChipModule> modules)
        : base(configuration, ClockRate.Hertz(configuration.Region == VideoRegion.Pal ? 32_084_988 : 32_042_400), SlotOrder)
    {
        _processors = processors;
        var rom = RomImage.Place(configuration.Rom.Span);
        _board = new StBoard(new MemoryBanks(configuration.RamKilobytes), rom, Deadlines, Wiring);
        _monitorDriver = Wiring.Wire(StPins.MonochromeDetect).AddDriver();
        var context = new ChipContext(Configuration, Deadlines, Wiring, _board, _board.Ram, Audio);
        Plug(modules.SelectMany(module => module.CreateChips(context)));
        _video = Chips.OfType<IStVideo>().FirstOrDefault()
            ?? throw new ArgumentException("The video module brings no video chips for an ST.", nameof(modules));
        _board.Connect(Chips, _video);
        _cpu = _processors.Create<StBus, NoTrace>(new StBus(_board), default);
        _screenText = new ScreenTextReader(rom.Bytes, rom.Start, () => _video.Frame);
        PowerOn();
    }

    /// <inheritdoc/>
    public override int CpuDivider => 4;

    /// <inheritdoc/>
    public override long NominalFrameCycles =>
        Configuration.Monitor == MonitorKind.Monochrome ? 501 * 224
        : Configuration.Region == VideoRegion.Pal ? 313 * 512
        : 263 * 508;

    /// <inheritdoc/>
    public override MasterCycles Now => Clock.ToMaster(CpuDivider);

    /// <inheritdoc/>
    public override long Ticks => _cpu.Registers.Ticks;

    /// <inheritdoc/>
    public override long FrameNumber => _video.FrameNumber;

    /// <inheritdoc/>
    public override VideoFrame Frame => _video.Frame;

    /// <inheritdoc/>
    public int AddressBits => 24;

    /// <summary>The processor's registers, for inspectors; to be changed only between two runs.</summary>
    public ref M68kRegisters Registers => ref _cpu.Registers;

    /// <summary>The board, for tests of it alone.</summary>
    internal StBoard Board => _board;

    private CpuCycles Clock => _cpu.Registers.Clock;

    /// <inheritdoc/>
    public override void RunFrame()
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
    public override void RunTicks(int count)
    {
        for (long end = Ticks + count; Ticks < end;)
        {
            _cpu.Step();
        }

        _board.Dispatch(Clock);
    }

    /// <inheritdoc/>
    public override void SetTrace(ITraceSink? sink)
    {
        var bus = new StBus(_board);
        var next = sink is null
            ? _processors.Create<StBus, NoTrace>(bus, default)
            : _processors.Create<StBus, SinkTrace>(bus, new SinkTrace(sink));
        next.Registers = _cpu.Registers;
        _cpu = next;
    }

    /// <inheritdoc/>
    public override T? Capability<T>()
        where T : class =>
        this as T ?? _cpu as T ?? _screenText as T ?? Chips.OfType<T>().FirstOrDefault();

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
    public override void Visit(StateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Part("cpu", _cpu);
        visitor.Part("deadlines", Deadlines);
        visitor.Part("wiring", Wiring);
        visitor.Part("board", _board);
        foreach (var chip in Plugged)
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

    /// <inheritdoc/>
    protected override void PowerOn()
    {
        var (clock, ticks, frames) = (Clock, Ticks, _video.FrameNumber);
        StateEraser.Erase(this);
        Deadlines.Clear();
        _cpu.Registers.Clock = clock;
        _cpu.Registers.Ticks = ticks;
        _video.FrameNumber = frames;
        PowerOnMemory.Fill(_board.Ram, Configuration.Seed);
        Wiring.Wire(StPins.MonochromeDetect).Drive(_monitorDriver, Configuration.Monitor != MonitorKind.Monochrome, Now);
        ResetChips(ResetKind.Cold, Now);
        _cpu.Reset();
    }

    /// <inheritdoc/>
    protected override void Dispatch() => _board.Dispatch(Clock);

    /// <inheritdoc/>
    protected override void ResetProcessor() => _cpu.Reset();

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
}
