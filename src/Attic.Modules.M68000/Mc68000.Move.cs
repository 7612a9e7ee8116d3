using System.Runtime.CompilerServices;
using Attic.Abi.Time;

namespace Attic.Modules.M68000;

/// <content>MOVE, MOVEA, MOVEQ, LEA, PEA, EXG, SWAP, EXT, LINK, UNLK, MOVEM, MOVEP.</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    private static CpuCycles MoveToRegister<TSize, TSource>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
        where TSource : struct, IMode
    {
        var t = c.Begin(clock);
        uint value = c.ReadOperand<TSize, TSource>(ref t, op);
        c.SetD<TSize>(op >> 9, value);
        StatusRegister.SetLogic<TSize>(ref c._r.Sr, value);
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles MoveToMemory<TSize, TSource, TDestination>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
        where TSource : struct, IMode
        where TDestination : struct, IMode
    {
        var t = c.Begin(clock);
        uint value = c.ReadOperand<TSize, TSource>(ref t, op);
        uint register = (op >> 9) & 7;
        uint address = c.AddressOf<TSize, TDestination>(ref t, register);
        if (typeof(TSize) == typeof(LongSize) && (address & 1) != 0)
        {
            c.SetFlagsOfFailingMove<TSource, TDestination>(value);
        }
        else
        {
            StatusRegister.SetLogic<TSize>(ref c._r.Sr, value);
        }

        bool direct = typeof(TDestination) == typeof(Indirect) || typeof(TDestination) == typeof(PostIncrement);
        c.Write<TSize>(ref t, address, value, direct ? 0 : -2);
        if (typeof(TDestination) == typeof(PostIncrement))
        {
            c.A(register) = address + Stride<TSize>(register);
        }

        c.Prefetch(ref t);
        return t.Clock;
    }

    // A long move sets its flags in two steps; the first write, which fails at an odd address, lies between them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetFlagsOfFailingMove<TSource, TDestination>(uint value)
        where TSource : struct, IMode
        where TDestination : struct, IMode
    {
        bool fromRegister = (typeof(TSource) == typeof(DataRegister) || typeof(TSource) == typeof(AddressRegister));
        bool direct = (typeof(TDestination) == typeof(Indirect) || typeof(TDestination) == typeof(PostIncrement));
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

    /// <summary>
    /// MOVE to −(An): the prefetch comes first. A long goes out low word first, and only then do IRD and An change.
    /// </summary>
    private static CpuCycles MoveToPreDecrement<TSize, TSource>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
        where TSource : struct, IMode
    {
        var t = c.Begin(clock);
        uint value = c.ReadOperand<TSize, TSource>(ref t, op);
        uint register = (op >> 9) & 7;
        uint address = c.A(register) - Stride<TSize>(register);
        StatusRegister.SetLogic<TSize>(ref c._r.Sr, value);
        if (typeof(TSize) != typeof(LongSize))
        {
            c.Prefetch(ref t);
            c.A(register) = address;
            c.Write<TSize>(ref t, address, value, -2);
            return t.Clock;
        }

        c.SampleInterrupts(t.Clock);
        ushort next = c.BusReadWord(ref t, t.Pc, c.Function(ProgramSpace));
        t.Pc += 2;
        c._r.Pc = t.Pc;
        c.WriteBack<TSize>(ref t, address, value, -2);
        c.A(register) = address;
        c._r.Ird = c._r.Irc;
        c._r.Irc = next;
        return t.Clock;
    }

    /// <summary>MOVE from memory to (xxx).L: it writes before the second address word has left IRC.</summary>
    private static CpuCycles MoveToAbsoluteLong<TSize, TSource>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
        where TSource : struct, IMode
    {
        var t = c.Begin(clock);
        uint value = c.ReadOperand<TSize, TSource>(ref t, op);
        uint high = c.NextWord(ref t);
        uint address = (high << 16) | c._r.Irc;
        StatusRegister.SetLogic<TSize>(ref c._r.Sr, value);
        c.Write<TSize>(ref t, address, value, 0);
        c.NextWord(ref t);
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles MoveA<TSize, TSource>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
        where TSource : struct, IMode
    {
        var t = c.Begin(clock);
        uint value = c.ReadOperand<TSize, TSource>(ref t, op);
        c.A(op >> 9) = typeof(TSize) == typeof(WordSize) ? SignExtend(value) : value;
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
        if (typeof(TMode) == typeof(Index) || typeof(TMode) == typeof(PcIndex))
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
        if (typeof(TMode) == typeof(Index) || typeof(TMode) == typeof(PcIndex))
        {
            Idle(ref t, 2);
        }

        if (typeof(TMode) == typeof(AbsoluteShort) || typeof(TMode) == typeof(AbsoluteLong))
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
        bool pcRelative = typeof(TMode) == typeof(PcDisplacement) || typeof(TMode) == typeof(PcIndex);
        uint space = pcRelative ? ProgramSpace : DataSpace;
        uint list = c.NextWord(ref t);
        uint address = c.AddressOf<TSize, TMode>(ref t, op);
        for (uint register = 0; list != 0; register++, list >>= 1)
        {
            if ((list & 1) != 0)
            {
                uint value = c.Read<TSize>(ref t, address, space, 0);
                c.DataOrAddress(register) = typeof(TSize) == typeof(WordSize) ? SignExtend(value) : value;
                address += (uint)TSize.Bytes;
            }
        }

        c.ReadWord(ref t, address, space, 0);
        if (typeof(TMode) == typeof(PostIncrement))
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
