using Attic.Abi.Buses;

namespace Attic.Modules.Mos6502.Tests;

/// <summary>One access that a processor made.</summary>
internal readonly record struct Access(ushort Address, byte Value, bool IsWrite, bool IsFetch);

/// <summary>64 KB of RAM, a log of every cycle, and interrupt and RDY pins that move by a script.</summary>
internal sealed class Board
{
    private InterruptInputs _latched;
    private InterruptInputs _repeated;
    private InterruptInputs _irqAtFirst;
    private bool _nmiLatch;
    private bool _nmiBefore = true;

    public byte[] Ram { get; } = new byte[0x10000];

    public List<Access> Log { get; } = [];

    /// <summary>Pin changes by cycle: pin (irq, nmi, rdy) and level.</summary>
    public ILookup<int, (string Pin, bool Level)> Script { get; set; } =
        Array.Empty<(int, string, bool)>().ToLookup(change => 0, _ => ("", false));

    public bool Irq { get; set; } = true;

    public bool Nmi { get; set; } = true;

    public bool Ready { get; set; } = true;

    public InterruptInputs Latched => _latched | _repeated | _irqAtFirst;

    public void AcknowledgeNmi() => _nmiLatch = false;

    // RDY low when a cycle begins makes it repeat the read of the cycle before.
    public byte Read(ushort address, ushort whenRepeated, bool fetch)
    {
        _repeated = InterruptInputs.None;
        Cycle(new(address, Ram[address], false, fetch));
        _irqAtFirst = _latched.HasFlag(InterruptInputs.Irq) ? InterruptInputs.IrqAtFirst : InterruptInputs.None;
        while (!Ready)
        {
            _repeated = InterruptInputs.Repeated;
            Cycle(new(whenRepeated, Ram[whenRepeated], false, fetch));
        }

        return Ram[address];
    }

    public void Write(ushort address, byte value)
    {
        _repeated = InterruptInputs.None;
        _irqAtFirst = InterruptInputs.None;
        Cycle(new(address, value, true, false));
        Ram[address] = value;
    }

    private void Cycle(Access access)
    {
        _latched = (Irq ? InterruptInputs.None : InterruptInputs.Irq) | (_nmiLatch ? InterruptInputs.Nmi : InterruptInputs.None);
        Log.Add(access);
        BeginCycle();
    }

    private void BeginCycle()
    {
        foreach (var (pin, level) in Script[Log.Count])
        {
            switch (pin)
            {
                case "irq":
                    Irq = level;
                    break;
                case "nmi":
                    Nmi = level;
                    break;
                default:
                    Ready = level;
                    break;
            }
        }

        _nmiLatch |= _nmiBefore && !Nmi;
        _nmiBefore = Nmi;
    }
}

internal readonly struct RecordingBus(Board board) : IMos6502Bus
{
    public static bool TellsQuiet => false;

    public int Resume() => 0;

    public void Suspend(int clock)
    {
        // The log is the clock.
    }

    public byte Read(ref int clock, ushort address) => board.Read(address, address, fetch: false);

    public void ReadUncorrected(ref int clock, ushort address, ushort corrected) => board.Read(address, corrected, fetch: false);

    public byte Fetch(ref int clock, ushort address) => board.Read(address, address, fetch: true);

    public void Write(ref int clock, ushort address, byte value) => board.Write(address, value);

    public InterruptInputs SampleInterrupts() => board.Latched;

    public void AcknowledgeNmi() => board.AcknowledgeNmi();

    // The scripts' pulses are longer than the end of a sequence.
    public void HoldNmi()
    {
    }

    public bool Pass(ref int clock, int cycles) => false;

    public int PlainRead(ushort address) => -1;

    public int PlainWrite(ushort address) => -1;

    public byte PeekAt(int place) => throw new NotSupportedException("Each access is recorded.");

    public void PokeAt(int place, byte value) => throw new NotSupportedException("Each access is recorded.");
}
