using System.Runtime.CompilerServices;

namespace Attic.Modules.M68000;

/// <content>Binary and unary arithmetic and logic, multiplication, division, decimal arithmetic, CHK.</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    /// <summary>ADD, SUB, AND, OR, CMP with Dn as destination.</summary>
    private static void AluToRegister<TAlu, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        uint source = c.ReadOperand<TSize, TMode>(op);
        c.Prefetch();
        uint result = TAlu.Apply<TSize>(source, c.D(op >> 9) & TSize.Mask, ref c._r.Sr);
        if (!TAlu.Compares)
        {
            c.SetD<TSize>(op >> 9, result);
        }

        if (TSize.Bytes == 4)
        {
            bool quick = TAlu.Compares || TMode.Kind is not (Mode.DataRegister or Mode.AddressRegister or Mode.Immediate);
            c.Idle(quick ? 2 : 4);
        }
    }

    /// <summary>ADD, SUB, AND, OR, EOR with memory as destination.</summary>
    private static void AluToMemory<TAlu, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode =>
        c.Modify<TAlu, TSize, TMode>(op, c.D(op >> 9) & TSize.Mask);

    /// <summary>EOR with Dn as destination.</summary>
    private static void ExclusiveOrToRegister<TSize>(Mc68000<TBus, TTrace> c, uint op)
        where TSize : struct, ISize =>
        c.ModifyRegister<ExclusiveOr, TSize>(op, c.D(op >> 9) & TSize.Mask, 4);

    /// <summary>ADDI, SUBI, ANDI, ORI, EORI, CMPI.</summary>
    private static void AluImmediate<TAlu, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        uint source = c.ReadImmediate<TSize>();
        if (TMode.Kind == Mode.DataRegister)
        {
            c.ModifyRegister<TAlu, TSize>(op, source, TAlu.Compares ? 2 : 4);
        }
        else
        {
            c.Modify<TAlu, TSize, TMode>(op, source);
        }
    }

    /// <summary>ADDQ, SUBQ.</summary>
    private static void AluQuick<TAlu, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        uint source = QuickValue(op);
        if (TMode.Kind == Mode.DataRegister)
        {
            c.ModifyRegister<TAlu, TSize>(op, source, 4);
        }
        else
        {
            c.Modify<TAlu, TSize, TMode>(op, source);
        }
    }

    /// <summary>ADDQ, SUBQ to an address register: all 32 bits, no flags.</summary>
    private static void AluQuickAddress<TAlu>(Mc68000<TBus, TTrace> c, uint op)
        where TAlu : struct, IAlu
    {
        ushort flags = 0;
        c.Prefetch();
        c.A(op) = TAlu.Apply<LongSize>(QuickValue(op), c.A(op), ref flags);
        c.Idle(4);
    }

    private static uint QuickValue(uint op) => (((op >> 9) - 1) & 7) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ModifyRegister<TAlu, TSize>(uint register, uint source, int longIdle)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
    {
        Prefetch();
        uint result = TAlu.Apply<TSize>(source, D(register) & TSize.Mask, ref _r.Sr);
        if (!TAlu.Compares)
        {
            SetD<TSize>(register, result);
        }

        if (TSize.Bytes == 4)
        {
            Idle(longIdle);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Modify<TAlu, TSize, TMode>(uint op, uint source)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        uint operand = ReadMemory<TSize, TMode>(op, out uint address);
        Prefetch();
        uint result = TAlu.Apply<TSize>(source, operand, ref _r.Sr);
        if (!TAlu.Compares)
        {
            WriteBack<TSize>(address, result, 0);
        }
    }

    /// <summary>ADDA, SUBA, CMPA.</summary>
    private static void AluToAddress<TAlu, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        uint source = c.ReadOperand<TSize, TMode>(op);
        if (TSize.Bytes == 2)
        {
            source = SignExtend(source);
        }

        c.Prefetch();
        if (TAlu.Compares)
        {
            TAlu.Apply<LongSize>(source, c.A(op >> 9), ref c._r.Sr);
            c.Idle(2);
            return;
        }

        ushort flags = 0;
        ref uint a = ref c.A(op >> 9);
        a = TAlu.Apply<LongSize>(source, a, ref flags);
        bool quick = TSize.Bytes == 4 && TMode.Kind is not (Mode.DataRegister or Mode.AddressRegister or Mode.Immediate);
        c.Idle(quick ? 2 : 4);
    }

    /// <summary>CMPM (Ay)+,(Ax)+.</summary>
    private static void CompareMemory<TSize>(Mc68000<TBus, TTrace> c, uint op)
        where TSize : struct, ISize
    {
        // Ay has moved by a word when its read fails, Ax not.
        uint address = c.A(op);
        uint stride = Stride<TSize>(op);
        c.A(op) = address + Math.Min(stride, 2);
        uint source = c.Read<TSize>(address, DataSpace, 0);
        c.A(op) = address + stride;
        uint otherAddress = c.A(op >> 9);
        uint destination = c.Read<TSize>(otherAddress, DataSpace, 0);
        c.A(op >> 9) = otherAddress + Stride<TSize>(op >> 9);
        c.Prefetch();
        Compare.Apply<TSize>(source, destination, ref c._r.Sr);
    }

    /// <summary>ADDX, SUBX Dy,Dx.</summary>
    private static void ExtendedRegister<TAlu, TSize>(Mc68000<TBus, TTrace> c, uint op)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
    {
        c.Prefetch();
        uint result = TAlu.Apply<TSize>(c.D(op) & TSize.Mask, c.D(op >> 9) & TSize.Mask, ref c._r.Sr);
        c.SetD<TSize>(op >> 9, result);
        if (TSize.Bytes == 4)
        {
            c.Idle(4);
        }
    }

    /// <summary>ADDX, SUBX −(Ay),−(Ax): longs low word first, the prefetch between the two words written.</summary>
    private static void ExtendedMemory<TAlu, TSize>(Mc68000<TBus, TTrace> c, uint op)
        where TAlu : struct, IAlu
        where TSize : struct, ISize
    {
        c.Idle(2);
        uint source = c.ReadBelow<TSize>(op);
        uint destination = c.ReadBelow<TSize>(op >> 9);
        uint address = c.A(op >> 9);
        uint result = TAlu.Apply<TSize>(source, destination, ref c._r.Sr);
        if (TSize.Bytes == 4)
        {
            c.WriteWord(address + 2, result, 0);
            c.Prefetch();
            c.WriteWord(address, result >> 16, 0);
        }
        else
        {
            c.Prefetch();
            c.Write<TSize>(address, result, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadBelow<TSize>(uint register)
        where TSize : struct, ISize
    {
        uint address = A(register) - Stride<TSize>(register);
        if (TSize.Bytes != 4)
        {
            A(register) = address;
            return Read<TSize>(address, DataSpace, 0);
        }

        uint low = ReadWord(address + 2, DataSpace, 0);
        uint value = (ReadWord(address, DataSpace, 0) << 16) | low;
        A(register) = address;
        return value;
    }

    /// <summary>CLR, NEG, NEGX, NOT.</summary>
    private static void UnaryOperation<TUnary, TSize, TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TUnary : struct, IUnary
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        if (TMode.Kind == Mode.DataRegister)
        {
            c.Prefetch();
            c.SetD<TSize>(op, TUnary.Apply<TSize>(c.D(op) & TSize.Mask, ref c._r.Sr));
            if (TSize.Bytes == 4)
            {
                c.Idle(2);
            }

            return;
        }

        uint operand = c.ReadMemory<TSize, TMode>(op, out uint address);
        c.Prefetch();
        c.WriteBack<TSize>(address, TUnary.Apply<TSize>(operand, ref c._r.Sr), 0);
    }

    private static void NegateDecimalOperand<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode
    {
        UnaryOperation<NegateDecimal, ByteSize, TMode>(c, op);
        if (TMode.Kind == Mode.DataRegister)
        {
            c.Idle(2);
        }
    }

    private static void Test<TSize, TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        uint value = c.ReadOperand<TSize, TMode>(op);
        StatusRegister.SetLogic<TSize>(ref c._r.Sr, value);
        c.Prefetch();
    }

    /// <summary>ABCD, SBCD Dy,Dx.</summary>
    private static void DecimalRegister(Mc68000<TBus, TTrace> c, uint op)
    {
        c.Prefetch();
        uint result = c.ApplyDecimal(op, c.D(op) & 0xFF, c.D(op >> 9) & 0xFF);
        c.SetD<ByteSize>(op >> 9, result);
        c.Idle(2);
    }

    /// <summary>ABCD, SBCD −(Ay),−(Ax).</summary>
    private static void DecimalMemory(Mc68000<TBus, TTrace> c, uint op)
    {
        c.Idle(2);
        uint source = c.ReadBelow<ByteSize>(op);
        uint destination = c.ReadBelow<ByteSize>(op >> 9);
        uint address = c.A(op >> 9);
        c.Prefetch();
        c.WriteByte(address, c.ApplyDecimal(op, source, destination), 0);
    }

    private uint ApplyDecimal(uint op, uint source, uint destination) =>
        (op & 0x4000) != 0
            ? Decimal.Add(source, destination, ref _r.Sr)
            : Decimal.Subtract(source, destination, ref _r.Sr);

    private static void MultiplyUnsigned<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode
    {
        uint source = c.ReadOperand<WordSize, TMode>(op);
        c.Prefetch();
        c.Idle(MultiplyDivide.UnsignedMultiplyCycles(source));
        c.FinishMultiply(op, source * (c.D(op >> 9) & 0xFFFF));
    }

    private static void MultiplySigned<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode
    {
        uint source = c.ReadOperand<WordSize, TMode>(op);
        c.Prefetch();
        c.Idle(MultiplyDivide.SignedMultiplyCycles(source));
        c.FinishMultiply(op, (uint)((short)source * (short)c.D(op >> 9)));
    }

    private void FinishMultiply(uint op, uint product)
    {
        D(op >> 9) = product;
        StatusRegister.SetLogic<LongSize>(ref _r.Sr, product);
    }

    private static void DivideUnsigned<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode =>
        c.DivideUnsigned(op, c.ReadOperand<WordSize, TMode>(op));

    private void DivideUnsigned(uint op, uint divisor)
    {
        if (divisor == 0)
        {
            DivideByZero();
            return;
        }

        ref uint d = ref D(op >> 9);
        if (d >> 16 >= divisor)
        {
            Idle(6);
            FinishOverflow();
            return;
        }

        Idle(MultiplyDivide.UnsignedDivideCycles(d, divisor));
        uint quotient = d / divisor;
        d = (d % divisor << 16) | quotient;
        StatusRegister.SetLogic<WordSize>(ref _r.Sr, quotient);
        Prefetch();
    }

    private static void DivideSigned<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode =>
        c.DivideSigned(op, (short)c.ReadOperand<WordSize, TMode>(op));

    private void DivideSigned(uint op, short divisor)
    {
        if (divisor == 0)
        {
            DivideByZero();
            return;
        }

        ref uint d = ref D(op >> 9);
        Idle(MultiplyDivide.SignedDivideCycles((int)d, divisor, out bool overflow));
        long quotient = (int)d / (long)divisor;
        if (overflow || quotient != (short)quotient)
        {
            FinishOverflow();
            return;
        }

        uint remainder = (uint)((int)d % (long)divisor);
        d = (remainder << 16) | (ushort)quotient;
        StatusRegister.SetLogic<WordSize>(ref _r.Sr, (ushort)quotient);
        Prefetch();
    }

    private void FinishOverflow()
    {
        _r.Sr = (ushort)((_r.Sr & 0xFFF0u) | StatusRegister.V | StatusRegister.N);
        Prefetch();
    }

    private void DivideByZero()
    {
        _r.Sr = (ushort)(_r.Sr & 0xFFF0u);
        Idle(8);
        RaiseException(Vector.ZeroDivide, _r.Pc - 2);
    }

    private static void Chk<TMode>(Mc68000<TBus, TTrace> c, uint op)
        where TMode : struct, IMode =>
        c.CheckBounds((short)c.D(op >> 9), (short)c.ReadOperand<WordSize, TMode>(op));

    private void CheckBounds(short value, short bound)
    {
        uint negative = value < 0 ? StatusRegister.N : 0;
        uint zero = value == 0 ? StatusRegister.Z : 0;
        _r.Sr = (ushort)((_r.Sr & 0xFFF0u) | negative | zero);
        // The chip looks at the sign of the 16-bit difference first, right or wrong.
        if (value > bound || (short)(bound - value) < 0)
        {
            Idle(8);
            RaiseException(Vector.Chk, _r.Pc - 2);
        }
        else if (value < 0)
        {
            Idle(10);
            RaiseException(Vector.Chk, _r.Pc - 2);
        }
        else
        {
            Idle(6);
            Prefetch();
        }
    }
}
