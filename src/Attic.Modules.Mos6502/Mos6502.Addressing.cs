using System.Runtime.CompilerServices;

namespace Attic.Modules.Mos6502;

/// <content>Addressing modes: the accesses that find an operand's address.</content>
public sealed unsafe partial class Mos6502<TBus>
{
    // Indexed modes add the index to the low byte first and read from that unfinished address; a read instruction whose
    // sum stays in its page is done with that read, all others correct the high byte and access again.
    private interface IMode
    {
        /// <summary>The address for a write or a read-modify-write, always with the correction cycle.</summary>
        static abstract ushort ForWrite(Mos6502<TBus> cpu, ref int clock);

        /// <summary>The operand of a read, polling at the last cycle.</summary>
        static abstract byte Read(Mos6502<TBus> cpu, ref int clock);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte LastRead(ref int clock, ushort address)
    {
        byte value = _bus.Read(ref clock, address);
        Poll();
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte IndexedRead(ref int clock, ushort start, byte index)
    {
        ushort address = (ushort)(start + index);
        if (((start ^ address) & 0xFF00) != 0)
        {
            _bus.ReadUncorrected(ref clock, (ushort)((start & 0xFF00) | (byte)address), address);
        }

        return LastRead(ref clock, address);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort IndexedForWrite(ref int clock, ushort start, byte index)
    {
        ushort address = (ushort)(start + index);
        _bus.ReadUncorrected(ref clock, (ushort)((start & 0xFF00) | (byte)address), address);
        return address;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort AbsoluteOperand(ref int clock)
    {
        byte low = Operand(ref clock);
        return (ushort)(low | (Operand(ref clock) << 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte ZeroPageIndexed(ref int clock, byte index)
    {
        byte start = Operand(ref clock);
        _bus.Read(ref clock, start);
        return (byte)(start + index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort ZeroPagePointer(ref int clock, byte pointer)
    {
        byte low = _bus.Read(ref clock, pointer);
        return (ushort)(low | (_bus.Read(ref clock, (byte)(pointer + 1)) << 8));
    }

    private readonly struct Immediate : IMode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort ForWrite(Mos6502<TBus> cpu, ref int clock) => throw new NotSupportedException("No instruction writes to an immediate operand.");

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static byte Read(Mos6502<TBus> cpu, ref int clock) => cpu.LastRead(ref clock, cpu._r.Pc++);
    }

    private readonly struct ZeroPage : IMode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort ForWrite(Mos6502<TBus> cpu, ref int clock) => cpu.Operand(ref clock);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static byte Read(Mos6502<TBus> cpu, ref int clock) => cpu.LastRead(ref clock, cpu.Operand(ref clock));
    }

    private readonly struct ZeroPageX : IMode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort ForWrite(Mos6502<TBus> cpu, ref int clock) => cpu.ZeroPageIndexed(ref clock, cpu._r.X);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static byte Read(Mos6502<TBus> cpu, ref int clock) => cpu.LastRead(ref clock, cpu.ZeroPageIndexed(ref clock, cpu._r.X));
    }

    private readonly struct ZeroPageY : IMode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort ForWrite(Mos6502<TBus> cpu, ref int clock) => cpu.ZeroPageIndexed(ref clock, cpu._r.Y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static byte Read(Mos6502<TBus> cpu, ref int clock) => cpu.LastRead(ref clock, cpu.ZeroPageIndexed(ref clock, cpu._r.Y));
    }

    private readonly struct Absolute : IMode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort ForWrite(Mos6502<TBus> cpu, ref int clock) => cpu.AbsoluteOperand(ref clock);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static byte Read(Mos6502<TBus> cpu, ref int clock) => cpu.LastRead(ref clock, cpu.AbsoluteOperand(ref clock));
    }

    private readonly struct AbsoluteX : IMode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort ForWrite(Mos6502<TBus> cpu, ref int clock) => cpu.IndexedForWrite(ref clock, cpu.AbsoluteOperand(ref clock), cpu._r.X);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static byte Read(Mos6502<TBus> cpu, ref int clock) => cpu.IndexedRead(ref clock, cpu.AbsoluteOperand(ref clock), cpu._r.X);
    }

    private readonly struct AbsoluteY : IMode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort ForWrite(Mos6502<TBus> cpu, ref int clock) => cpu.IndexedForWrite(ref clock, cpu.AbsoluteOperand(ref clock), cpu._r.Y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static byte Read(Mos6502<TBus> cpu, ref int clock) => cpu.IndexedRead(ref clock, cpu.AbsoluteOperand(ref clock), cpu._r.Y);
    }

    private readonly struct IndirectX : IMode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort ForWrite(Mos6502<TBus> cpu, ref int clock) => cpu.ZeroPagePointer(ref clock, cpu.ZeroPageIndexed(ref clock, cpu._r.X));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static byte Read(Mos6502<TBus> cpu, ref int clock) => cpu.LastRead(ref clock, ForWrite(cpu, ref clock));
    }

    private readonly struct IndirectY : IMode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort ForWrite(Mos6502<TBus> cpu, ref int clock) => cpu.IndexedForWrite(ref clock, cpu.ZeroPagePointer(ref clock, cpu.Operand(ref clock)), cpu._r.Y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static byte Read(Mos6502<TBus> cpu, ref int clock) => cpu.IndexedRead(ref clock, cpu.ZeroPagePointer(ref clock, cpu.Operand(ref clock)), cpu._r.Y);
    }
}
