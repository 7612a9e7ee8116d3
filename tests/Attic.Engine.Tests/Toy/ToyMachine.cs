using System.Text;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;

namespace Attic.Engine.Tests.Toy;

/// <summary>
/// A little machine with the ST's clocks: each tick takes eight cycles, draws a random number, writes it to RAM and moves
/// a square wave on; each frame shows a bar that walks. Everything a session needs of a machine, nothing else.
/// </summary>
internal sealed class ToyMachine : IMachine, IInputPort, IFloppyDrives, ICartridgePort, IMemoryInspector, IRegisterSource
{
    public const int TickCycles = 8;
    public const int FrameTicks = 20_032;
    public const int ToneHertz = 1000;

    private static readonly uint[] s_palette = [0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF];

    private readonly byte[] _ram = new byte[64 * 1024];
    private readonly IFloppyMedium?[] _disks = new IFloppyMedium?[2];
    private ToyState _state;
    private ITraceSink? _trace;

    public ToyMachine(ReadOnlyMemory<byte> rom)
    {
        Configuration = new()
        {
            Machine = "atari_st", Profile = "st_1040_pal", Region = VideoRegion.Pal, RamKilobytes = 64, Rom = rom, MasterClock = MasterClock,
        };
        Reset(ResetKind.Cold);
    }

    public MachineConfiguration Configuration { get; }

    public ClockRate MasterClock => ClockRate.Hertz(32_084_988);

    public int CpuDivider => 4;

    public long NominalFrameCycles => FrameTicks * TickCycles;

    public MasterCycles Now => new(_state.Ticks * TickCycles * CpuDivider);

    public long Ticks => _state.Ticks;

    public long FrameNumber => _state.Frame;

    public IReadOnlyList<IChip> Chips => [];

    public VideoFrame Frame { get; } = new(640, 200, s_palette) { ActiveWidth = 640, ActiveHeight = 200, LineRepeat = 2 };

    public AudioBuffer Audio { get; } = new(48_000);

    public byte[]? Cartridge { get; private set; }

    public int DriveCount => 2;

    public int Pending => 0;

    public int AddressBits => 16;

    public ref readonly ToyState State => ref _state;

    public void Reset(ResetKind kind)
    {
        long ticks = kind == ResetKind.Warm ? _state.Ticks : 0;
        long frame = kind == ResetKind.Warm ? _state.Frame : 0;
        _state = new() { Ticks = ticks, Frame = frame, Random = 0x1234_5678 + (uint)Configuration.Rom.Length };
        if (kind == ResetKind.Cold)
        {
            _ram.AsSpan().Clear();
        }
    }

    public void RunFrame()
    {
        long frame = _state.Frame;
        while (_state.Frame == frame)
        {
            Tick();
        }
    }

    public void RunTicks(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Tick();
        }
    }

    public void Synchronize()
    {
    }

    public void SetTrace(ITraceSink? sink) => _trace = sink;

    public T? Capability<T>()
        where T : class => this as T;

    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("processor", ref _state);
        visitor.Memory("ram", _ram);
        for (int drive = 0; drive < _disks.Length; drive++)
        {
            if (_disks[drive] is { } disk)
            {
                visitor.Part($"drive_{drive}.disk", disk);
            }
        }
    }

    public bool TryResolve(string target, string? value, out int control)
    {
        control = (target, value) switch
        {
            ("ikbd.key", "ST_SC_ESC") => 1,
            ("ikbd.key", "ST_SC_A") => 2,
            ("ikbd.key", "ST_SC_B") => 3,
            ("ikbd.key", "ST_SC_HELP") => 31,
            ("ikbd.mouse.dx", _) => 40,
            ("ikbd.mouse.dy", _) => 41,
            ("ikbd.mouse.button.left", _) => 4,
            ("joystick.port1.right", _) => 5,
            ("joystick.port1.left", _) => 6,
            ("joystick.port1.button", _) => 7,
            _ => -1,
        };
        return control >= 0;
    }

    public void Apply(int control, InputPhase phase, int amount)
    {
        switch (control)
        {
            case 31:
                _state.Explode = 1;
                break;
            case 40:
                _state.MouseX += amount;
                break;
            case 41:
                _state.MouseY += amount;
                break;
            default:
                uint bit = 1u << control;
                _state.Keys = phase == InputPhase.Release ? _state.Keys & ~bit : _state.Keys | bit;
                break;
        }
    }

    public IReadOnlyList<int> KeysFor(Rune character) => [];

    public IFloppyMedium? Insert(int drive, IFloppyMedium disk, MasterCycles at) => Exchange(drive, disk);

    public IFloppyMedium? Eject(int drive, MasterCycles at) => Exchange(drive, null);

    public IFloppyMedium? DiskIn(int drive) => _disks[drive];

    public void Insert(ReadOnlyMemory<byte> image) =>
        Cartridge = image.Length is > 0 and <= 131_072 ? image.ToArray() : throw new InvalidDataException("A cartridge has 1 to 131072 bytes.");

    public void Remove() => Cartridge = null;

    public void Peek(uint address, Span<byte> bytes) => _ram.AsSpan((int)(address & 0xFFFF), bytes.Length).CopyTo(bytes);

    public int Poke(uint address, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_ram.AsSpan((int)(address & 0xFFFF)));
        return bytes.Length;
    }

    public string RegionOf(uint address) => (address & 0xFF00) == 0xFF00 ? "io.mfp" : "chip_ram";

    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        registers.Add(new("cpu", "PC", (ulong)_state.Ticks & 0xFFFFFF, 32));
        registers.Add(new("cpu", "SR", 0x2700, 16));
        registers.Add(new("mfp", "KEYS", _state.Keys, 32));
    }

    private IFloppyMedium? Exchange(int drive, IFloppyMedium? disk)
    {
        var was = _disks[drive];
        _disks[drive] = disk;
        return was;
    }

    private void Tick()
    {
        if (_state.Explode != 0)
        {
            throw new InvalidOperationException("The toy broke.");
        }

        var clock = new CpuCycles(_state.Ticks * TickCycles);
        ushort address = (ushort)((_state.Random >> 8) | 1);
        _trace?.OnInstruction((uint)_state.Ticks * 2, 0x4E71, clock);
        _state.Random = (_state.Random * 1_664_525) + 1_013_904_223;
        _ram[address] = (byte)(_state.Random >> 24);
        _trace?.OnBus(new(BusAccessKind.Write, FunctionCode.SupervisorData, ByteLanes.Lower, address, _ram[address], clock, 0));
        _state.Ticks++;
        Sound();
        if (++_state.FrameTick == FrameTicks)
        {
            _state.FrameTick = 0;
            _state.Frame++;
            Draw();
        }
    }

    // 48,000 samples to 8,021,247 cycles, counted exactly.
    private void Sound()
    {
        _state.SampleClock += TickCycles * 48_000L * CpuDivider;
        if (_state.SampleClock < MasterClock.Numerator)
        {
            return;
        }

        _state.SampleClock -= MasterClock.Numerator;
        _state.AudioPhase = (_state.AudioPhase + ToneHertz) % 48_000;
        short level = _state.AudioPhase < 24_000 ? (short)8000 : (short)-8000;
        Audio.Append(level, level);
    }

    private void Draw()
    {
        Frame.Number = _state.Frame;
        int bar = (int)(_state.Frame % 200);
        Array.Clear(Frame.Codes);
        Frame.Codes.AsSpan(bar * 640, 320).Fill(1);
        Frame.HalfWidth[bar] = true;
        Frame.HalfWidth[(bar + 199) % 200] = false;
    }
}
