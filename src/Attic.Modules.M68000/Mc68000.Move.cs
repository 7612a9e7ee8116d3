using System.Runtime.CompilerServices;
using Attic.Abi.Time;

namespace Attic.Modules.M68000;

/// <content>MOVE, MOVEA, MOVEQ, LEA, PEA, EXG, SWAP, EXT, LINK, UNLK, MOVEM, MOVEP.</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    private static CpuCycles Move<TSize, TSource, TDestination>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
        where TSource : struct, IMode
        where TDestination : struct, IMode
    {
        var t = c.Begin(clock);
        uint value = c.ReadOperand<TSize, TSource>(ref t, op);
        uint register = op >> 9;
        switch (TDestination.Kind)
        {
            case Mode.DataRegister:
                c.SetD<TSize>(register & 7, value);
                StatusRegister.SetLogic<TSize>(ref c._r.Sr, value);
                c.Prefetch(ref t);
                break;
            case Mode.PreDecrement:
                c.MoveToPreDecrement<TSize>(ref t, register, value);
                break;
            case Mode.AbsoluteLong when TSource.Kind is not (Mode.DataRegister or Mode.AddressRegister or Mode.Immediate):
                c.MoveToAbsoluteLong<TSize>(ref t, value);
                break;
            default:
                {
                    uint address = c.AddressOf<TSize, TDestination>(ref t, register);
                    if (TSize.Bytes == 4 && (address & 1) != 0)
                    {
                        c.SetFlagsOfFailingMove<TSource, TDestination>(value);
                    }
                    else
                    {
                        StatusRegister.SetLogic<TSize>(ref c._r.Sr, value);
                    }

                    c.Write<TSize>(ref t, address, value, TDestination.Kind is Mode.Indirect or Mode.PostIncrement ? 0 : -2);
                    if (TDestination.Kind == Mode.PostIncrement)
                    {
                        c.A(register) = address + Stride<TSize>(register & 7);
                    }

                    c.Prefetch(ref t);
                    break;
                }
        }

        return t.Clock;
    }

    // A long move sets its flags in two steps; the first write, which fails at an odd address, lies between them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetFlagsOfFailingMove<TSource, TDestination>(uint value)
        where TSource : struct, IMode
        where TDestination : struct, IMode
    {
        bool fromRegister = TSource.Kind is Mode.DataRegister or Mode.AddressRegister;
        bool direct = TDestination.Kind is Mode.Indirect or Mode.PostIncrement;
        if (!fromRegister && direct)
        {
            StatusRegister.SetLogic<WordSize>(ref _r.Sr, value & 0xFFFF);
        }
        else if (!fromRegister)
        {
            StatusRegister.SetLogic<LongSize>(ref _r.Sr, value);
        }
        else if (!direct)
        {
            _r.Sr = (ushort)((_r.Sr & 0xFFF3u) | StatusRegister.NegativeZero<LongSize>(value));
        }
    }

    // The prefetch comes first here. A long goes out low word first, and only then do IRD and An change.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MoveToPreDecrement<TSize>(ref Cursor t, uint register, uint value)
        where TSize : struct, ISize
    {
        uint address = A(register) - Stride<TSize>(register & 7);
        StatusRegister.SetLogic<TSize>(ref _r.Sr, value);
        if (TSize.Bytes != 4)
        {
            Prefetch(ref t);
            A(register) = address;
            Write<TSize>(ref t, address, value, -2);
            return;
        }

        SampleInterrupts(t.Clock);
        ushort next = BusReadWord(ref t, t.Pc, Function(ProgramSpace));
        t.Pc += 2;
        _r.Pc = t.Pc;
        WriteBack<TSize>(ref t, address, value, -2);
        A(register) = address;
        _r.Ird = _r.Irc;
        _r.Irc = next;
    }

    // After a source in memory the write comes before the second address word has left IRC.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MoveToAbsoluteLong<TSize>(ref Cursor t, uint value)
        where TSize : struct, ISize
    {
        uint high = NextWord(ref t);
        uint address = (high << 16) | _r.Irc;
        StatusRegister.SetLogic<TSize>(ref _r.Sr, value);
        Write<TSize>(ref t, address, value, 0);
        NextWord(ref t);
        Prefetch(ref t);
    }

    private static CpuCycles MoveA<TSize, TSource>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
        where TSource : struct, IMode
    {
        var t = c.Begin(clock);
        uint value = c.ReadOperand<TSize, TSource>(ref t, op);
        c.A(op >> 9) = TSize.Bytes == 2 ? SignExtend(value) : value;
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles MoveQ(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        uint value = (uint)(sbyte)op;
        c.D(op >> 9) = value;
        StatusRegister.SetLogic<LongSize>(ref c._r.Sr, value);
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles Lea<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint address = c.AddressOf<LongSize, TMode>(ref t, op);
        if (TMode.Kind is Mode.Index or Mode.PcIndex)
        {
            Idle(ref t, 2);
        }

        c.A(op >> 9) = address;
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles Pea<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint address = c.AddressOf<LongSize, TMode>(ref t, op);
        if (TMode.Kind is Mode.Index or Mode.PcIndex)
        {
            Idle(ref t, 2);
        }

        if (TMode.Kind is Mode.AbsoluteShort or Mode.AbsoluteLong)
        {
            c.PushLong(ref t, address);
            c.Prefetch(ref t);
        }
        else
        {
            c.Prefetch(ref t);
            c.PushLong(ref t, address);
        }

        return t.Clock;
    }

    private static CpuCycles Exg(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        uint kind = (op >> 3) & 31;
        ref uint x = ref kind == 9 ? ref c.A(op >> 9) : ref c.D(op >> 9);
        ref uint y = ref kind == 8 ? ref c.D(op) : ref c.A(op);
        (x, y) = (y, x);
        c.Prefetch(ref t);
        Idle(ref t, 2);
        return t.Clock;
    }

    private static CpuCycles Swap(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        ref uint d = ref c.D(op);
        d = (d >> 16) | (d << 16);
        StatusRegister.SetLogic<LongSize>(ref c._r.Sr, d);
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles ExtendWord(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        uint value = (ushort)(sbyte)c.D(op);
        c.SetD<WordSize>(op, value);
        StatusRegister.SetLogic<WordSize>(ref c._r.Sr, value);
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles ExtendLong(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        uint value = SignExtend(c.D(op));
        c.D(op) = value;
        StatusRegister.SetLogic<LongSize>(ref c._r.Sr, value);
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles Link(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        uint displacement = SignExtend(c.NextWord(ref t));
        uint frame = c.A(7) - 4;
        uint value = c.A(op);
        c.A(7) = frame;
        c.Write<LongSize>(ref t, frame, value, 0);
        c.A(op) = frame;
        c.A(7) = frame + displacement;
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles Unlink(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        uint frame = c.A(op);
        uint value = c.Read<LongSize>(ref t, frame, DataSpace, 0);
        c.A(7) = frame + 4;
        c.A(op) = value;
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles MoveMToMemory<TSize, TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint list = c.NextWord(ref t);
        uint address = c.AddressOf<TSize, TMode>(ref t, op);
        for (uint register = 0; list != 0; register++, list >>= 1)
        {
            if ((list & 1) != 0)
            {
                c.Write<TSize>(ref t, address, c.DataOrAddress(register), 0);
                address += (uint)TSize.Bytes;
            }
        }

        c.Prefetch(ref t);
        return t.Clock;
    }

    // The list is mirrored here: its lowest bit is A7. The 68000 stores An as it was before.
    private static CpuCycles MoveMToPreDecrement<TSize>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
    {
        var t = c.Begin(clock);
        uint list = c.NextWord(ref t);
        uint address = c.A(op);
        for (uint register = 15; list != 0; register--, list >>= 1)
        {
            if ((list & 1) != 0)
            {
                address -= (uint)TSize.Bytes;
                c.WriteBack<TSize>(ref t, address, c.DataOrAddress(register), 0);
            }
        }

        c.A(op) = address;
        c.Prefetch(ref t);
        return t.Clock;
    }

    // The chip reads one word beyond the last operand.
    private static CpuCycles MoveMToRegisters<TSize, TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint list = c.NextWord(ref t);
        uint address = c.AddressOf<TSize, TMode>(ref t, op);
        for (uint register = 0; list != 0; register++, list >>= 1)
        {
            if ((list & 1) != 0)
            {
                uint value = c.Read<TSize>(ref t, address, SpaceOf<TMode>(), 0);
                c.DataOrAddress(register) = TSize.Bytes == 2 ? SignExtend(value) : value;
                address += (uint)TSize.Bytes;
            }
        }

        c.ReadWord(ref t, address, SpaceOf<TMode>(), 0);
        if (TMode.Kind == Mode.PostIncrement)
        {
            c.A(op) = address;
        }

        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles MovePToMemory<TSize>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
    {
        var t = c.Begin(clock);
        uint address = c.A(op) + SignExtend(c.NextWord(ref t));
        uint value = c.D(op >> 9);
        for (int shift = TSize.Bits - 8; shift >= 0; shift -= 8)
        {
            c.WriteByte(ref t, address, value >> shift, 0);
            address += 2;
        }

        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles MovePToRegister<TSize>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
    {
        var t = c.Begin(clock);
        uint address = c.A(op) + SignExtend(c.NextWord(ref t));
        uint value = 0;
        for (int count = 0; count < TSize.Bytes; count++)
        {
            value = (value << 8) | c.ReadByte(ref t, address, DataSpace, 0);
            address += 2;
        }

        c.SetD<TSize>(op >> 9, value);
        c.Prefetch(ref t);
        return t.Clock;
    }
}
