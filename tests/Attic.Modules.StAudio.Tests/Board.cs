using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.StAudio.Tests;

/// <summary>A board with the sound chip alone, whose time a test moves by hand.</summary>
internal sealed class Board
{
    public const long MasterHertz = 32_000_000;

    public Board(long masterHertz = MasterHertz, int sampleRate = 48_000, int capacity = 1 << 20)
    {
        var configuration = new MachineConfiguration
        {
            Machine = "atari_st",
            Profile = "test",
            Region = VideoRegion.Pal,
            RamKilobytes = 512,
            Rom = default,
            SampleRate = sampleRate,
            MasterClock = ClockRate.Hertz(masterHertz),
        };
        Audio = new(sampleRate, capacity);
        var context = new ChipContext(configuration, new("psg"), Wiring, new NoMemory(), [], Audio);
        Psg = (Ym2149)new StAudioModule().CreateChips(context).Single();
        Psg.Reset(ResetKind.Cold, Now);
    }

    public AudioBuffer Audio { get; }

    public Wiring Wiring { get; } = new();

    public Ym2149 Psg { get; }

    public MasterCycles Now { get; private set; }

    public void Select(int register) => Psg.Write(0xFF8800, (ushort)(register * 0x0101), ByteLanes.Upper, Now);

    public byte Read() => (byte)(Psg.Read(0xFF8800, ByteLanes.Upper, Now) >> 8);

    public void Write(int register, int value)
    {
        Select(register);
        Psg.Write(0xFF8802, (ushort)(value * 0x0101), ByteLanes.Upper, Now);
    }

    public void Write(params ReadOnlySpan<(int Register, int Value)> values)
    {
        foreach (var (register, value) in values)
        {
            Write(register, value);
        }
    }

    public void Run(long cycles)
    {
        Now = new(Now.Count + cycles);
        Psg.CatchUp(Now);
    }

    public void SetTime(MasterCycles now) => Now = now;

    /// <summary>Runs on and gives the left channel of what was heard meanwhile.</summary>
    public short[] Listen(long cycles)
    {
        Audio.Clear();
        Run(cycles);
        return Left();
    }

    public short[] Left()
    {
        var samples = Audio.Samples;
        short[] left = new short[samples.Length / 2];
        for (int index = 0; index < left.Length; index++)
        {
            left[index] = samples[2 * index];
            if (left[index] != samples[(2 * index) + 1])
            {
                Assert.Fail($"Left and right differ in sample {index}.");
            }
        }

        return left;
    }

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
