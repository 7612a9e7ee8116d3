using Attic.Abi.AtariSt;
using Attic.Abi.Buses;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;
using Attic.Modules.StIo.Acia;
using Attic.Modules.StIo.Ikbd;
using Attic.Modules.StIo.Mfp;

namespace Attic.Modules.StIo.Tests;

/// <summary>A board with the I/O chips alone, at a round 32 MHz, whose time a test moves by hand.</summary>
internal sealed class Board : IStateful
{
    private readonly Dictionary<string, int> _drivers = new(StringComparer.Ordinal);

    public Board()
    {
        var configuration = new MachineConfiguration
        {
            Machine = "atari_st",
            Profile = "test",
            Region = VideoRegion.Pal,
            RamKilobytes = 512,
            Rom = default,
            StartTime = new(1987, 12, 31, 23, 59, 58, DateTimeKind.Unspecified),
            MasterClock = ClockRate.Hertz(32_000_000),
        };
        Deadlines = new("mfp", "acia.keyboard", "acia.midi", "ikbd");
        var context = new ChipContext(configuration, Deadlines, Wiring, new NoMemory(), [], new AudioBuffer(48_000));
        var chips = new StIoModule().CreateChips(context);
        Mfp = (Mfp68901)chips.Single(chip => chip.Name == "mfp");
        Keyboard = (Acia6850)chips.Single(chip => chip.Name == "acia.keyboard");
        Midi = (MidiAcia)chips.Single(chip => chip.Name == "acia.midi");
        Ikbd = (IkbdProcessor)chips.Single(chip => chip.Name == "ikbd");
        foreach (var chip in chips)
        {
            chip.Reset(Abi.Chips.ResetKind.Cold, Now);
        }
    }

    public DeadlineSlots Deadlines { get; }

    public Wiring Wiring { get; } = new();

    public Mfp68901 Mfp { get; }

    public Acia6850 Keyboard { get; }

    public MidiAcia Midi { get; }

    public IkbdProcessor Ikbd { get; }

    public MasterCycles Now { get; private set; }

    public bool InterruptRequested => !Wiring.Wire(StPins.MfpInterrupt).Level;

    public void RunTo(long at)
    {
        while (Deadlines.Next.Count <= at)
        {
            Assert.True(Deadlines.Next >= Now, "A deadline lies in the past.");
            Now = Deadlines.Next;
            Deadlines.Dispatch(Now);
        }

        Now = new(at);
    }

    public void Run(long cycles) => RunTo(Now.Count + cycles);

    public void RunMicroseconds(long microseconds) => Run(microseconds * 32);

    /// <summary>Sets a wire as some other chip would.</summary>
    public void Drive(string wire, bool level)
    {
        if (!_drivers.TryGetValue(wire, out int driver))
        {
            driver = Wiring.Wire(wire).AddDriver();
            _drivers.Add(wire, driver);
        }

        Wiring.Wire(wire).Drive(driver, level, Now);
    }

    public byte ReadMfp(uint register) => (byte)Mfp.Read(0xFFFA00 + register - 1, ByteLanes.Lower, Now);

    public void WriteMfp(uint register, int value) =>
        Mfp.Write(0xFFFA00 + register - 1, (ushort)(value * 0x0101), ByteLanes.Lower, Now);

    public byte ReadKeyboard(uint register) => (byte)(Keyboard.Read(0xFFFC00 + register, ByteLanes.Upper, Now) >> 8);

    public void WriteKeyboard(uint register, int value) =>
        Keyboard.Write(0xFFFC00 + register, (ushort)(value * 0x0101), ByteLanes.Upper, Now);

    public byte ReadMidi(uint register) => (byte)(Midi.Read(0xFFFC04 + register, ByteLanes.Upper, Now) >> 8);

    public void WriteMidi(uint register, int value) =>
        Midi.Write(0xFFFC04 + register, (ushort)(value * 0x0101), ByteLanes.Upper, Now);

    public void Visit(StateVisitor visitor)
    {
        visitor.Part("deadlines", Deadlines);
        visitor.Part("wiring", Wiring);
        visitor.Part("mfp", Mfp);
        visitor.Part("keyboard", Keyboard);
        visitor.Part("midi", Midi);
        visitor.Part("ikbd", Ikbd);
    }

    public void SetTime(MasterCycles now) => Now = now;

    private sealed class NoMemory : IDmaMemory
    {
        public ushort ReadWord(uint address) => 0xFFFF;

        public void WriteWord(uint address, ushort value)
        {
        }

        public void StealCpuCycles(int cycles)
        {
        }
    }
}
