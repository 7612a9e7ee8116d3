using System.Runtime.CompilerServices;
using Attic.Abi.Time;

namespace Attic.Modules.M68000;

/// <content>Binary and unary arithmetic and logic, multiplication, division, decimal arithmetic, CHK.</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    /// <summary>ADD, SUB, AND, OR, CMP with Dn as destination.</summary>
    private static CpuCycles AluToRegister<TAlu, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint source = c.ReadOperand<TSize, TMode>(ref t, op);
        c.Prefetch(ref t);
        uint result = TAlu.Apply<TSize>(source, c.D(op >> 9) & TSize.Mask, ref c._r.Sr);
        if (!TAlu.Compares)
        {
            c.SetD<TSize>(op >> 9, result);
        }

        if (typeof(TSize) == typeof(LongSize))
        {
            bool quick = TAlu.Compares || !(typeof(TMode) == typeof(DataRegister) || typeof(TMode) == typeof(AddressRegister) || typeof(TMode) == typeof(Immediate));
            Idle(ref t, quick ? 2 : 4);
        }

        return t.Clock;
    }

    /// <summary>ADD, SUB, AND, OR, EOR with memory as destination.</summary>
    private static CpuCycles AluToMemory<TAlu, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        c.Modify<TAlu, TSize, TMode>(ref t, op, c.D(op >> 9) & TSize.Mask);
        return t.Clock;
    }

    /// <summary>EOR with Dn as destination.</summary>
    private static CpuCycles ExclusiveOrToRegister<TSize>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
    {
        var t = c.Begin(clock);
        c.ModifyRegister<ExclusiveOr, TSize>(ref t, op, c.D(op >> 9) & TSize.Mask, 4);
        return t.Clock;
    }

    /// <summary>ADDI, SUBI, ANDI, ORI, EORI, CMPI.</summary>
    private static CpuCycles AluImmediate<TAlu, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint source = c.ReadImmediate<TSize>(ref t);
        if (typeof(TMode) == typeof(DataRegister))
        {
            c.ModifyRegister<TAlu, TSize>(ref t, op, source, TAlu.Compares ? 2 : 4);
        }
        else
        {
            c.Modify<TAlu, TSize, TMode>(ref t, op, source);
        }

        return t.Clock;
    }

    /// <summary>ADDQ, SUBQ.</summary>
    private static CpuCycles AluQuick<TAlu, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint source = QuickValue(op);
        if (typeof(TMode) == typeof(DataRegister))
        {
            c.ModifyRegister<TAlu, TSize>(ref t, op, source, 4);
        }
        else
        {
            c.Modify<TAlu, TSize, TMode>(ref t, op, source);
        }

        return t.Clock;
    }

    /// <summary>ADDQ, SUBQ to an address register: all 32 bits, no flags.</summary>
    private static CpuCycles AluQuickAddress<TAlu>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TAlu : struct, IAlu
    {
        var t = c.Begin(clock);
        ushort flags = 0;
        c.Prefetch(ref t);
        c.A(op) = TAlu.Apply<LongSize>(QuickValue(op), c.A(op), ref flags);
        Idle(ref t, 4);
        return t.Clock;
    }

    private static uint QuickValue(uint op) => (((op >> 9) - 1) & 7) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ModifyRegister<TAlu, TSize>(ref Cursor t, uint register, uint source, int longIdle)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
    {
        Prefetch(ref t);
        uint result = TAlu.Apply<TSize>(source, D(register) & TSize.Mask, ref _r.Sr);
        if (!TAlu.Compares)
        {
            SetD<TSize>(register, result);
        }

        if (typeof(TSize) == typeof(LongSize))
        {
            Idle(ref t, longIdle);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Modify<TAlu, TSize, TMode>(ref Cursor t, uint op, uint source)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        uint operand = ReadMemory<TSize, TMode>(ref t, op, out uint address);
        Prefetch(ref t);
        uint result = TAlu.Apply<TSize>(source, operand, ref _r.Sr);
        if (!TAlu.Compares)
        {
            WriteBack<TSize>(ref t, address, result, 0);
        }
    }

    /// <summary>ADDA, SUBA, CMPA.</summary>
    private static CpuCycles AluToAddress<TAlu, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint source = c.ReadOperand<TSize, TMode>(ref t, op);
        if (typeof(TSize) == typeof(WordSize))
        {
            source = SignExtend(source);
        }

        c.Prefetch(ref t);
        if (TAlu.Compares)
        {
            TAlu.Apply<LongSize>(source, c.A(op >> 9), ref c._r.Sr);
            Idle(ref t, 2);
            return t.Clock;
        }

        ushort flags = 0;
        ref uint a = ref c.A(op >> 9);
        a = TAlu.Apply<LongSize>(source, a, ref flags);
        bool quick = typeof(TSize) == typeof(LongSize) && !(typeof(TMode) == typeof(DataRegister) || typeof(TMode) == typeof(AddressRegister) || typeof(TMode) == typeof(Immediate));
        Idle(ref t, quick ? 2 : 4);
        return t.Clock;
    }

    /// <summary>CMPM (Ay)+,(Ax)+.</summary>
    private static CpuCycles CompareMemory<TSize>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
    {
        var t = c.Begin(clock);
        // Ay has moved by a word when its read fails, Ax not.
        uint address = c.A(op);
        uint stride = Stride<TSize>(op);
        c.A(op) = address + Math.Min(stride, 2);
        uint source = c.Read<TSize>(ref t, address, DataSpace, 0);
        c.A(op) = address + stride;
        uint otherAddress = c.A(op >> 9);
        uint destination = c.Read<TSize>(ref t, otherAddress, DataSpace, 0);
        c.A(op >> 9) = otherAddress + Stride<TSize>(op >> 9);
        c.Prefetch(ref t);
        Compare.Apply<TSize>(source, destination, ref c._r.Sr);
        return t.Clock;
    }

    /// <summary>ADDX, SUBX Dy,Dx.</summary>
    private static CpuCycles ExtendedRegister<TAlu, TSize>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
    {
        var t = c.Begin(clock);
        c.Prefetch(ref t);
        uint result = TAlu.Apply<TSize>(c.D(op) & TSize.Mask, c.D(op >> 9) & TSize.Mask, ref c._r.Sr);
        c.SetD<TSize>(op >> 9, result);
        if (typeof(TSize) == typeof(LongSize))
        {
            Idle(ref t, 4);
        }

        return t.Clock;
    }

    /// <summary>ADDX, SUBX −(Ay),−(Ax): longs low word first, the prefetch between the two words written.</summary>
    private static CpuCycles ExtendedMemory<TAlu, TSize>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
    {
        var t = c.Begin(clock);
        Idle(ref t, 2);
        uint source = c.ReadBelow<TSize>(ref t, op);
        uint destination = c.ReadBelow<TSize>(ref t, op >> 9);
        uint address = c.A(op >> 9);
        uint result = TAlu.Apply<TSize>(source, destination, ref c._r.Sr);
        if (typeof(TSize) == typeof(LongSize))
        {
            c.WriteWord(ref t, address + 2, result, 0);
            c.Prefetch(ref t);
            c.WriteWord(ref t, address, result >> 16, 0);
        }
        else
        {
            c.Prefetch(ref t);
            c.Write<TSize>(ref t, address, result, 0);
        }

        return t.Clock;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadBelow<TSize>(ref Cursor t, uint register)
        where TSize : struct, ISize
    {
        uint address = A(register) - Stride<TSize>(register);
        if (typeof(TSize) != typeof(LongSize))
        {
            A(register) = address;
            return Read<TSize>(ref t, address, DataSpace, 0);
        }

        uint low = ReadWord(ref t, address + 2, DataSpace, 0);
        uint value = (ReadWord(ref t, address, DataSpace, 0) << 16) | low;
        A(register) = address;
        return value;
    }

    /// <summary>CLR, NEG, NEGX, NOT.</summary>
    private static CpuCycles UnaryOperation<TUnary, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TUnary : struct, IUnary
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        if (typeof(TMode) == typeof(DataRegister))
        {
            c.Prefetch(ref t);
            c.SetD<TSize>(op, TUnary.Apply<TSize>(c.D(op) & TSize.Mask, ref c._r.Sr));
            if (typeof(TSize) == typeof(LongSize))
            {
                Idle(ref t, 2);
            }

            return t.Clock;
        }

        uint operand = c.ReadMemory<TSize, TMode>(ref t, op, out uint address);
        c.Prefetch(ref t);
        c.WriteBack<TSize>(ref t, address, TUnary.Apply<TSize>(operand, ref c._r.Sr), 0);
        return t.Clock;
    }

    private static CpuCycles NegateDecimalOperand<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var end = UnaryOperation<NegateDecimal, ByteSize, TMode>(c, op, clock);
        return typeof(TMode) == typeof(DataRegister) ? end + 2 : end;
    }

    private static CpuCycles Test<TSize, TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint value = c.ReadOperand<TSize, TMode>(ref t, op);
        StatusRegister.SetLogic<TSize>(ref c._r.Sr, value);
        c.Prefetch(ref t);
        return t.Clock;
    }

    /// <summary>ABCD, SBCD Dy,Dx.</summary>
    private static CpuCycles DecimalRegister(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        c.Prefetch(ref t);
        uint result = c.ApplyDecimal(op, c.D(op) & 0xFF, c.D(op >> 9) & 0xFF);
        c.SetD<ByteSize>(op >> 9, result);
        Idle(ref t, 2);
        return t.Clock;
    }

    /// <summary>ABCD, SBCD −(Ay),−(Ax).</summary>
    private static CpuCycles DecimalMemory(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var t = c.Begin(clock);
        Idle(ref t, 2);
        uint source = c.ReadBelow<ByteSize>(ref t, op);
        uint destination = c.ReadBelow<ByteSize>(ref t, op >> 9);
        uint address = c.A(op >> 9);
        c.Prefetch(ref t);
        c.WriteByte(ref t, address, c.ApplyDecimal(op, source, destination), 0);
        return t.Clock;
    }

    private uint ApplyDecimal(uint op, uint source, uint destination) =>
        (op & 0x4000) != 0
            ? Decimal.Add(source, destination, ref _r.Sr)
            : Decimal.Subtract(source, destination, ref _r.Sr);

    private static CpuCycles MultiplyUnsigned<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint source = c.ReadOperand<WordSize, TMode>(ref t, op);
        c.Prefetch(ref t);
        Idle(ref t, MultiplyDivide.UnsignedMultiplyCycles(source));
        c.FinishMultiply(op, source * (c.D(op >> 9) & 0xFFFF));
        return t.Clock;
    }

    private static CpuCycles MultiplySigned<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint source = c.ReadOperand<WordSize, TMode>(ref t, op);
        c.Prefetch(ref t);
        Idle(ref t, MultiplyDivide.SignedMultiplyCycles(source));
        c.FinishMultiply(op, (uint)((short)source * (short)c.D(op >> 9)));
        return t.Clock;
    }

    private void FinishMultiply(uint op, uint product)
    {
        D(op >> 9) = product;
        StatusRegister.SetLogic<LongSize>(ref _r.Sr, product);
    }

    private static CpuCycles DivideUnsigned<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        uint divisor = c.ReadOperand<WordSize, TMode>(ref t, op);
        if (divisor == 0)
        {
            return c.DivideByZero(t.Clock);
        }

        ref uint d = ref c.D(op >> 9);
        if (d >> 16 >= divisor)
        {
            Idle(ref t, 6);
            c.SetDivideOverflow();
        }
        else
        {
            Idle(ref t, MultiplyDivide.UnsignedDivideCycles(d, divisor));
            c.FinishDivide(ref d, d / divisor, d % divisor);
        }

        c.Prefetch(ref t);
        return t.Clock;
    }

    private static CpuCycles DivideSigned<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        short divisor = (short)c.ReadOperand<WordSize, TMode>(ref t, op);
        if (divisor == 0)
        {
            return c.DivideByZero(t.Clock);
        }

        ref uint d = ref c.D(op >> 9);
        Idle(ref t, MultiplyDivide.SignedDivideCycles((int)d, divisor, out bool overflow));
        long quotient = (int)d / (long)divisor;
        if (overflow || quotient != (short)quotient)
        {
            c.SetDivideOverflow();
        }
        else
        {
            c.FinishDivide(ref d, (ushort)quotient, (uint)((int)d % (long)divisor));
        }

        c.Prefetch(ref t);
        return t.Clock;
    }

    private void FinishDivide(ref uint d, uint quotient, uint remainder)
    {
        d = (remainder << 16) | quotient;
        StatusRegister.SetLogic<WordSize>(ref _r.Sr, quotient);
    }

    private void SetDivideOverflow() =>
        _r.Sr = (ushort)((_r.Sr & 0xFFF0u) | StatusRegister.V | StatusRegister.N);

    private CpuCycles DivideByZero(CpuCycles clock)
    {
        _r.Sr = (ushort)(_r.Sr & 0xFFF0u);
        return RaiseException(Vector.ZeroDivide, _r.Pc - 2, clock + 8);
    }

    private static CpuCycles Chk<TMode>(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
        where TMode : struct, IMode
    {
        var t = c.Begin(clock);
        short bound = (short)c.ReadOperand<WordSize, TMode>(ref t, op);
        short value = (short)c.D(op >> 9);
        uint flags = (value < 0 ? StatusRegister.N : 0) | (value == 0 ? StatusRegister.Z : 0);
        c._r.Sr = (ushort)((c._r.Sr & 0xFFF0u) | flags);

        // The chip looks at the sign of the 16-bit difference first, right or wrong.
        if (value > bound || (short)(bound - value) < 0)
        {
            return c.RaiseException(Vector.Chk, t.Pc - 2, t.Clock + 8);
        }

        if (value < 0)
        {
            return c.RaiseException(Vector.Chk, t.Pc - 2, t.Clock + 10);
        }

        Idle(ref t, 6);
        c.Prefetch(ref t);
        return t.Clock;
    }
}
