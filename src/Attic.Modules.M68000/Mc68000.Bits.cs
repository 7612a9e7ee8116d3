using System.Runtime.CompilerServices;

namespace Attic.Modules.M68000;

/// <content>Shifts, single bits, Scc, TAS.</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    private static void ShiftByConstant<TShift, TSize>(Mc68000<TBus, TTrace> c, uint op)
        where TShift : struct, IShift
        where TSize : struct, ISize =>
        c.ShiftRegister<TShift, TSize>(op, (int)QuickValue(op));

    private static void ShiftByRegister<TShift, TSize>(Mc68000<TBus, TTrace> c, uint op)
        where TShift : struct, IShift
        where TSize : struct, ISize =>
        c.ShiftRegister<TShift, TSize>(op, (int)(c.D(op >> 9) & 63));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ShiftRegister<TShift, TSize>(uint op, int count)
        where TShift : struct, IShift
        where TSize : struct, ISize
    {
        Prefetch();
        SetD<TSize>(op, TShift.Apply<TSize>(D(op) & TSize.Mask, count, ref _r.Sr));
        Idle((TSize.Bytes == 4 ? 4 : 2) + (2 * count));
    }

    private static void ShiftMemory<TShift, TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TShift : struct, IShift
        where TMode : struct, IMode
    {
        uint operand = c.ReadMemory<WordSize, TMode>(op, out uint address);
        c.Prefetch();
        c.WriteWord(address, TShift.Apply<WordSize>(operand, 1, ref c._r.Sr), 0);
    }

    /// <summary>BTST, BCHG, BCLR, BSET with the bit number in Dn or in an extension word.</summary>
    private static void Bit<TBit, TDynamic, TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TBit : struct, IBit
        where TDynamic : struct, IBitNumber
        where TMode : struct, IMode
    {
        uint number = TDynamic.InRegister ? c.D(op >> 9) : c.NextWord();
        if (TMode.Kind == Mode.DataRegister)
        {
            c.BitInRegister<TBit>(op, number & 31);
            return;
        }

        uint address = 0;
        uint operand = TMode.Kind == Mode.Immediate
            ? c.ReadImmediate<ByteSize>()
            : c.ReadMemory<ByteSize, TMode>(op, out address);
        uint bit = 1u << (int)(number & 7);
        c.SetZero((operand & bit) == 0);
        c.Prefetch();
        if (TBit.Changes)
        {
            c.WriteByte(address, TBit.Apply(operand, bit), 0);
        }
        else if (TMode.Kind == Mode.Immediate)
        {
            c.Idle(2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BitInRegister<TBit>(uint op, uint number)
        where TBit : struct, IBit
    {
        ref uint d = ref D(op);
        uint bit = 1u << (int)number;
        SetZero((d & bit) == 0);
        Prefetch();
        if (TBit.Changes)
        {
            d = TBit.Apply(d, bit);
        }

        // Changing one of the upper sixteen bits takes a step longer; so does clearing.
        Idle(2 + (TBit.Changes && number > 15 ? 2 : 0) + (TBit.Clears ? 2 : 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetZero(bool zero) =>
        _r.Sr = (ushort)((_r.Sr & ~StatusRegister.Z) | (zero ? StatusRegister.Z : 0));

    private static void SetByCondition<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode
    {
        bool holds = StatusRegister.Holds(op >> 8, c._r.Sr);
        uint value = holds ? 0xFFu : 0;
        if (TMode.Kind == Mode.DataRegister)
        {
            c.Prefetch();
            c.SetD<ByteSize>(op, value);
            c.Idle(holds ? 2 : 0);
            return;
        }

        c.ReadMemory<ByteSize, TMode>(op, out uint address);
        c.Prefetch();
        c.WriteByte(address, value, 0);
    }

    /// <summary>TAS: read, two idle cycles and write in one bus cycle of ten.</summary>
    private static void TestAndSet<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode
    {
        if (TMode.Kind == Mode.DataRegister)
        {
            StatusRegister.SetLogic<ByteSize>(ref c._r.Sr, c.D(op) & 0xFF);
            c.D(op) |= 0x80;
            c.Prefetch();
            return;
        }

        uint operand = c.ReadMemory<ByteSize, TMode>(op, out uint address);
        StatusRegister.SetLogic<ByteSize>(ref c._r.Sr, operand);
        c.Idle(2);
        c.WriteByte(address, operand | 0x80, 0);
        c.Prefetch();
    }
}
