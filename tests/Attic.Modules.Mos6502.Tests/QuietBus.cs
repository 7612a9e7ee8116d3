using Attic.Abi.Buses;

namespace Attic.Modules.Mos6502.Tests;

/// <summary>64 KB of RAM in which some pages may be devices: accesses to those are logged with their cycle.</summary>
internal sealed class QuietBoard
{
    public byte[] Ram { get; } = new byte[0x10000];

    /// <summary>Pages that are no plain memory.</summary>
    public bool[] Devices { get; } = new bool[256];

    public List<(Access Access, int Cycle)> Log { get; } = [];

    /// <summary>Cycles so far.</summary>
    public int Clock { get; set; }
}

/// <summary>A bus that tells when nothing comes between an instruction's cycles: always.</summary>
internal readonly struct QuietBus(QuietBoard board) : IMos6502Bus
{
    public static bool TellsQuiet => true;

    public int Resume() => board.Clock;

    public void Suspend(int clock) => board.Clock = clock;

    public byte Read(ref int clock, ushort address)
    {
        Tell(clock++, new(address, board.Ram[address], false, false));
        return board.Ram[address];
    }

    public byte Fetch(ref int clock, ushort address) => Read(ref clock, address);

    public void ReadUncorrected(ref int clock, ushort address, ushort corrected) => Read(ref clock, address);

    public void Write(ref int clock, ushort address, byte value)
    {
        Tell(clock++, new(address, value, true, false));
        board.Ram[address] = value;
    }

    public InterruptInputs SampleInterrupts() => InterruptInputs.None;

    public void AcknowledgeNmi()
    {
        // There is none.
    }

    public void HoldNmi()
    {
        // There is none.
    }

    public bool Pass(ref int clock, int cycles)
    {
        clock += cycles;
        return true;
    }

    public int PlainRead(ushort address) => board.Devices[address >> 8] ? -1 : address;

    public int PlainWrite(ushort address) => PlainRead(address);

    public byte PeekAt(int place) => board.Ram[place];

    public void PokeAt(int place, byte value) => board.Ram[place] = value;

    private void Tell(int cycle, Access access)
    {
        if (board.Devices[access.Address >> 8])
        {
            board.Log.Add((access, cycle));
        }
    }
}
