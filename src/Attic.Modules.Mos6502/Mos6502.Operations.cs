using System.Runtime.CompilerServices;

namespace Attic.Modules.Mos6502;

/// <content>What instructions do with their operands.</content>
public sealed unsafe partial class Mos6502<TBus>
{
    private interface IReadOperation
    {
        static abstract void Do(Mos6502<TBus> cpu, byte value);
    }

    private interface IWriteOperation
    {
        static abstract byte Value(Mos6502<TBus> cpu);
    }

    private interface IModifyOperation
    {
        static abstract byte Do(Mos6502<TBus> cpu, byte value);
    }

    private static int Read<TMode, TOperation>(Mos6502<TBus> cpu, int clock)
        where TMode : struct, IMode
        where TOperation : struct, IReadOperation
    {
        TOperation.Do(cpu, TMode.Read(cpu, ref clock));
        return clock;
    }

    private static int Write<TMode, TOperation>(Mos6502<TBus> cpu, int clock)
        where TMode : struct, IMode
        where TOperation : struct, IWriteOperation
    {
        ushort address = TMode.ForWrite(cpu, ref clock);
        cpu._bus.Write(ref clock, address, TOperation.Value(cpu));
        cpu.Poll();
        return clock;
    }

    // The old value is written back while the new one is computed.
    private static int Modify<TMode, TOperation>(Mos6502<TBus> cpu, int clock)
        where TMode : struct, IMode
        where TOperation : struct, IModifyOperation
    {
        ushort address = TMode.ForWrite(cpu, ref clock);
        byte value = cpu._bus.Read(ref clock, address);
        cpu._bus.Write(ref clock, address, value);
        cpu._bus.Write(ref clock, address, TOperation.Do(cpu, value));
        cpu.Poll();
        return clock;
    }

    private static int ModifyAccumulator<TOperation>(Mos6502<TBus> cpu, int clock)
        where TOperation : struct, IModifyOperation
    {
        cpu.LastRead(ref clock, cpu._r.Pc);
        cpu._r.A = TOperation.Do(cpu, cpu._r.A);
        return clock;
    }

    private readonly struct Lda : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.SetNZ(cpu._r.A = value);
    }

    private readonly struct Ldx : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.SetNZ(cpu._r.X = value);
    }

    private readonly struct Ldy : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.SetNZ(cpu._r.Y = value);
    }

    private readonly struct And : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.SetNZ(cpu._r.A &= value);
    }

    private readonly struct Ora : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.SetNZ(cpu._r.A |= value);
    }

    private readonly struct Eor : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.SetNZ(cpu._r.A ^= value);
    }

    private readonly struct Bit : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value)
        {
            int kept = cpu._r.P & ~(Flags.N | Flags.V | Flags.Z);
            int zero = (cpu._r.A & value) == 0 ? Flags.Z : 0;
            cpu._r.P = (byte)(kept | (value & (Flags.N | Flags.V)) | zero);
        }
    }

    private readonly struct Cmp : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.Compare(cpu._r.A, value);
    }

    private readonly struct Cpx : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.Compare(cpu._r.X, value);
    }

    private readonly struct Cpy : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.Compare(cpu._r.Y, value);
    }

    private readonly struct Adc : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.Add(value);
    }

    private readonly struct Sbc : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.Subtract(value);
    }

    private readonly struct Nop : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value)
        {
            // The read was all.
        }
    }

    private readonly struct Sta : IWriteOperation
    {
        public static byte Value(Mos6502<TBus> cpu) => cpu._r.A;
    }

    private readonly struct Stx : IWriteOperation
    {
        public static byte Value(Mos6502<TBus> cpu) => cpu._r.X;
    }

    private readonly struct Sty : IWriteOperation
    {
        public static byte Value(Mos6502<TBus> cpu) => cpu._r.Y;
    }

    private readonly struct Asl : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            cpu.SetFlag(Flags.C, (value & 0x80) != 0);
            byte result = (byte)(value << 1);
            cpu.SetNZ(result);
            return result;
        }
    }

    private readonly struct Lsr : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            cpu.SetFlag(Flags.C, (value & 1) != 0);
            byte result = (byte)(value >> 1);
            cpu.SetNZ(result);
            return result;
        }
    }

    private readonly struct Rol : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            byte result = (byte)((value << 1) | (cpu._r.P & Flags.C));
            cpu.SetFlag(Flags.C, (value & 0x80) != 0);
            cpu.SetNZ(result);
            return result;
        }
    }

    private readonly struct Ror : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            byte result = (byte)((value >> 1) | ((cpu._r.P & Flags.C) << 7));
            cpu.SetFlag(Flags.C, (value & 1) != 0);
            cpu.SetNZ(result);
            return result;
        }
    }

    private readonly struct Inc : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            cpu.SetNZ(++value);
            return value;
        }
    }

    private readonly struct Dec : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            cpu.SetNZ(--value);
            return value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Compare(byte register, byte value)
    {
        SetFlag(Flags.C, register >= value);
        SetNZ((byte)(register - value));
    }
}
