using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.Scheduling;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlStorage.Tests;

/// <summary>A tape recorder on a bus of its own; the computer's end writes down what DATA IN does.</summary>
internal sealed class DeckBench : ISioHost
{
    private readonly DeadlineSlots _deadlines = new("disk", "printer", "tape", "sio");
    private readonly Wire _motor;
    private readonly int _driver;
    private readonly SioBus _bus = new();
    private readonly ClockTicks _ticks = new(new ClockRate(315_000_000, 44));

    private readonly AudioBuffer _audio = new(48_000, 100_000);
    private double _owed;

    public DeckBench()
    {
        var wiring = new Wiring();
        var configuration = new MachineConfiguration
        {
            Machine = "atari_xl", Profile = "xl_800_ntsc", Region = VideoRegion.Ntsc, RamKilobytes = 64, Rom = default, MasterClock = new ClockRate(315_000_000, 44),
        };
        var context = new XlChipContext(configuration, _deadlines, wiring, null!, _audio, new PagedMemory(65_536), new XlInterrupts(), _bus);
        _bus.Connect(this);
        Deck = new TapeDeck(context);
        _motor = wiring.Wire(XlPins.SioMotor);
        _driver = _motor.AddDriver();
    }

    public TapeDeck Deck { get; }

    /// <summary>Changes of the line, in µs since the motor was last switched on.</summary>
    public List<(bool Level, long At)> Changes { get; } = [];

    public long Now { get; private set; }

    public MasterCycles At => ClockTicks.At(_ticks.Microseconds(Now));

    private long _on;

    public void Motor(bool on)
    {
        _on = Now;
        _motor.Drive(_driver, !on, At);
    }

    /// <summary>Lets so many µs pass.</summary>
    public void Run(long microseconds)
    {
        Now += microseconds;
        _deadlines.Dispatch(At);
    }

    /// <summary>Lets so many µs pass in pictures of 16.7 ms, with a POKEY that is silent, and gives what is heard on the left.</summary>
    public short[] Listen(long microseconds)
    {
        var heard = new List<short>();
        for (long end = Now + microseconds; Now < end;)
        {
            long picture = Math.Min(16_683, end - Now);
            Run(picture);
            for (_owed += picture * 48_000 / 1e6; _owed >= 1; _owed--)
            {
                _audio.Append(0, 0);
            }

            Deck.CatchUp(At);
            heard.AddRange(_audio.Samples.ToArray().Where((_, index) => index % 2 == 0));
            _audio.Clear();
        }

        return [.. heard];
    }

    /// <summary>The computer sends bytes at 600 baud.</summary>
    public void Send(params ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            Run(10_000_000 / 600);
            _bus.FromHost(value, true, (int)_ticks.Microseconds(1_000_000 / 600), At);
        }
    }

    public void OnStartBit(byte value, int cyclesPerBit, MasterCycles at) => Assert.Fail("A tape has no bytes.");

    public void OnInputLine(bool level, MasterCycles at) => Changes.Add((level, _ticks.ToMicroseconds(ClockTicks.Cycle(at)) - _on));
}
