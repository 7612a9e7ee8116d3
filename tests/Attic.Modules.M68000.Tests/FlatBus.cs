using Attic.Abi.Buses;
using Attic.Abi.Time;

namespace Attic.Modules.M68000.Tests;

/// <summary>Sixteen megabytes of memory without wait states; what a test wants otherwise, it sets.</summary>
internal sealed class FlatMemory
{
    public byte[] Bytes { get; } = new byte[0x100_0000];

    /// <summary>The level on IPL2–IPL0.</summary>
    public int InterruptLevel { get; set; }

    /// <summary>Changes of the level still to come, in order.</summary>
    public Queue<(long Clock, int Level)> LevelChanges { get; } = new();

    /// <summary>What the acknowledge cycle answers; null for an autovector.</summary>
    public int? VectorNumber { get; set; }

    /// <summary>Cycles that the acknowledge takes beyond four.</summary>
    public int AcknowledgeWaits { get; set; }

    public List<int> Acknowledged { get; } = [];

    /// <summary>Accesses from here up to the end of the address space end in a bus error.</summary>
    public uint BusErrorsFrom { get; set; } = uint.MaxValue;

    public List<long> Resets { get; } = [];

    public ushort this[uint address]
    {
        get => (ushort)((Bytes[address & 0xFF_FFFE] << 8) | Bytes[(address & 0xFF_FFFE) + 1]);
        set => (Bytes[address & 0xFF_FFFE], Bytes[(address & 0xFF_FFFE) + 1]) = ((byte)(value >> 8), (byte)value);
    }

    public uint Long(uint address) => ((uint)this[address] << 16) | this[address + 2];

    public void SetLong(uint address, uint value) => (this[address], this[address + 2]) = ((ushort)(value >> 16), (ushort)value);

    public void Program(uint address, params ushort[] words)
    {
        foreach (ushort word in words)
        {
            this[address] = word;
            address += 2;
        }
    }
}

/// <summary>A processor's view of <see cref="FlatMemory"/>.</summary>
internal readonly struct FlatBus(FlatMemory memory) : IM68kBus
{
    public CpuCycles NextInterruptChange =>
        memory.LevelChanges.TryPeek(out var next) ? new(next.Clock) : new(long.MaxValue);

    public ushort ReadWord(uint address, FunctionCode function, ref CpuCycles clock)
    {
        Check(address, function, write: false, clock);
        return memory[address];
    }

    public byte ReadByte(uint address, FunctionCode function, ref CpuCycles clock)
    {
        Check(address, function, write: false, clock);
        return memory.Bytes[address];
    }

    public void WriteWord(uint address, ushort value, FunctionCode function, ref CpuCycles clock)
    {
        Check(address, function, write: true, clock);
        memory[address] = value;
    }

    public void WriteByte(uint address, byte value, FunctionCode function, ref CpuCycles clock)
    {
        Check(address, function, write: true, clock);
        memory.Bytes[address] = value;
    }

    public int SampleInterruptLevel(CpuCycles clock)
    {
        while (memory.LevelChanges.TryPeek(out var next) && next.Clock <= clock.Count)
        {
            memory.InterruptLevel = memory.LevelChanges.Dequeue().Level;
        }

        return memory.InterruptLevel;
    }

    public int AcknowledgeInterrupt(int level, ref CpuCycles clock)
    {
        memory.Acknowledged.Add(level);
        clock += memory.AcknowledgeWaits;
        return memory.VectorNumber ?? 24 + level;
    }

    public void ResetDevices(CpuCycles clock) => memory.Resets.Add(clock.Count);

    private void Check(uint address, FunctionCode function, bool write, CpuCycles clock)
    {
        Assert.InRange(address, 0u, 0xFF_FFFFu);
        if (address >= memory.BusErrorsFrom)
        {
            BusError.Throw(address, function, write, clock);
        }
    }
}
