using Attic.Abi.AtariXl;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Scheduling;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlIo.Tests;

/// <summary>POKEY and PIA on a board without a processor: the test writes and reads in the cycles that it likes.</summary>
internal sealed class Board : IWireSink, ISioDevice
{
    /// <summary>Machine cycles of a tick of the 64 kHz clock.</summary>
    public const int Tick64 = 28;

    /// <summary>Machine cycles of a tick of the 15 kHz clock: a scan line.</summary>
    public const int Tick15 = 114;

    private readonly DeadlineSlots _deadlines = new("pokey", "pia");
    private readonly IByteDevice _pokey;
    private readonly IByteDevice _pia;

    public Board(VideoRegion region = VideoRegion.Ntsc, int sampleRate = 48_000)
    {
        // The crystals of the XL's schematics.
        var master = region == VideoRegion.Pal ? ClockRate.Hertz(7_093_788) : new ClockRate(315_000_000, 44);
        CyclesPerSecond = (double)master.Numerator / master.Denominator / Scanline.MasterPerCycle;
        Audio = new AudioBuffer(sampleRate, 1 << 19);
        var configuration = new MachineConfiguration
        {
            Machine = "atari_xl",
            Profile = "test",
            Region = region,
            RamKilobytes = 64,
            Rom = new byte[1],
            MasterClock = master,
            SampleRate = sampleRate,
        };
        Wiring.Wire(XlPins.Irq).Connect(this);
        Chips = new XlIoModule().CreateChips(
            new XlChipContext(configuration, _deadlines, Wiring, new NoDma(), Audio, new PagedMemory(256), new XlInterrupts(), Sio));
        _pokey = (IByteDevice)Chips[0];
        _pia = (IByteDevice)Chips[1];
        foreach (var chip in Chips)
        {
            chip.Reset(ResetKind.Cold, default);
        }

        Sio.Attach(this);
        WritePokey(Skctl, 3);
    }

    public const int Audctl = 8;
    public const int Stimer = 9;
    public const int Skres = 10;
    public const int Potgo = 11;
    public const int Serout = 13;
    public const int Irqen = 14;
    public const int Skctl = 15;
    public const int Allpot = 8;
    public const int Kbcode = 9;
    public const int RandomByte = 10;
    public const int Serin = 13;
    public const int Irqst = 14;
    public const int Skstat = 15;

    public Wiring Wiring { get; } = new();

    public SioBus Sio { get; } = new();

    public AudioBuffer Audio { get; }

    public IReadOnlyList<IChip> Chips { get; }

    public IXlKeyboard Keyboard => (IXlKeyboard)_pokey;

    public double CyclesPerSecond { get; }

    /// <summary>The present machine cycle.</summary>
    public long Cycle { get; private set; }

    public MasterCycles Now => new(Cycle * Scanline.MasterPerCycle);

    /// <summary>The cycles in which IRQ fell.</summary>
    public List<long> Interrupts { get; } = [];

    /// <summary>Bytes that left over the serial bus: value, whether the stop bit was high, cycles a bit.</summary>
    public List<(byte Value, bool Good, int CyclesPerBit)> Sent { get; } = [];

    public void WritePokey(int register, int value) => _pokey.Write((ushort)(0xD200 + register), (byte)value, Now);

    public byte ReadPokey(int register) => _pokey.Read((ushort)(0xD200 + register), Now);

    public void WritePia(int register, int value) => _pia.Write((ushort)(0xD300 + register), (byte)value, Now);

    public byte ReadPia(int register) => _pia.Read((ushort)(0xD300 + register), Now);

    /// <summary>Sets AUDF and AUDC of a channel, 1 to 4.</summary>
    public void Voice(int channel, int audf, int audc)
    {
        WritePokey((channel - 1) * 2, audf);
        WritePokey(((channel - 1) * 2) + 1, audc);
    }

    /// <summary>Lets cycles pass.</summary>
    public void Run(long cycles)
    {
        long end = Cycle + cycles;
        while (_deadlines.Next.Count <= end * Scanline.MasterPerCycle)
        {
            var next = _deadlines.Next;
            Cycle = Math.Max(Cycle, next.Count / Scanline.MasterPerCycle);
            _deadlines.Dispatch(next);
        }

        Cycle = end;
    }

    /// <summary>Lets time pass until the chips have made so many samples; gives the left channel without the first tenth.</summary>
    public short[] Record(double seconds)
    {
        Sound();
        Audio.Clear();
        for (int part = 0; part < 100; part++)
        {
            Run((long)(CyclesPerSecond * seconds / 100));
            Sound();
        }

        short[] left = [.. Audio.Samples.ToArray().Where((_, index) => index % 2 == 0)];
        return left[(left.Length / 10)..];
    }

    /// <summary>Makes the chips catch up.</summary>
    public void Sound()
    {
        foreach (var chip in Chips)
        {
            chip.CatchUp(Now);
        }
    }

    public void OnWire(Wire wire, bool level, MasterCycles at)
    {
        if (!level)
        {
            Interrupts.Add(at.Count / Scanline.MasterPerCycle);
        }
    }

    public void OnByte(byte value, bool goodFrame, int cyclesPerBit, MasterCycles at) => Sent.Add((value, goodFrame, cyclesPerBit));

    private sealed class NoDma : IDmaMemory
    {
        public ushort ReadWord(uint address) => throw new NotSupportedException("Nothing here has DMA.");

        public void WriteWord(uint address, ushort value) => throw new NotSupportedException("Nothing here has DMA.");

        public void StealCpuCycles(int cycles) => throw new NotSupportedException("Nothing here has DMA.");
    }
}
