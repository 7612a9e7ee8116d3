using System.Runtime.CompilerServices;
using Attic.Abi.Time;

namespace Attic.Modules.M68000;

/// <content>Shifts, single bits, Scc, TAS.</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    private static CpuCycles ShiftByConstant<TShift, TSize>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TShift : struct, IShift
        where TSize : struct, ISize
    {
        var t = c.Begin(clock);
        c.ShiftRegister<TShift, TSize>(ref t, op, (int)QuickValue(op));
        return t.Clock;
    }

    private static CpuCycles ShiftByRegister<TShift, TSize>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TShift : struct, IShift
        where TSize : struct, ISize
    {
        var t = c.Begin(clock);
        c.ShiftRegister<TShift, TSize>(ref t, op, (int)(c.D(op >> 9) & 63));
        return t.Clock;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ShiftRegister<TShift, TSize>(ref Cursor t, uint op, int count)
        where TShift : struct, IShift
        where TSize : struct, ISize
    {
        Prefetch(ref t);
        SetD<TSize>(op, TShift.Apply<TSize>(D(op) & TSize.Mask, count, ref _r.Sr));
        Idle(ref t, (typeof(TSize) == typeof(LongSize) ? 4 : 2) + (2 * count));
    }

    private static CpuCycles ShiftMemory<TShift, TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TShift : struct, IShift
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint operand = c.ReadMemory<WordSize, TMode>(ref t, op, out uint address);
        c.Prefetch(ref t);
        c.WriteWord(ref t, address, TShift.Apply<WordSize>(operand, 1, ref c._r.Sr), 0);
        return t.Clock;
    }

    /// <summary>BTST, BCHG, BCLR, BSET with the bit number in Dn or in an extension word.</summary>
    private static CpuCycles Bit<TBit, TDynamic, TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TBit : struct, IBit
        where TDynamic : struct, IBitNumber
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint number = TDynamic.InRegister ? c.D(op >> 9) : c.NextWord(ref t);
        if (typeof(TMode) == typeof(DataRegister))
        {
            c.BitInRegister<TBit>(ref t, op, number & 31);
            return t.Clock;
        }

        uint address = 0;
        uint operand = typeof(TMode) == typeof(Immediate)
            ? c.ReadImmediate<ByteSize>(ref t)
            : c.ReadMemory<ByteSize, TMode>(ref t, op, out address);
        uint bit = 1u << (int)(number & 7);
        c.SetZero((operand & bit) == 0);
        c.Prefetch(ref t);
        if (TBit.Changes)
        {
            c.WriteByte(ref t, address, TBit.Apply(operand, bit), 0);
        }
        else if (typeof(TMode) == typeof(Immediate))
        {
            Idle(ref t, 2);
        }

        return t.Clock;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BitInRegister<TBit>(ref Cursor t, uint op, uint number)
        where TBit : struct, IBit
    {
        ref uint d = ref D(op);
        uint bit = 1u << (int)number;
        SetZero((d & bit) == 0);
        Prefetch(ref t);
        if (TBit.Changes)
        {
            d = TBit.Apply(d, bit);
        }

        // Changing one of the upper sixteen bits takes a step longer; so does clearing.
        Idle(ref t, 2 + (TBit.Changes && number > 15 ? 2 : 0) + (TBit.Clears ? 2 : 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetZero(bool zero) =>
        _r.Sr = (ushort)((_r.Sr & ~StatusRegister.Z) | (zero ? StatusRegister.Z : 0));

    private static CpuCycles SetByCondition<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        bool holds = StatusRegister.Holds(op >> 8, c._r.Sr);
        uint value = holds ? 0xFFu : 0;
        if (typeof(TMode) == typeof(DataRegister))
        {
            c.Prefetch(ref t);
            c.SetD<ByteSize>(op, value);
            Idle(ref t, holds ? 2 : 0);
            return t.Clock;
        }

        c.ReadMemory<ByteSize, TMode>(ref t, op, out uint address);
        c.Prefetch(ref t);
        c.WriteByte(ref t, address, value, 0);
        return t.Clock;
    }

    /// <summary>TAS: read, two idle cycles and write in one bus cycle of ten.</summary>
    private static CpuCycles TestAndSet<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        if (typeof(TMode) == typeof(DataRegister))
        {
            StatusRegister.SetLogic<ByteSize>(ref c._r.Sr, c.D(op) & 0xFF);
            c.D(op) |= 0x80;
            c.Prefetch(ref t);
            return t.Clock;
        }

        uint operand = c.ReadMemory<ByteSize, TMode>(ref t, op, out uint address);
        StatusRegister.SetLogic<ByteSize>(ref c._r.Sr, operand);
        Idle(ref t, 2);
        c.WriteByteIndivisibly(ref t, address, operand | 0x80);
        c.Prefetch(ref t);
        return t.Clock;
    }
}
