using System.Runtime.CompilerServices;
using Attic.Abi.Cpu;

namespace Attic.Modules.M68000;

/// <content>Branches, jumps, returns, traps and the instructions of the supervisor.</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    private static void BranchShort(Mc68000<TBus, TTrace> c, uint op)
    {
        if (StatusRegister.Holds(op >> 8, c._r.Sr))
        {
            c.Idle(2);
            c.JumpTo(c._r.Pc - 2 + (uint)(sbyte)op, -2);
        }
        else
        {
            c.Idle(4);
            c.Prefetch();
        }
    }

    private static void BranchWord(Mc68000<TBus, TTrace> c, uint op)
    {
        if (StatusRegister.Holds(op >> 8, c._r.Sr))
        {
            c.Idle(2);
            c.JumpTo(c._r.Pc - 2 + SignExtend(c._r.Irc), -2);
        }
        else
        {
            c.Idle(4);
            c.NextWord();
            c.Prefetch();
        }
    }

    private static void BranchToSubroutine(Mc68000<TBus, TTrace> c, uint op)
    {
        bool word = (op & 0xFF) == 0;
        uint start = c._r.Pc - 2;
        uint target = start + (word ? SignExtend(c._r.Irc) : (uint)(sbyte)op);
        c.Idle(2);
        c.PushLong(word ? start + 2 : start);

        // By now the target is in PC: that is what a fault stacks.
        c._r.Pc = target;
        c.JumpTo(target, 0);
    }

    private static void DecrementAndBranch(Mc68000<TBus, TTrace> c, uint op)
    {
        if (StatusRegister.Holds(op >> 8, c._r.Sr))
        {
            c.Idle(4);
            c.NextWord();
            c.Prefetch();
            return;
        }

        c.Idle(2);
        uint target = c._r.Pc - 2 + SignExtend(c._r.Irc);
        uint counter = (c.D(op) - 1) & 0xFFFF;
        if (counter != 0xFFFF)
        {
            c.FetchTarget(target, 0);
            c.SetD<WordSize>(op, counter);
            c.FinishJump(target);
            return;
        }

        // The chip has already begun to fetch from the target when it finds the counter run out.
        c.SetD<WordSize>(op, counter);
        ushort extension = c._r.Irc;
        c.FetchTarget(target, 0);
        c._r.Irc = extension;
        c.NextWord();
        c.Prefetch();
    }

    /// <summary>The target of JMP and JSR; the last extension word stays in IRC.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint JumpTarget<TMode>(uint op)
        where TMode : struct, IMode
    {
        switch (TMode.Kind)
        {
            case Mode.Indirect:
                return A(op);
            case Mode.Displacement:
                Idle(2);
                return A(op) + SignExtend(_r.Irc);
            case Mode.Index:
                Idle(6);
                return Indexed(A(op));
            case Mode.AbsoluteShort:
                Idle(2);
                return SignExtend(_r.Irc);
            case Mode.AbsoluteLong:
                return (NextWord() << 16) | _r.Irc;
            case Mode.PcDisplacement:
                Idle(2);
                return _r.Pc - 2 + SignExtend(_r.Irc);
            default:
                Idle(6);
                return Indexed(_r.Pc - 2);
        }
    }

    private static void Jump<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode
    {
        uint target = c.JumpTarget<TMode>(op);
        c.JumpTo(target, TMode.Kind == Mode.AbsoluteLong ? -4 : -2);
    }

    private static void JumpToSubroutine<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode
    {
        uint target = c.JumpTarget<TMode>(op);
        uint back = TMode.Kind == Mode.Indirect ? c._r.Pc - 2 : c._r.Pc;
        c.FetchTarget(target, TMode.Kind == Mode.Indirect ? -2 : 0);
        c.PushLong(back);
        c.FinishJump(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint PopLong()
    {
        uint value = Read<LongSize>(A(7), DataSpace, 0);
        A(7) += 4;
        return value;
    }

    private static void ReturnFromSubroutine(Mc68000<TBus, TTrace> c, uint op) => c.JumpTo(c.PopLong(), -2);

    private static void ReturnAndRestore(Mc68000<TBus, TTrace> c, uint op)
    {
        c.SetCcr(c.PopWord());
        c.JumpTo(c.PopLong(), -2);
    }

    private static void ReturnFromException(Mc68000<TBus, TTrace> c, uint op)
    {
        if (c.IsSupervisor())
        {
            uint sr = c.PopWord();
            uint target = c.PopLong();
            c.SetSr(sr);
            c.JumpTo(target, -2);
        }
    }

    private uint PopWord()
    {
        uint value = ReadWord(A(7), DataSpace, 0);
        A(7) += 2;
        return value;
    }

    private static void Trap(Mc68000<TBus, TTrace> c, uint op)
    {
        c.Idle(4);
        c.RaiseException(Vector.Trap + (int)(op & 15), c._r.Pc - 2);
    }

    private static void TrapOnOverflow(Mc68000<TBus, TTrace> c, uint op)
    {
        c.Prefetch();
        if ((c._r.Sr & StatusRegister.V) != 0)
        {
            c.RaiseException(Vector.TrapV, c._r.Pc - 4);
        }
    }

    private static void Illegal(Mc68000<TBus, TTrace> c, uint op) => c.RefuseInstruction(Vector.IllegalInstruction);

    private static void LineA(Mc68000<TBus, TTrace> c, uint op) => c.RefuseInstruction(Vector.LineA);

    private static void LineF(Mc68000<TBus, TTrace> c, uint op) => c.RefuseInstruction(Vector.LineF);

    private static void NoOperation(Mc68000<TBus, TTrace> c, uint op) => c.Prefetch();

    /// <summary>RESET: 128 cycles (124 with the line held) and the prefetch.</summary>
    private static void ResetDevices(Mc68000<TBus, TTrace> c, uint op)
    {
        if (c.IsSupervisor())
        {
            c.Idle(4);
            c._bus.ResetDevices(c._r.Clock);
            c.Idle(124);
            c.Prefetch();
        }
    }

    /// <summary>STOP leaves the prefetch as it is; what wakes it up stacks the address behind it.</summary>
    private static void Stop(Mc68000<TBus, TTrace> c, uint op)
    {
        if (c.IsSupervisor())
        {
            c.SampleInterrupts();
            c.SetSr(c._r.Irc);
            c.Idle(4);
            c._r.RunState = M68kRunState.Stopped;
        }
    }

    private static void MoveFromUsp(Mc68000<TBus, TTrace> c, uint op)
    {
        if (c.IsSupervisor())
        {
            c.A(op) = c._r.InactiveStackPointer;
            c.Prefetch();
        }
    }

    private static void MoveToUsp(Mc68000<TBus, TTrace> c, uint op)
    {
        if (c.IsSupervisor())
        {
            c._r.InactiveStackPointer = c.A(op);
            c.Prefetch();
        }
    }

    private static void MoveFromSr<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode
    {
        if (TMode.Kind == Mode.DataRegister)
        {
            c.Prefetch();
            c.SetD<WordSize>(op, c._r.Sr);
            c.Idle(2);
            return;
        }

        c.ReadMemory<WordSize, TMode>(op, out uint address);
        c.Prefetch();
        c.WriteWord(address, c._r.Sr, 0);
    }

    private static void MoveToCcr<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode
    {
        uint value = c.ReadOperand<WordSize, TMode>(op);
        c.Idle(4);
        c.SetCcr(value);
        c.Refill();
    }

    private static void MoveToSr<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode
    {
        if (c.IsSupervisor())
        {
            uint value = c.ReadOperand<WordSize, TMode>(op);
            c.Idle(4);
            c.SetSr(value);
            c.Refill();
        }
    }

    /// <summary>A new status register may mean another program space: the next words are fetched again.</summary>
    private void Refill()
    {
        _r.Irc = BusReadWord(_r.Pc - 2, Function(ProgramSpace));
        Prefetch();
    }

    /// <summary>ANDI, ORI, EORI to CCR.</summary>
    private static void ImmediateToCcr<TAlu>(Mc68000<TBus, TTrace> c, uint op)
        where TAlu : struct, IAlu
    {
        ushort flags = 0;
        uint source = c.NextWord() & 0xFF;
        c.Idle(8);
        c.SetCcr(TAlu.Apply<ByteSize>(source, c._r.Sr & 0xFFu, ref flags));
        c.Refill();
    }

    /// <summary>ANDI, ORI, EORI to SR.</summary>
    private static void ImmediateToSr<TAlu>(Mc68000<TBus, TTrace> c, uint op)
        where TAlu : struct, IAlu
    {
        if (c.IsSupervisor())
        {
            ushort flags = 0;
            uint source = c.NextWord();
            c.Idle(8);
            c.SetSr(TAlu.Apply<WordSize>(source, c._r.Sr, ref flags));
            c.Refill();
        }
    }
}
