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

    // The two address spaces, as FC1–FC0; the mode gives FC2.
    private const uint DataSpace = 1;
    private const uint ProgramSpace = 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FunctionCode Function(uint space) => (FunctionCode)(((uint)_r.Sr >> 11 & 4) | space);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Idle(int cycles) => _r.Clock = new(_r.Clock.Count + cycles);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort BusReadWord(uint address, FunctionCode function)
    {
        if (TTrace.Active)
        {
            return TracedReadWord(address & AddressMask, function);
        }

        ushort value = _bus.ReadWord(address & AddressMask, function, ref _r.Clock);
        Idle(BusCycle);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte BusReadByte(uint address, FunctionCode function)
    {
        if (TTrace.Active)
        {
            return TracedReadByte(address & AddressMask, function);
        }

        byte value = _bus.ReadByte(address & AddressMask, function, ref _r.Clock);
        Idle(BusCycle);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BusWriteWord(uint address, uint value, FunctionCode function)
    {
        if (TTrace.Active)
        {
            TracedWriteWord(address & AddressMask, (ushort)value, function);
            return;
        }

        _bus.WriteWord(address & AddressMask, (ushort)value, function, ref _r.Clock);
        Idle(BusCycle);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BusWriteByte(uint address, uint value, FunctionCode function)
    {
        if (TTrace.Active)
        {
            TracedWriteByte(address & AddressMask, (byte)value, function);
            return;
        }

        _bus.WriteByte(address & AddressMask, (byte)value, function, ref _r.Clock);
        Idle(BusCycle);
    }

    /// <summary>Reads a word of data; <paramref name="bias"/> is what a fault adds to Pc for its frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadWord(uint address, uint space, int bias)
    {
        var function = Function(space);
        _faultBias = (sbyte)bias;
        if ((address & 1) != 0)
        {
            ThrowAddressError(address, function, write: false, 0);
        }

        return BusReadWord(address, function);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadByte(uint address, uint space, int bias)
    {
        _faultBias = (sbyte)bias;
        return BusReadByte(address, Function(space));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Read<TSize>(uint address, uint space, int bias)
        where TSize : struct, ISize
    {
        if (TSize.Bytes == 1)
        {
            return ReadByte(address, space, bias);
        }

        uint word = ReadWord(address, space, bias);
        return TSize.Bytes == 2 ? word : (word << 16) | ReadWord(address + 2, space, bias);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteWord(uint address, uint value, int bias)
    {
        var function = Function(DataSpace);
        _faultBias = (sbyte)bias;
        if ((address & 1) != 0)
        {
            ThrowAddressError(address, function, write: true, value);
        }

        BusWriteWord(address, value, function);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteByte(uint address, uint value, int bias)
    {
        _faultBias = (sbyte)bias;
        BusWriteByte(address, value, Function(DataSpace));
    }

    /// <summary>Writes an operand, the high word of a long first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write<TSize>(uint address, uint value, int bias)
        where TSize : struct, ISize
    {
        if (TSize.Bytes == 1)
        {
            WriteByte(address, value, bias);
        }
        else if (TSize.Bytes == 2)
        {
            WriteWord(address, value, bias);
        }
        else
        {
            WriteWord(address, value >> 16, bias);
            WriteWord(address + 2, value, bias);
        }
    }

    /// <summary>Writes an operand back, the low word of a long first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteBack<TSize>(uint address, uint value, int bias)
        where TSize : struct, ISize
    {
        if (TSize.Bytes == 4)
        {
            WriteWord(address + 2, value, bias);
            WriteWord(address, value >> 16, bias);
        }
        else
        {
            Write<TSize>(address, value, bias);
        }
    }

    /// <summary>Takes the extension word from IRC and fills IRC again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint NextWord()
    {
        uint word = _r.Irc;
        _r.Irc = BusReadWord(_r.Pc, Function(ProgramSpace));
        _r.Pc += 2;
        return word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint NextLong()
    {
        uint high = NextWord();
        return (high << 16) | NextWord();
    }

    /// <summary>The last prefetch of an instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch()
    {
        SampleInterrupts();
        ushort next = BusReadWord(_r.Pc, Function(ProgramSpace));
        _r.Ird = _r.Irc;
        _r.Irc = next;
        _r.Pc += 2;
    }

    /// <summary>Fills both prefetch words from <paramref name="target"/>; a fault stacks Pc + <paramref name="bias"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void JumpTo(uint target, int bias)
    {
        FetchTarget(target, bias);
        FinishJump(target);
    }

    /// <summary>The first of a jump's two fetches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FetchTarget(uint target, int bias)
    {
        _faultBias = (sbyte)bias;
        var function = Function(ProgramSpace);
        if ((target & 1) != 0)
        {
            ThrowAddressError(target, function, write: false, 0);
        }

        _r.Irc = BusReadWord(target, function);
    }

    /// <summary>The second of a jump's two fetches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FinishJump(uint target)
    {
        SampleInterrupts();
        ushort next = BusReadWord(target + 2, Function(ProgramSpace));
        _r.Ird = _r.Irc;
        _r.Irc = next;
        _r.Pc = target + 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PushLong(uint value)
    {
        uint address = A(7) - 4;
        A(7) = address;
        Write<LongSize>(address, value, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SampleInterrupts()
    {
        int level = _bus.SampleInterruptLevel(_r.Clock);
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
    private void ThrowAddressError(uint address, FunctionCode function, bool write, uint value)
    {
        if (TTrace.Active)
        {
            var kind = write ? BusAccessKind.WriteAddressError : BusAccessKind.ReadAddressError;
            _trace.OnBus(new(kind, function, ByteLanes.Both, address & AddressMask, (ushort)value, _r.Clock, 0));
        }

        throw new AddressError(address, function, write);
    }

    private ushort TracedReadWord(uint address, FunctionCode function)
    {
        var start = _r.Clock;
        ushort value = 0;
        var kind = BusAccessKind.BusError;
        try
        {
            value = _bus.ReadWord(address, function, ref _r.Clock);
            kind = BusAccessKind.Read;
            return value;
        }
        finally
        {
            Report(kind, function, ByteLanes.Both, address, value, start);
        }
    }

    private byte TracedReadByte(uint address, FunctionCode function)
    {
        var start = _r.Clock;
        byte value = 0;
        var kind = BusAccessKind.BusError;
        try
        {
            value = _bus.ReadByte(address, function, ref _r.Clock);
            kind = BusAccessKind.Read;
            return value;
        }
        finally
        {
            Report(kind, function, LaneOf(address), address, value, start);
        }
    }

    private void TracedWriteWord(uint address, ushort value, FunctionCode function)
    {
        var start = _r.Clock;
        var kind = BusAccessKind.BusError;
        try
        {
            _bus.WriteWord(address, value, function, ref _r.Clock);
            kind = BusAccessKind.Write;
        }
        finally
        {
            Report(kind, function, ByteLanes.Both, address, value, start);
        }
    }

    private void TracedWriteByte(uint address, byte value, FunctionCode function)
    {
        var start = _r.Clock;
        var kind = BusAccessKind.BusError;
        try
        {
            _bus.WriteByte(address, value, function, ref _r.Clock);
            kind = BusAccessKind.Write;
        }
        finally
        {
            Report(kind, function, LaneOf(address), address, value, start);
        }
    }

    private static ByteLanes LaneOf(uint address) => (address & 1) == 0 ? ByteLanes.Upper : ByteLanes.Lower;

    /// <summary>Ends a traced cycle; one that failed gets its four cycles where the fault is handled.</summary>
    private void Report(
        BusAccessKind kind, FunctionCode function, ByteLanes lanes, uint address, ushort value, CpuCycles start)
    {
        int waits = (int)(_r.Clock.Count - start.Count);
        if (kind != BusAccessKind.BusError)
        {
            Idle(BusCycle);
        }

        _trace.OnBus(new(kind, function, lanes, address, value, start, waits));
    }
}
