using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Attic.Abi.Buses;
using Attic.Abi.Time;
using Attic.Abi.Trace;

namespace Attic.Modules.M68000;

/// <content>Bus cycles, prefetch and the stack.</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    private const uint AddressMask = 0xFF_FFFF;
    private const int BusCycle = 4;

    // The two address spaces, as FC1–FC0.
    private const uint DataSpace = 1;
    private const uint ProgramSpace = 2;

    /// <summary>
    /// What every bus cycle of an instruction moves. A local variable of each handler: with the helpers inlined, clock
    /// and program counter stay in registers of the host, where through memory each access would wait for the last.
    /// </summary>
    private struct Cursor
    {
        public CpuCycles Clock;
        public uint Pc;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Cursor Begin(CpuCycles clock) => new() { Clock = clock, Pc = _r.Pc };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FunctionCode Function(uint space) => space == ProgramSpace ? _programFunction : _dataFunction;

    /// <summary>The function codes of the present mode; every access passes one, so they are kept ready.</summary>
    private void SetFunctionCodes()
    {
        _dataFunction = IsSupervisor ? FunctionCode.SupervisorData : FunctionCode.UserData;
        _programFunction = IsSupervisor ? FunctionCode.SupervisorProgram : FunctionCode.UserProgram;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Idle(ref Cursor t, int cycles) => t.Clock += cycles;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort BusReadWord(ref Cursor t, uint address, FunctionCode function)
    {
        if (typeof(TTrace) != typeof(NoTrace) && TTrace.Active)
        {
            return TracedReadWord(ref t, address & AddressMask, function);
        }

        var clock = t.Clock;
        ushort value = _bus.ReadWord(address & AddressMask, function, ref clock);
        t.Clock = clock + BusCycle;
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte BusReadByte(ref Cursor t, uint address, FunctionCode function)
    {
        if (typeof(TTrace) != typeof(NoTrace) && TTrace.Active)
        {
            return TracedReadByte(ref t, address & AddressMask, function);
        }

        var clock = t.Clock;
        byte value = _bus.ReadByte(address & AddressMask, function, ref clock);
        t.Clock = clock + BusCycle;
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BusWriteWord(ref Cursor t, uint address, uint value, FunctionCode function)
    {
        if (typeof(TTrace) != typeof(NoTrace) && TTrace.Active)
        {
            TracedWriteWord(ref t, address & AddressMask, (ushort)value, function);
            return;
        }

        var clock = t.Clock;
        _bus.WriteWord(address & AddressMask, (ushort)value, function, ref clock);
        t.Clock = clock + BusCycle;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BusWriteByte(ref Cursor t, uint address, uint value, FunctionCode function)
    {
        if (typeof(TTrace) != typeof(NoTrace) && TTrace.Active)
        {
            TracedWriteByte(ref t, address & AddressMask, (byte)value, function, BusAccessKind.Write);
            return;
        }

        var clock = t.Clock;
        _bus.WriteByte(address & AddressMask, (byte)value, function, ref clock);
        t.Clock = clock + BusCycle;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NoteAccess(uint address, int bias)
    {
        _accessAddress = address;
        _faultBias = (sbyte)bias;
    }

    /// <summary>Reads a word of data; <paramref name="bias"/> is what a fault adds to Pc for its frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadWord(ref Cursor t, uint address, uint space, int bias)
    {
        var function = Function(space);
        NoteAccess(address, bias);
        if ((address & 1) != 0)
        {
            ThrowAddressError(t.Clock, address, function, write: false, 0);
        }

        return BusReadWord(ref t, address, function);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadByte(ref Cursor t, uint address, uint space, int bias)
    {
        NoteAccess(address, bias);
        return BusReadByte(ref t, address, Function(space));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Read<TSize>(ref Cursor t, uint address, uint space, int bias)
        where TSize : struct, ISize
    {
        if (typeof(TSize) == typeof(ByteSize))
        {
            return ReadByte(ref t, address, space, bias);
        }

        uint word = ReadWord(ref t, address, space, bias);
        return typeof(TSize) == typeof(WordSize) ? word : (word << 16) | BusReadWord(ref t, address + 2, Function(space));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteWord(ref Cursor t, uint address, uint value, int bias)
    {
        var function = Function(DataSpace);
        NoteAccess(address, bias);
        if ((address & 1) != 0)
        {
            ThrowAddressError(t.Clock, address, function, write: true, value);
        }

        BusWriteWord(ref t, address, value, function);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteByte(ref Cursor t, uint address, uint value, int bias)
    {
        NoteAccess(address, bias);
        BusWriteByte(ref t, address, value, Function(DataSpace));
    }

    /// <summary>The write half of TAS; on the bus a plain write, but a trace tells it apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteByteIndivisibly(ref Cursor t, uint address, uint value)
    {
        if (typeof(TTrace) != typeof(NoTrace) && TTrace.Active)
        {
            NoteAccess(address, 0);
            TracedWriteByte(ref t, address & AddressMask, (byte)value, Function(DataSpace), BusAccessKind.ReadModifyWrite);
            return;
        }

        WriteByte(ref t, address, value, 0);
    }

    /// <summary>Writes an operand, the high word of a long first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write<TSize>(ref Cursor t, uint address, uint value, int bias)
        where TSize : struct, ISize
    {
        if (typeof(TSize) == typeof(ByteSize))
        {
            WriteByte(ref t, address, value, bias);
        }
        else if (typeof(TSize) == typeof(WordSize))
        {
            WriteWord(ref t, address, value, bias);
        }
        else
        {
            WriteWord(ref t, address, value >> 16, bias);
            BusWriteWord(ref t, address + 2, value, Function(DataSpace));
        }
    }

    /// <summary>Writes an operand back, the low word of a long first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteBack<TSize>(ref Cursor t, uint address, uint value, int bias)
        where TSize : struct, ISize
    {
        if (typeof(TSize) == typeof(LongSize))
        {
            WriteWord(ref t, address + 2, value, bias);
            BusWriteWord(ref t, address, value >> 16, Function(DataSpace));
        }
        else
        {
            Write<TSize>(ref t, address, value, bias);
        }
    }

    /// <summary>Takes the extension word from IRC and fills IRC again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint NextWord(ref Cursor t)
    {
        uint word = _r.Irc;
        _r.Irc = BusReadWord(ref t, t.Pc, Function(ProgramSpace));
        t.Pc += 2;
        _r.Pc = t.Pc;
        return word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint NextLong(ref Cursor t)
    {
        uint high = NextWord(ref t);
        return (high << 16) | NextWord(ref t);
    }

    /// <summary>The last prefetch of an instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(ref Cursor t)
    {
        SampleInterrupts(t.Clock);
        ushort next = BusReadWord(ref t, t.Pc, Function(ProgramSpace));
        _r.Ird = _r.Irc;
        _r.Irc = next;
        t.Pc += 2;
        _r.Pc = t.Pc;
    }

    /// <summary>Fills both prefetch words from <paramref name="target"/>; a fault stacks Pc + <paramref name="bias"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void JumpTo(ref Cursor t, uint target, int bias)
    {
        FetchTarget(ref t, target, bias);
        FinishJump(ref t, target);
    }

    /// <summary>The first of a jump's two fetches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FetchTarget(ref Cursor t, uint target, int bias)
    {
        NoteAccess(target, bias);
        var function = Function(ProgramSpace);
        if ((target & 1) != 0)
        {
            ThrowAddressError(t.Clock, target, function, write: false, 0);
        }

        _r.Irc = BusReadWord(ref t, target, function);
    }

    /// <summary>The second of a jump's two fetches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FinishJump(ref Cursor t, uint target)
    {
        SampleInterrupts(t.Clock);
        ushort next = BusReadWord(ref t, target + 2, Function(ProgramSpace));
        _r.Ird = _r.Irc;
        _r.Irc = next;
        t.Pc = target + 4;
        _r.Pc = t.Pc;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PushLong(ref Cursor t, uint value)
    {
        uint address = A(7) - 4;
        A(7) = address;
        Write<LongSize>(ref t, address, value, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SampleInterrupts(CpuCycles clock)
    {
        int level = _bus.SampleInterruptLevel(clock);
        if (level != _r.SampledLevel)
        {
            InterruptLevelChanged(level);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void InterruptLevelChanged(int level)
    {
        _r.PreviousLevel = _r.SampledLevel;
        _r.SampledLevel = (byte)level;
        WantAttention();
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowAddressError(CpuCycles clock, uint address, FunctionCode function, bool write, uint value)
    {
        if (TTrace.Active)
        {
            var kind = write ? BusAccessKind.WriteAddressError : BusAccessKind.ReadAddressError;
            _trace.OnBus(new(kind, function, ByteLanes.Both, address & AddressMask, (ushort)value, clock, 0));
        }

        throw new AddressError(address, function, write, clock);
    }

    private ushort TracedReadWord(ref Cursor t, uint address, FunctionCode function)
    {
        var clock = t.Clock;
        try
        {
            ushort value = _bus.ReadWord(address, function, ref clock);
            Report(ref t, BusAccessKind.Read, function, ByteLanes.Both, address, value, clock);
            return value;
        }
        catch (BusError error)
        {
            Report(ref t, BusAccessKind.BusError, function, ByteLanes.Both, address, 0, error.Clock);
            throw;
        }
    }

    private byte TracedReadByte(ref Cursor t, uint address, FunctionCode function)
    {
        var clock = t.Clock;
        try
        {
            byte value = _bus.ReadByte(address, function, ref clock);
            Report(ref t, BusAccessKind.Read, function, LaneOf(address), address, value, clock);
            return value;
        }
        catch (BusError error)
        {
            Report(ref t, BusAccessKind.BusError, function, LaneOf(address), address, 0, error.Clock);
            throw;
        }
    }

    private void TracedWriteWord(ref Cursor t, uint address, ushort value, FunctionCode function)
    {
        var clock = t.Clock;
        try
        {
            _bus.WriteWord(address, value, function, ref clock);
            Report(ref t, BusAccessKind.Write, function, ByteLanes.Both, address, value, clock);
        }
        catch (BusError error)
        {
            Report(ref t, BusAccessKind.BusError, function, ByteLanes.Both, address, value, error.Clock);
            throw;
        }
    }

    private void TracedWriteByte(ref Cursor t, uint address, byte value, FunctionCode function, BusAccessKind kind)
    {
        var clock = t.Clock;
        try
        {
            _bus.WriteByte(address, value, function, ref clock);
            Report(ref t, kind, function, LaneOf(address), address, value, clock);
        }
        catch (BusError error)
        {
            Report(ref t, BusAccessKind.BusError, function, LaneOf(address), address, value, error.Clock);
            throw;
        }
    }

    private static ByteLanes LaneOf(uint address) => (address & 1) == 0 ? ByteLanes.Upper : ByteLanes.Lower;

    /// <summary>Ends a traced cycle that began at the cursor; <paramref name="waited"/> is the clock after its waits.</summary>
    private void Report(
        ref Cursor t, BusAccessKind kind, FunctionCode function, ByteLanes lanes, uint address, ushort value, CpuCycles waited)
    {
        int waits = (int)(waited - t.Clock).Count;
        _trace.OnBus(new(kind, function, lanes, address, value, t.Clock, waits));
        t.Clock = waited + BusCycle;
    }
}
