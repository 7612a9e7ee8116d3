using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Attic.Abi.Buses;
using Attic.Abi.Time;

namespace Attic.Modules.M68000.Bench;

/// <summary>A machine in the ST's shape without its chips: 1 MB of RAM, slots of four cycles, an interrupt line.</summary>
internal sealed class ToyMachine
{
    public const uint RamSize = 0x10_0000;

    public byte[] Ram { get; } = new byte[RamSize];

    public long Deadline { get; set; } = long.MaxValue;

    public int Level { get; set; }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void CatchUp(long clock) => Deadline = clock + 512;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ushort ReadOutside(uint address, FunctionCode function, CpuCycles clock)
    {
        BusError.Throw(address, function, write: false, clock);
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WriteOutside(uint address, FunctionCode function, CpuCycles clock) => BusError.Throw(address, function, write: true, clock);
}

/// <summary>The processor's side of <see cref="ToyMachine"/>.</summary>
internal readonly struct ToyBus(ToyMachine machine) : IM68kBus
{
    private readonly byte[] _ram = machine.Ram;

    public CpuCycles NextInterruptChange => new(machine.Deadline);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort ReadWord(uint address, FunctionCode function, ref CpuCycles clock)
    {
        clock = new((clock.Count + 3) & ~3L);
        return address < ToyMachine.RamSize
            ? BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ushort>(ref Byte(address)))
            : ToyMachine.ReadOutside(address, function, clock);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte(uint address, FunctionCode function, ref CpuCycles clock)
    {
        clock = new((clock.Count + 3) & ~3L);
        return address < ToyMachine.RamSize ? Byte(address) : (byte)ToyMachine.ReadOutside(address, function, clock);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteWord(uint address, ushort value, FunctionCode function, ref CpuCycles clock)
    {
        clock = new((clock.Count + 3) & ~3L);
        if (address < ToyMachine.RamSize)
        {
            Unsafe.WriteUnaligned(ref Byte(address), BinaryPrimitives.ReverseEndianness(value));
        }
        else
        {
            ToyMachine.WriteOutside(address, function, clock);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteByte(uint address, byte value, FunctionCode function, ref CpuCycles clock)
    {
        clock = new((clock.Count + 3) & ~3L);
        if (address < ToyMachine.RamSize)
        {
            Byte(address) = value;
        }
        else
        {
            ToyMachine.WriteOutside(address, function, clock);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SampleInterruptLevel(CpuCycles clock)
    {
        if (clock.Count >= machine.Deadline)
        {
            machine.CatchUp(clock.Count);
        }

        return machine.Level;
    }

    public int AcknowledgeInterrupt(int level, ref CpuCycles clock) => 24 + level;

    public void ResetDevices(CpuCycles clock)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte Byte(uint address) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_ram), address);
}
