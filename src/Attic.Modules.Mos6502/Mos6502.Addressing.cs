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
        static abstract ushort ForWrite(Mos6502<TBus> cpu);

        /// <summary>The operand of a read, polling at the last cycle.</summary>
        static abstract byte Read(Mos6502<TBus> cpu);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte LastRead(ushort address)
    {
        byte value = _bus.Read(address);
        Poll();
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte IndexedRead(ushort start, byte index)
    {
        ushort address = (ushort)(start + index);
        if (((start ^ address) & 0xFF00) != 0)
        {
            _bus.ReadUncorrected((ushort)((start & 0xFF00) | (byte)address), address);
        }

        return LastRead(address);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort IndexedForWrite(ushort start, byte index)
    {
        ushort address = (ushort)(start + index);
        _bus.ReadUncorrected((ushort)((start & 0xFF00) | (byte)address), address);
        return address;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort AbsoluteOperand()
    {
        byte low = Operand();
        return (ushort)(low | (Operand() << 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte ZeroPageIndexed(byte index)
    {
        byte start = Operand();
        _bus.Read(start);
        return (byte)(start + index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort ZeroPagePointer(byte pointer)
    {
        byte low = _bus.Read(pointer);
        return (ushort)(low | (_bus.Read((byte)(pointer + 1)) << 8));
    }

    private readonly struct Immediate : IMode
    {
        public static ushort ForWrite(Mos6502<TBus> cpu) => throw new NotSupportedException("No instruction writes to an immediate operand.");

        public static byte Read(Mos6502<TBus> cpu) => cpu.LastRead(cpu._r.Pc++);
    }

    private readonly struct ZeroPage : IMode
    {
        public static ushort ForWrite(Mos6502<TBus> cpu) => cpu.Operand();

        public static byte Read(Mos6502<TBus> cpu) => cpu.LastRead(cpu.Operand());
    }

    private readonly struct ZeroPageX : IMode
    {
        public static ushort ForWrite(Mos6502<TBus> cpu) => cpu.ZeroPageIndexed(cpu._r.X);

        public static byte Read(Mos6502<TBus> cpu) => cpu.LastRead(cpu.ZeroPageIndexed(cpu._r.X));
    }

    private readonly struct ZeroPageY : IMode
    {
        public static ushort ForWrite(Mos6502<TBus> cpu) => cpu.ZeroPageIndexed(cpu._r.Y);

        public static byte Read(Mos6502<TBus> cpu) => cpu.LastRead(cpu.ZeroPageIndexed(cpu._r.Y));
    }

    private readonly struct Absolute : IMode
    {
        public static ushort ForWrite(Mos6502<TBus> cpu) => cpu.AbsoluteOperand();

        public static byte Read(Mos6502<TBus> cpu) => cpu.LastRead(cpu.AbsoluteOperand());
    }

    private readonly struct AbsoluteX : IMode
    {
        public static ushort ForWrite(Mos6502<TBus> cpu) => cpu.IndexedForWrite(cpu.AbsoluteOperand(), cpu._r.X);

        public static byte Read(Mos6502<TBus> cpu) => cpu.IndexedRead(cpu.AbsoluteOperand(), cpu._r.X);
    }

    private readonly struct AbsoluteY : IMode
    {
        public static ushort ForWrite(Mos6502<TBus> cpu) => cpu.IndexedForWrite(cpu.AbsoluteOperand(), cpu._r.Y);

        public static byte Read(Mos6502<TBus> cpu) => cpu.IndexedRead(cpu.AbsoluteOperand(), cpu._r.Y);
    }

    private readonly struct IndirectX : IMode
    {
        public static ushort ForWrite(Mos6502<TBus> cpu) => cpu.ZeroPagePointer(cpu.ZeroPageIndexed(cpu._r.X));

        public static byte Read(Mos6502<TBus> cpu) => cpu.LastRead(ForWrite(cpu));
    }

    private readonly struct IndirectY : IMode
    {
        public static ushort ForWrite(Mos6502<TBus> cpu) => cpu.IndexedForWrite(cpu.ZeroPagePointer(cpu.Operand()), cpu._r.Y);

        public static byte Read(Mos6502<TBus> cpu) => cpu.IndexedRead(cpu.ZeroPagePointer(cpu.Operand()), cpu._r.Y);
    }
}
