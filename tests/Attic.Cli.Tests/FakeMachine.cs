using System.Text;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;

namespace Attic.Cli.Tests;

/// <summary>A machine whose every frame a test scripts: it shows text, moves, makes sound and takes keys as told.</summary>
internal sealed class FakeMachine : IMachine, IScreenText, IActivity, IInputPort
{
    private long _cycles;

    public Action<FakeMachine> OnFrame { get; set; } = _ => { };

    public string Text { get; set; } = string.Empty;

    public List<string> Keys { get; } = [];

    public bool HasKeyboard { get; init; } = true;

    public long Disk { get; set; }

    public long Sound { get; set; }

    long IActivity.Keys => Keys.Count;

    public int Pending { get; set; }

    public MachineConfiguration Configuration { get; } = new()
    {
        Machine = "atari_st",
        Profile = "st_1040_pal",
        Region = VideoRegion.Pal,
        RamKilobytes = 1024,
        Rom = default,
    };

    public ClockRate MasterClock => ClockRate.Hertz(32_000_000);

    public int CpuDivider => 4;

    public long NominalFrameCycles => 160_000;

    public MasterCycles Now => new(_cycles);

    public long Ticks => FrameNumber;

    public long FrameNumber { get; private set; }

    public IReadOnlyList<IChip> Chips => [];

    public VideoFrame Frame { get; } = new(8, 4, [0x000000, 0xFF8040]) { ActiveLeft = 2, ActiveTop = 1, ActiveWidth = 4, ActiveHeight = 2, LineRepeat = 2 };

    public AudioBuffer Audio { get; } = new(48_000);

    public void Reset(ResetKind kind) => _cycles = 0;

    public void RunFrame()
    {
        FrameNumber++;
        _cycles += NominalFrameCycles * CpuDivider;
        Frame.Number = FrameNumber;
        OnFrame(this);
    }

    public void RunTicks(int count) => throw new NotSupportedException();

    public void Synchronize()
    {
    }

    public void SetTrace(ITraceSink? sink) => throw new NotSupportedException();

    public void Visit(StateVisitor visitor) => visitor.Struct("cycles", ref _cycles);

    public T? Capability<T>()
        where T : class => typeof(T) == typeof(IInputPort) && !HasKeyboard ? null : this as T;

    public string ReadScreenText() => Text;

    public bool TryResolve(string target, string? value, out int control)
    {
        control = value is null ? -1 : 1000 + value[^1];
        return value is not null;
    }

    public void Apply(int control, InputPhase phase, int amount)
    {
        Keys.Add($"{(phase == InputPhase.Press ? '+' : '-')}{(char)(control % 1000)}");
        Pending++;
    }

    public IReadOnlyList<int> KeysFor(Rune character) => character.IsAscii ? [character.Value] : [];
}
