using Attic.Abi.AtariXl;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Cpu;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using Attic.Abi.Wires;
using Attic.Modules.XlMachine.Cartridges;

namespace Attic.Modules.XlMachine;

/// <summary>
/// An Atari 800XL or 130XE: the schematic in code. One crystal gives the hi-res pixel clock, a fourth of it the processor's;
/// chips are found by name, connected by named wires, and act in the order of <see cref="SlotOrder"/>.
/// </summary>
internal sealed class XlMachine : ChipMachine, IMemoryInspector
{
    /// <summary>The chips in the order in which simultaneous deadlines act and in which they are synchronised.</summary>
    public static readonly string[] SlotOrder = ["antic", "gtia", "pokey", "pia", "disk", "printer", "tape", "sio", BootKeys.Slot];

    private const int OsBytes = 0x4000;

    private readonly IMos6502CpuFactory _processors;
    private readonly XlInterrupts _interrupts = new();
    private readonly PagedMemory _memory;
    private readonly MemoryMap _map;
    private readonly CartridgeSlot _slot;
    private readonly ProgramPort _programs;
    private readonly XlBoard _board;
    private readonly IXlVideo _video;
    private readonly ScreenReader _screen;
    private readonly XlInput _input;
    private readonly BootKeys _bootKeys;
    private IMos6502Cpu _cpu;

    public XlMachine(MachineConfiguration configuration, IMos6502CpuFactory processors, IReadOnlyList<IChipModule> modules)
        : base(configuration, Crystal(configuration.Region), SlotOrder)
    {
        _processors = processors;
        var banks = BankSelect.Of(configuration.RamKilobytes, configuration.Xl.Expansion);
        _memory = new PagedMemory(MemoryMap.SizeFor(banks));
        _slot = new CartridgeSlot(OnCartridge);
        _board = new XlBoard(_memory, _interrupts, Deadlines, Wiring.Wire(XlPins.Irq), _slot);
        _map = new MemoryMap(_memory, banks, Wiring.Port(XlPins.PortB), _slot, _board.CatchUpVideo, configuration.Xl.FastSio);
        var context = new XlChipContext(Configuration, Deadlines, Wiring, new NoDma(), Audio, _memory, _interrupts, new SioBus());
        Plug(modules.SelectMany(module => module.CreateChips(context)));
        _board.FastSio = configuration.Xl.FastSio ? new FastSio(_board, _memory, _map.OsOffset, [.. Chips.OfType<IInstantSio>()]) : null;
        _video = Find<IXlVideoChip>().Video;
        _board.Plug(_video, Find<IXlKeyboard>() as IByteDevice ?? throw Missing("POKEY"), Find<IXlSticks>() as IByteDevice ?? throw Missing("PIA"));
        _cpu = _processors.Create(new XlBus(_board));
        _screen = new ScreenReader(_memory, _video);
        _bootKeys = new BootKeys(Deadlines, this, NominalFrameCycles * Scanline.MasterPerCycle, () => _input!.Drive()) { AtPowerOn = configuration.Xl.BootKeys };
        _input = new XlInput(Find<IXlKeyboard>(), Find<IXlSticks>(), _video, this, this, _bootKeys, _slot);
        _programs = new ProgramPort(Chips.OfType<IFloppyDrives>().FirstOrDefault());
        _slot.Programs = _programs;
        PowerOn();
    }

    /// <inheritdoc/>
    public override int CpuDivider => Scanline.MasterPerCycle;

    /// <inheritdoc/>
    public override long NominalFrameCycles => Scanline.Cycles * (Configuration.Region == VideoRegion.Pal ? 312L : 262L);

    /// <inheritdoc/>
    public override int LineCycles => Scanline.Cycles;

    /// <inheritdoc/>
    public override MasterCycles Now => _board.Now;

    /// <inheritdoc/>
    public override long Ticks => _cpu.Registers.Ticks;

    /// <inheritdoc/>
    public override long FrameNumber => _video.FrameNumber;

    /// <inheritdoc/>
    public override VideoFrame Frame => _video.Frame;

    /// <inheritdoc/>
    public int AddressBits => 16;

    /// <summary>The processor's registers, for inspectors; to be changed only between two runs.</summary>
    public ref Mos6502Registers Registers => ref _cpu.Registers;

    /// <inheritdoc/>
    public override void RunFrame()
    {
        _board.StopAfterFrame();
        _cpu.Run(in _board.Stop);
        while (_board.FastSio is { } sio && sio.TakeCall())
        {
            sio.Serve(ref _cpu.Registers);
            _board.Stop = _board.FrameIsComplete;
            _cpu.Run(in _board.Stop);
        }

        Synchronize();
    }

    /// <inheritdoc/>
    public override void RunTicks(int count)
    {
        for (long end = Ticks + count; Ticks < end;)
        {
            _cpu.Step();
            if (_board.FastSio is { } sio && sio.TakeCall())
            {
                sio.Serve(ref _cpu.Registers);
            }
        }

        // What was on the bus is no state: the video chips take it before anybody looks.
        _video.CatchUpTo(_video.Line.Next);
        _board.Dispatch();
    }

    /// <inheritdoc/>
    public override void SetTrace(ITraceSink? sink)
    {
        var next = sink is null
            ? _processors.Create(new XlBus(_board))
            : _processors.Create(new XlTracingBus(_board, sink, () => _cpu.Registers.Next));
        next.Registers = _cpu.Registers;
        _cpu = next;
    }

    /// <inheritdoc/>
    public override T? Capability<T>()
        where T : class =>
        this as T ?? _cpu as T ?? _input as T ?? _screen as T ?? _slot as T ?? _bootKeys as T ?? Chips.OfType<T>().FirstOrDefault();

    /// <inheritdoc/>
    public void Peek(uint address, Span<byte> bytes)
    {
        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[index] = _board.Peek((ushort)(address + (uint)index));
        }
    }

    /// <inheritdoc/>
    public int Poke(uint address, ReadOnlySpan<byte> bytes)
    {
        int written = 0;
        for (int index = 0; index < bytes.Length; index++)
        {
            ushort at = (ushort)(address + (uint)index);
            int page = _memory.ProcessorWrites[at >> 8];
            if (page >= 0)
            {
                _memory.Bytes[page + (byte)at] = bytes[index];
                written++;
            }
        }

        return written;
    }

    /// <inheritdoc/>
    public string RegionOf(uint address)
    {
        int page = (int)(address >> 8) & 0xFF;
        return _map.RegionOf(page) ?? RegionOfRegisters(page);
    }

    /// <inheritdoc/>
    public override void Visit(StateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Part("cpu", _cpu);
        visitor.Part("deadlines", Deadlines);
        visitor.Part("wiring", Wiring);
        visitor.Part("board", _board);
        visitor.Part("bootkeys", _bootKeys);
        visitor.Part("input", _input);
        visitor.Part("cartridge", _slot);
        visitor.Part("program", _programs);
        visitor.Memory("ram", _map.Ram);
        foreach (var chip in Plugged)
        {
            visitor.Part(chip.Name, chip);
        }

        _map.Refresh();
    }

    /// <inheritdoc/>
    protected override void PowerOn()
    {
        var (now, ticks, frames) = (Now, Ticks, _video.FrameNumber);
        StateEraser.Erase(this);
        Deadlines.Clear();
        (_interrupts.NmiSince, _interrupts.IrqSince) = (long.MaxValue, long.MaxValue);
        PowerOnMemory.Fill(_map.Ram, Configuration.Xl.PowerOnMemory, Configuration.Seed);
        var rom = Configuration.Rom.Span;
        rom[..OsBytes].CopyTo(_map.Os);
        _map.Basic.Fill(0xFF);
        rom[OsBytes..].CopyTo(_map.Basic);
        ResetChips(ResetKind.Cold, now);
        _video.FrameNumber = frames;
        _cpu.Reset();
        _cpu.Registers.Ticks = ticks;
        _slot.PowerOn();
        _programs.PowerOn();
        _bootKeys.PowerOn(now);
        _input.PowerOn();
    }

    /// <inheritdoc/>
    protected override void Dispatch() => _board.Dispatch();

    /// <inheritdoc/>
    protected override void ResetProcessor()
    {
        _board.Dispatch();
        _cpu.Reset();
    }

    // NTSC: twice the colour carrier of 315/88 MHz; PAL: twice 3.546894 MHz (schematics of the 800XL).
    private static ClockRate Crystal(VideoRegion region) => region == VideoRegion.Pal ? ClockRate.Hertz(7_093_788) : new ClockRate(315_000_000, 44);

    private static string RegionOfRegisters(int page) => page switch
    {
        0xD0 => "io.gtia",
        0xD2 => "io.pokey",
        0xD3 => "io.pia",
        0xD4 => "io.antic",
        0xD5 => "io.cartridge",
        FastSio.Page => "rom.os",
        _ => "unmapped",
    };

    private static InvalidOperationException Missing(string what) => new($"The modules bring no {what} for an XL.");

    private T Find<T>()
        where T : class =>
        Chips.OfType<T>().FirstOrDefault() ?? throw Missing(typeof(T).Name);

    private void OnCartridge()
    {
        _map.OnCartridge();
        _input.Drive();
    }
}
