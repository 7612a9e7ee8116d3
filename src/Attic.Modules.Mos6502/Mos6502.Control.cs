using Attic.Abi.Buses;

namespace Attic.Modules.Mos6502;

/// <content>Implied instructions, the stack, jumps and branches.</content>
public sealed unsafe partial class Mos6502<TBus>
{
    private interface IImplied
    {
        static abstract void Do(Mos6502<TBus> cpu);
    }

    private static int Implied<TOperation>(Mos6502<TBus> cpu, int clock)
        where TOperation : struct, IImplied
    {
        cpu.LastRead(ref clock, cpu._r.Pc);
        TOperation.Do(cpu);
        return clock;
    }

    private static int Cli(Mos6502<TBus> cpu, int clock)
    {
        cpu._bus.Read(ref clock, cpu._r.Pc);
        cpu.PollAround((byte)(cpu._r.P & ~Flags.I));
        return clock;
    }

    private static int Sei(Mos6502<TBus> cpu, int clock)
    {
        cpu._bus.Read(ref clock, cpu._r.Pc);
        cpu.PollAround((byte)(cpu._r.P | Flags.I));
        return clock;
    }

    // The new I flag arrives a cycle later, too late for this instruction's poll; when the last cycle is repeated, its
    // first pass polls with the old flag and the others with the new one.
    private void PollAround(byte flags)
    {
        var inputs = _bus.SampleInterrupts();
        if ((inputs & InterruptInputs.Repeated) == 0)
        {
            Poll();
            _r.P = flags;
            return;
        }

        if ((inputs & InterruptInputs.IrqAtFirst) != 0)
        {
            Recognise(InterruptInputs.Irq);
        }

        _r.P = flags;
        Poll();
    }

    // flag: the bit of P, taken: whether the branch wants it set.
    private static int Branch<TFlag, TTaken>(Mos6502<TBus> cpu, int clock)
        where TFlag : struct, IConstant
        where TTaken : struct, IConstant
    {
        sbyte offset = (sbyte)cpu.Operand(ref clock);
        cpu.Poll();
        if (((cpu._r.P & TFlag.Value) != 0) != (TTaken.Value != 0))
        {
            return clock;
        }

        ushort start = cpu._r.Pc;
        ushort target = (ushort)(start + offset);
        cpu._bus.Read(ref clock, start);
        if (((start ^ target) & 0xFF00) != 0)
        {
            // A repeated read sees a page carried forward, but not one borrowed backward.
            ushort uncorrected = (ushort)((start & 0xFF00) | (byte)target);
            cpu._bus.ReadUncorrected(ref clock, uncorrected, offset > 0 ? target : uncorrected);
            cpu.Poll();
        }

        cpu._r.Pc = target;
        return clock;
    }

    private static int Brk(Mos6502<TBus> cpu, int clock)
    {
        cpu.Operand(ref clock);
        cpu.Interrupt(ref clock, Flags.B);
        return clock;
    }

    private static int Jsr(Mos6502<TBus> cpu, int clock)
    {
        byte low = cpu.Operand(ref clock);
        cpu._bus.Read(ref clock, (ushort)(0x100 | cpu._r.S));
        cpu.Push(ref clock, (byte)(cpu._r.Pc >> 8));
        cpu.Push(ref clock, (byte)cpu._r.Pc);
        byte high = cpu.LastRead(ref clock, cpu._r.Pc);
        cpu._r.Pc = (ushort)(low | (high << 8));
        return clock;
    }

    private static int Rts(Mos6502<TBus> cpu, int clock)
    {
        cpu._bus.Read(ref clock, cpu._r.Pc);
        cpu._bus.Read(ref clock, (ushort)(0x100 | cpu._r.S));
        byte low = cpu.Pull(ref clock);
        ushort address = (ushort)(low | (cpu.Pull(ref clock) << 8));
        cpu.LastRead(ref clock, address);
        cpu._r.Pc = (ushort)(address + 1);
        return clock;
    }

    // P is back before the poll: an interrupt that RTI unmasks is taken at once.
    private static int Rti(Mos6502<TBus> cpu, int clock)
    {
        cpu._bus.Read(ref clock, cpu._r.Pc);
        cpu._bus.Read(ref clock, (ushort)(0x100 | cpu._r.S));
        cpu._r.P = (byte)((cpu.Pull(ref clock) & ~Flags.B) | Flags.Unused);
        byte low = cpu.Pull(ref clock);
        cpu._r.Pc = (ushort)(low | (cpu.Pull(ref clock) << 8));
        cpu.Poll();
        return clock;
    }

    private static int JmpAbsolute(Mos6502<TBus> cpu, int clock)
    {
        byte low = cpu.Operand(ref clock);
        byte high = cpu.LastRead(ref clock, cpu._r.Pc);
        cpu._r.Pc = (ushort)(low | (high << 8));
        return clock;
    }

    // The pointer's high byte comes from the same page: the NMOS chip doesn't carry.
    private static int JmpIndirect(Mos6502<TBus> cpu, int clock)
    {
        ushort pointer = cpu.AbsoluteOperand(ref clock);
        byte low = cpu._bus.Read(ref clock, pointer);
        byte high = cpu.LastRead(ref clock, (ushort)((pointer & 0xFF00) | (byte)(pointer + 1)));
        cpu._r.Pc = (ushort)(low | (high << 8));
        return clock;
    }

    private static int Pha(Mos6502<TBus> cpu, int clock)
    {
        cpu._bus.Read(ref clock, cpu._r.Pc);
        cpu.Push(ref clock, cpu._r.A);
        cpu.Poll();
        return clock;
    }

    private static int Php(Mos6502<TBus> cpu, int clock)
    {
        cpu._bus.Read(ref clock, cpu._r.Pc);
        cpu.Push(ref clock, (byte)(cpu._r.P | Flags.B | Flags.Unused));
        cpu.Poll();
        return clock;
    }

    private static int Pla(Mos6502<TBus> cpu, int clock)
    {
        cpu._bus.Read(ref clock, cpu._r.Pc);
        cpu._bus.Read(ref clock, (ushort)(0x100 | cpu._r.S));
        cpu.SetNZ(cpu._r.A = cpu.Pull(ref clock));
        cpu.Poll();
        return clock;
    }

    private static int Plp(Mos6502<TBus> cpu, int clock)
    {
        cpu._bus.Read(ref clock, cpu._r.Pc);
        cpu._bus.Read(ref clock, (ushort)(0x100 | cpu._r.S));
        byte value = cpu.Pull(ref clock);
        cpu.Poll();
        cpu._r.P = (byte)((value & ~Flags.B) | Flags.Unused);
        return clock;
    }

    // The chip fetches once more and then holds the bus at the vectors for ever.
    private static int Jam(Mos6502<TBus> cpu, int clock)
    {
        cpu._bus.Read(ref clock, cpu._r.Pc);
        cpu._bus.Read(ref clock, 0xFFFF);
        cpu._bus.Read(ref clock, 0xFFFE);
        cpu._bus.Read(ref clock, 0xFFFE);
        cpu._r.Next = Abi.Cpu.Mos6502Next.Jammed;
        return clock;
    }

    private readonly struct Clc : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetFlag(Flags.C, false);
    }

    private readonly struct Sec : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetFlag(Flags.C, true);
    }

    private readonly struct Cld : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetFlag(Flags.D, false);
    }

    private readonly struct Sed : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetFlag(Flags.D, true);
    }

    private readonly struct Clv : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetFlag(Flags.V, false);
    }

    private readonly struct Tax : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetNZ(cpu._r.X = cpu._r.A);
    }

    private readonly struct Tay : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetNZ(cpu._r.Y = cpu._r.A);
    }

    private readonly struct Txa : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetNZ(cpu._r.A = cpu._r.X);
    }

    private readonly struct Tya : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetNZ(cpu._r.A = cpu._r.Y);
    }

    private readonly struct Tsx : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetNZ(cpu._r.X = cpu._r.S);
    }

    private readonly struct Txs : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu._r.S = cpu._r.X;
    }

    private readonly struct Inx : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetNZ(++cpu._r.X);
    }

    private readonly struct Iny : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetNZ(++cpu._r.Y);
    }

    private readonly struct Dex : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetNZ(--cpu._r.X);
    }

    private readonly struct Dey : IImplied
    {
        public static void Do(Mos6502<TBus> cpu) => cpu.SetNZ(--cpu._r.Y);
    }

    private readonly struct NopImplied : IImplied
    {
        public static void Do(Mos6502<TBus> cpu)
        {
            // Two cycles and nothing else.
        }
    }
}
