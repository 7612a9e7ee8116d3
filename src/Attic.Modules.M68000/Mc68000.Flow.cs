using System.Runtime.CompilerServices;
using Attic.Abi.Cpu;
using Attic.Abi.Time;

namespace Attic.Modules.M68000;

/// <content>Branches, jumps, returns, traps and the instructions of the supervisor.</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    private static CpuCycles BranchShort(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        if (StatusRegister.Holds(op >> 8, c._r.Sr))
        {
            Idle(ref t, 2);
            c.JumpTo(ref t, t.Pc - 2 + (uint)(sbyte)op, -2);
        }
        else
        {
            Idle(ref t, 4);
            c.Prefetch(ref t);
        }

        return t.Clock;
    }

    private static CpuCycles BranchWord(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        if (StatusRegister.Holds(op >> 8, c._r.Sr))
        {
            Idle(ref t, 2);
            c.JumpTo(ref t, t.Pc - 2 + SignExtend(c._r.Irc), -2);
        }
        else
        {
            Idle(ref t, 4);
            c.NextWord(ref t);
            c.Prefetch(ref t);
        }

        return t.Clock;
    }

    private static CpuCycles BranchToSubroutine(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        bool word = (op & 0xFF) == 0;
        uint start = t.Pc - 2;
        uint target = start + (word ? SignExtend(c._r.Irc) : (uint)(sbyte)op);
        Idle(ref t, 2);
        c.PushLong(ref t, word ? start + 2 : start);

        // By now the target is in PC: that is what a fault stacks.
        c._r.Pc = target;
        c.JumpTo(ref t, target, 0);
        return t.Clock;
    }

    private static CpuCycles DecrementAndBranch(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        if (StatusRegister.Holds(op >> 8, c._r.Sr))
        {
            Idle(ref t, 4);
            c.NextWord(ref t);
            c.Prefetch(ref t);
            return t.Clock;
        }

        Idle(ref t, 2);
        uint target = t.Pc - 2 + SignExtend(c._r.Irc);
        uint counter = (c.D(op) - 1) & 0xFFFF;
        if (counter != 0xFFFF)
        {
            c.FetchTarget(ref t, target, 0);
            c.SetD<WordSize>(op, counter);
            c.FinishJump(ref t, target);
            return t.Clock;
        }

        // The chip has already begun to fetch from the target when it finds the counter run out.
        c.SetD<WordSize>(op, counter);
        ushort extension = c._r.Irc;
        c.FetchTarget(ref t, target, 0);
        c._r.Irc = extension;
        c.NextWord(ref t);
        c.Prefetch(ref t);
        return t.Clock;
    }

    /// <summary>The target of JMP and JSR; the last extension word stays in IRC.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint JumpTarget<TMode>(ref Cursor t, uint op)
        where TMode : struct, IMode
    {
        if (typeof(TMode) == typeof(Indirect))
        {
            return A(op);
        }

        if (typeof(TMode) == typeof(AbsoluteLong))
        {
            return (NextWord(ref t) << 16) | _r.Irc;
        }

        if (typeof(TMode) == typeof(Index) || typeof(TMode) == typeof(PcIndex))
        {
            Idle(ref t, 6);
            return Indexed(typeof(TMode) == typeof(Index) ? A(op) : t.Pc - 2);
        }

        Idle(ref t, 2);
        uint displacement = SignExtend(_r.Irc);
        if (typeof(TMode) == typeof(Displacement))
        {
            return A(op) + displacement;
        }

        return typeof(TMode) == typeof(PcDisplacement) ? t.Pc - 2 + displacement : displacement;
    }

    private static CpuCycles Jump<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint target = c.JumpTarget<TMode>(ref t, op);
        c.JumpTo(ref t, target, typeof(TMode) == typeof(AbsoluteLong) ? -4 : -2);
        return t.Clock;
    }

    private static CpuCycles JumpToSubroutine<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint target = c.JumpTarget<TMode>(ref t, op);
        uint back = typeof(TMode) == typeof(Indirect) ? t.Pc - 2 : t.Pc;
        c.FetchTarget(ref t, target, typeof(TMode) == typeof(Indirect) ? -2 : 0);
        c.PushLong(ref t, back);
        c.FinishJump(ref t, target);
        return t.Clock;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint PopLong(ref Cursor t)
    {
        uint value = Read<LongSize>(ref t, A(7), DataSpace, 0);
        A(7) += 4;
        return value;
    }

    private static CpuCycles ReturnFromSubroutine(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        uint target = c.PopLong(ref t);
        c.JumpTo(ref t, target, -2);
        return t.Clock;
    }

    private static CpuCycles ReturnAndRestore(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        c.SetCcr(c.PopWord(ref t));
        uint target = c.PopLong(ref t);
        c.JumpTo(ref t, target, -2);
        return t.Clock;
    }

    private static CpuCycles ReturnFromException(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        if (!c.IsSupervisor)
        {
            return c.RefusePrivilege(clock);
        }

        uint sr = c.PopWord(ref t);
        uint target = c.PopLong(ref t);
        c.SetSr(sr);
        c.JumpTo(ref t, target, -2);
        return t.Clock;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint PopWord(ref Cursor t)
    {
        uint value = ReadWord(ref t, A(7), DataSpace, 0);
        A(7) += 2;
        return value;
    }

    private static CpuCycles Trap(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        return c.RaiseException(Vector.Trap + (int)(op & 15), t.Pc - 2, clock + 4);
    }

    private static CpuCycles TrapOnOverflow(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        c.Prefetch(ref t);
        if ((c._r.Sr & StatusRegister.V) != 0)
        {
            return c.RaiseException(Vector.TrapV, t.Pc - 4, t.Clock);
        }

        return t.Clock;
    }

    private static CpuCycles Illegal(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock) =>
        c.RefuseInstruction(Vector.IllegalInstruction, clock);

    private static CpuCycles LineA(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock) =>
        c.RefuseInstruction(Vector.LineA, clock);

    private static CpuCycles LineF(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock) =>
        c.RefuseInstruction(Vector.LineF, clock);

    private static CpuCycles NoOperation(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        c.Prefetch(ref t);
        return t.Clock;
    }

    /// <summary>RESET: 128 cycles (124 with the line held) and the prefetch.</summary>
    private static CpuCycles ResetDevices(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        if (!c.IsSupervisor)
        {
            return c.RefusePrivilege(clock);
        }

        Idle(ref t, 4);
        c._bus.ResetDevices(t.Clock);
        Idle(ref t, 124);
        c.Prefetch(ref t);
        return t.Clock;
    }

    /// <summary>STOP leaves the prefetch as it is; what wakes it up stacks the address behind it.</summary>
    private static CpuCycles Stop(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        if (!c.IsSupervisor)
        {
            return c.RefusePrivilege(clock);
        }

        c.SampleInterrupts(t.Clock);
        c.SetSr(c._r.Irc);
        Idle(ref t, 4);
        c._r.RunState = M68kRunState.Stopped;
        return t.Clock;
    }

    private static CpuCycles MoveFromUsp(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        if (!c.IsSupervisor)
        {
            return c.RefusePrivilege(clock);
        }

        c.A(op) = c._r.InactiveStackPointer;
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles MoveToUsp(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        if (!c.IsSupervisor)
        {
            return c.RefusePrivilege(clock);
        }

        c._r.InactiveStackPointer = c.A(op);
        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles MoveFromSr<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        if (typeof(TMode) == typeof(DataRegister))
        {
            c.Prefetch(ref t);
            c.SetD<WordSize>(op, c._r.Sr);
            Idle(ref t, 2);
            return t.Clock;
        }

        c.ReadMemory<WordSize, TMode>(ref t, op, out uint address);
        c.Prefetch(ref t);
        c.WriteWord(ref t, address, c._r.Sr, 0);
        return t.Clock;
    }

    private static CpuCycles MoveToCcr<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint value = c.ReadOperand<WordSize, TMode>(ref t, op);
        Idle(ref t, 4);
        c.SetCcr(value);
        c.Refill(ref t);
        return t.Clock;
    }

    private static CpuCycles MoveToSr<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        if (!c.IsSupervisor)
        {
            return c.RefusePrivilege(clock);
        }

        uint value = c.ReadOperand<WordSize, TMode>(ref t, op);
        Idle(ref t, 4);
        c.SetSr(value);
        c.Refill(ref t);
        return t.Clock;
    }

    /// <summary>A new status register may mean another program space: the next words are fetched again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Refill(ref Cursor t)
    {
        NoteAccess(t.Pc - 2, -2);
        _r.Irc = BusReadWord(ref t, t.Pc - 2, Function(ProgramSpace));
        Prefetch(ref t);
    }

    /// <summary>ANDI, ORI, EORI to CCR.</summary>
    private static CpuCycles ImmediateToCcr<TAlu>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TAlu : struct, IAlu
    {
        var t = c.Begin(clock);
        ushort flags = 0;
        uint source = c.NextWord(ref t) & 0xFF;
        Idle(ref t, 8);
        c.SetCcr(TAlu.Apply<ByteSize>(source, c._r.Sr & 0xFFu, ref flags));
        c.Refill(ref t);
        return t.Clock;
    }

    /// <summary>ANDI, ORI, EORI to SR.</summary>
    private static CpuCycles ImmediateToSr<TAlu>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TAlu : struct, IAlu
    {
        var t = c.Begin(clock);
        if (!c.IsSupervisor)
        {
            return c.RefusePrivilege(clock);
        }

        ushort flags = 0;
        uint source = c.NextWord(ref t);
        Idle(ref t, 8);
        c.SetSr(TAlu.Apply<WordSize>(source, c._r.Sr, ref flags));
        c.Refill(ref t);
        return t.Clock;
    }
}
