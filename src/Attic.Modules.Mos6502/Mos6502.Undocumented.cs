namespace Attic.Modules.Mos6502;

/// <content>
/// The undocumented opcodes: what falls out when a row and a column of the decode ROM act together. Names and results
/// as in "NMOS 6510 Unintended Opcodes".
/// </content>
public sealed unsafe partial class Mos6502<TBus>
{
    // SHA, SHX, SHY, TAS store a register AND the high byte of the unindexed address plus one; when the index carries,
    // that same value also becomes the high byte of the address. A DMA that halts the chip in the cycle before the write
    // drops the AND: the bus conflict it stems from is over by then.
    private static int StoreHigh(Mos6502<TBus> cpu, ref int clock, ushort start, byte index, byte register)
    {
        ushort address = (ushort)(start + index);
        cpu._bus.ReadUncorrected(ref clock, (ushort)((start & 0xFF00) | (byte)address), address);
        byte value = (byte)(register & ((start >> 8) + 1));
        if (((start ^ address) & 0xFF00) != 0)
        {
            address = (ushort)((byte)address | (value << 8));
        }

        cpu._bus.Write(ref clock, address, value);
        cpu.Poll();
        return clock;
    }

    private static int ShaAbsoluteY(Mos6502<TBus> cpu, int clock) =>
        StoreHigh(cpu, ref clock, cpu.AbsoluteOperand(ref clock), cpu._r.Y, (byte)(cpu._r.A & cpu._r.X));

    private static int ShaIndirectY(Mos6502<TBus> cpu, int clock) =>
        StoreHigh(cpu, ref clock, cpu.ZeroPagePointer(ref clock, cpu.Operand(ref clock)), cpu._r.Y, (byte)(cpu._r.A & cpu._r.X));

    private static int Shx(Mos6502<TBus> cpu, int clock) => StoreHigh(cpu, ref clock, cpu.AbsoluteOperand(ref clock), cpu._r.Y, cpu._r.X);

    private static int Shy(Mos6502<TBus> cpu, int clock) => StoreHigh(cpu, ref clock, cpu.AbsoluteOperand(ref clock), cpu._r.X, cpu._r.Y);

    private static int Tas(Mos6502<TBus> cpu, int clock)
    {
        cpu._r.S = (byte)(cpu._r.A & cpu._r.X);
        return StoreHigh(cpu, ref clock, cpu.AbsoluteOperand(ref clock), cpu._r.Y, cpu._r.S);
    }

    private readonly struct Lax : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu.SetNZ(cpu._r.A = cpu._r.X = value);
    }

    private readonly struct Sax : IWriteOperation
    {
        public static byte Value(Mos6502<TBus> cpu) => (byte)(cpu._r.A & cpu._r.X);
    }

    private readonly struct Slo : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            value = Asl.Do(cpu, value);
            Ora.Do(cpu, value);
            return value;
        }
    }

    private readonly struct Rla : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            value = Rol.Do(cpu, value);
            And.Do(cpu, value);
            return value;
        }
    }

    private readonly struct Sre : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            value = Lsr.Do(cpu, value);
            Eor.Do(cpu, value);
            return value;
        }
    }

    private readonly struct Rra : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            value = Ror.Do(cpu, value);
            cpu.Add(value);
            return value;
        }
    }

    private readonly struct Dcp : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            cpu.Compare(cpu._r.A, --value);
            return value;
        }
    }

    private readonly struct Isc : IModifyOperation
    {
        public static byte Do(Mos6502<TBus> cpu, byte value)
        {
            cpu.Subtract(++value);
            return value;
        }
    }

    private readonly struct Anc : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value)
        {
            And.Do(cpu, value);
            cpu.SetFlag(Flags.C, (cpu._r.A & 0x80) != 0);
        }
    }

    private readonly struct Alr : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) => cpu._r.A = Lsr.Do(cpu, (byte)(cpu._r.A & value));
    }

    // AND, then ROR through the adder: C and V come from its bits 6 and 5, and decimal mode corrects the nibbles.
    private readonly struct Arr : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value)
        {
            byte and = (byte)(cpu._r.A & value);
            byte result = (byte)((and >> 1) | ((cpu._r.P & Flags.C) << 7));
            cpu.SetNZ(result);
            cpu.SetFlag(Flags.V, ((result ^ (result << 1)) & 0x40) != 0);
            if ((cpu._r.P & Flags.D) == 0)
            {
                cpu.SetFlag(Flags.C, (result & 0x40) != 0);
                cpu._r.A = result;
                return;
            }

            cpu.SetFlag(Flags.V, ((and ^ result) & 0x40) != 0);
            if ((and & 0x0F) + (and & 0x01) > 5)
            {
                result = (byte)((result & 0xF0) | ((result + 6) & 0x0F));
            }

            bool carry = (and & 0xF0) + (and & 0x10) > 0x50;
            cpu.SetFlag(Flags.C, carry);
            cpu._r.A = (byte)(carry ? result + 0x60 : result);
        }
    }

    private readonly struct Ane : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) =>
            cpu.SetNZ(cpu._r.A = (byte)((cpu._r.A | UnstableConstant) & cpu._r.X & value));
    }

    private readonly struct Lxa : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) =>
            cpu.SetNZ(cpu._r.A = cpu._r.X = (byte)((cpu._r.A | UnstableConstant) & value));
    }

    private readonly struct Las : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value) =>
            cpu.SetNZ(cpu._r.A = cpu._r.X = cpu._r.S = (byte)(value & cpu._r.S));
    }

    private readonly struct Sbx : IReadOperation
    {
        public static void Do(Mos6502<TBus> cpu, byte value)
        {
            int both = cpu._r.A & cpu._r.X;
            cpu.SetFlag(Flags.C, both >= value);
            cpu.SetNZ(cpu._r.X = (byte)(both - value));
        }
    }
}
