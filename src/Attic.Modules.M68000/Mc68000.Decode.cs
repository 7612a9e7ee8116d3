using System.Runtime.CompilerServices;
using Attic.Abi.Time;

namespace Attic.Modules.M68000;

/// <content>
/// The decoder. It runs once per opcode met, so only the handlers that a program uses are ever instantiated. A family is
/// an instruction still open in its addressing mode.
/// </content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    private static Handler IllegalHandler => new(&Illegal);

    /// <summary>The handlers of one instruction for each addressing mode.</summary>
    private interface IFamily
    {
        static abstract Handler For<TMode>()
            where TMode : struct, IMode;
    }

    /// <summary>The families of one operation for each operand size.</summary>
    private interface ISizedFamily
    {
        static abstract Handler For<TSize, TMode>()
            where TSize : struct, ISize
            where TMode : struct, IMode;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CpuCycles DecodeAndRun(Mc68000<TBus, TTrace> c, uint op, CpuCycles clock)
    {
        var handler = Decode(op);
        c._handlers[(int)op] = handler;
        return handler.Code(c, op, clock);
    }

    private static Handler Decode(uint op) => (op >> 12) switch
    {
        0x0 => DecodeImmediateAndBits(op),
        0x1 => DecodeMove<ByteSize>(op),
        0x2 => DecodeMove<LongSize>(op),
        0x3 => DecodeMove<WordSize>(op),
        0x4 => DecodeMiscellaneous(op),
        0x5 => DecodeQuick(op),
        0x6 => DecodeBranch(op),
        0x7 => (op & 0x100) == 0 ? new(&MoveQ) : IllegalHandler,
        0x8 => DecodeOrDivide(op),
        0x9 => DecodeAddSubtract<Subtract, SubtractExtended>(op),
        0xA => new(&LineA),
        0xB => DecodeCompare(op),
        0xC => DecodeAndMultiply(op),
        0xD => DecodeAddSubtract<Add, AddExtended>(op),
        0xE => DecodeShift(op),
        _ => new(&LineF),
    };

    private static Handler ByMode<TFamily>(uint op, int allowed)
        where TFamily : struct, IFamily
    {
        if (!ModeSet.Has(allowed, op))
        {
            return IllegalHandler;
        }

        return (Mode)ModeSet.Of(op) switch
        {
            Mode.DataRegister => TFamily.For<DataRegister>(),
            Mode.AddressRegister => TFamily.For<AddressRegister>(),
            Mode.Indirect => TFamily.For<Indirect>(),
            Mode.PostIncrement => TFamily.For<PostIncrement>(),
            Mode.PreDecrement => TFamily.For<PreDecrement>(),
            Mode.Displacement => TFamily.For<Displacement>(),
            Mode.Index => TFamily.For<Index>(),
            Mode.AbsoluteShort => TFamily.For<AbsoluteShort>(),
            Mode.AbsoluteLong => TFamily.For<AbsoluteLong>(),
            Mode.PcDisplacement => TFamily.For<PcDisplacement>(),
            Mode.PcIndex => TFamily.For<PcIndex>(),
            _ => TFamily.For<Immediate>(),
        };
    }

    /// <summary>The size from bits 7 and 6; 3 there means another instruction.</summary>
    private static Handler BySize<TFamily>(uint op, int allowed)
        where TFamily : struct, ISizedFamily => ((op >> 6) & 3) switch
        {
            0 => ByMode<Sized<TFamily, ByteSize>>(op, allowed & ModeSet.Data),
            1 => ByMode<Sized<TFamily, WordSize>>(op, allowed),
            2 => ByMode<Sized<TFamily, LongSize>>(op, allowed),
            _ => IllegalHandler,
        };

    private static Handler DecodeImmediateAndBits(uint op)
    {
        if ((op & 0x100) != 0)
        {
            return (op & 0x38) == 8 ? DecodeMoveP(op) : DecodeBit<NumberInRegister>(op);
        }

        return ((op >> 9) & 7) switch
        {
            0 => DecodeImmediate<Or>(op),
            1 => DecodeImmediate<And>(op),
            2 => BySize<AluImmediateFamily<Subtract>>(op, ModeSet.DataAlterable),
            3 => BySize<AluImmediateFamily<Add>>(op, ModeSet.DataAlterable),
            4 => DecodeBit<NumberInExtension>(op),
            5 => DecodeImmediate<ExclusiveOr>(op),
            6 => BySize<AluImmediateFamily<Compare>>(op, ModeSet.DataAlterable),
            _ => IllegalHandler,
        };
    }

    private static Handler DecodeImmediate<TAlu>(uint op)
        where TAlu : struct, IAlu => (op & 0xFF) switch
        {
            0x3C => new(&ImmediateToCcr<TAlu>),
            0x7C => new(&ImmediateToSr<TAlu>),
            _ => BySize<AluImmediateFamily<TAlu>>(op, ModeSet.DataAlterable),
        };

    private static Handler DecodeMoveP(uint op) => ((op >> 6) & 3) switch
    {
        0 => new(&MovePToRegister<WordSize>),
        1 => new(&MovePToRegister<LongSize>),
        2 => new(&MovePToMemory<WordSize>),
        _ => new(&MovePToMemory<LongSize>),
    };

    private static Handler DecodeBit<TNumber>(uint op)
        where TNumber : struct, IBitNumber
    {
        int tested = TNumber.InRegister ? ModeSet.Data : ModeSet.Data & ~(1 << (int)Mode.Immediate);
        return ((op >> 6) & 3) switch
        {
            0 => ByMode<BitFamily<TestBit, TNumber>>(op, tested),
            1 => ByMode<BitFamily<ChangeBit, TNumber>>(op, ModeSet.DataAlterable),
            2 => ByMode<BitFamily<ClearBit, TNumber>>(op, ModeSet.DataAlterable),
            _ => ByMode<BitFamily<SetBit, TNumber>>(op, ModeSet.DataAlterable),
        };
    }

    private static Handler DecodeMove<TSize>(uint op)
        where TSize : struct, ISize
    {
        int sources = typeof(TSize) == typeof(ByteSize) ? ModeSet.Data : ModeSet.All;
        return ((op >> 6) & 7) switch
        {
            0 => ByMode<MoveToRegisterFamily<TSize>>(op, sources),
            1 => typeof(TSize) == typeof(ByteSize) ? IllegalHandler : ByMode<MoveAFamily<TSize>>(op, sources),
            2 => ByMode<MoveToMemoryFamily<TSize, Indirect>>(op, sources),
            3 => ByMode<MoveToMemoryFamily<TSize, PostIncrement>>(op, sources),
            4 => ByMode<MoveToPreDecrementFamily<TSize>>(op, sources),
            5 => ByMode<MoveToMemoryFamily<TSize, Displacement>>(op, sources),
            6 => ByMode<MoveToMemoryFamily<TSize, Index>>(op, sources),
            _ => ((op >> 9) & 7) switch
            {
                0 => ByMode<MoveToMemoryFamily<TSize, AbsoluteShort>>(op, sources),
                1 => DecodeMoveToAbsoluteLong<TSize>(op, sources),
                _ => IllegalHandler,
            },
        };
    }

    private static Handler DecodeMoveToAbsoluteLong<TSize>(uint op, int sources)
        where TSize : struct, ISize =>
        ModeSet.Has(ModeSet.Memory, op) && (op & 0x3F) != 0x3C
            ? ByMode<MoveToAbsoluteLongFamily<TSize>>(op, sources)
            : ByMode<MoveToMemoryFamily<TSize, AbsoluteLong>>(op, sources);

    private static Handler DecodeMiscellaneous(uint op)
    {
        if ((op & 0x1C0) == 0x1C0)
        {
            return ByMode<LeaFamily>(op, ModeSet.Control);
        }

        if ((op & 0x1C0) == 0x180)
        {
            return ByMode<ChkFamily>(op, ModeSet.Data);
        }

        return ((op >> 6) & 0x3F) switch
        {
            0x00 or 0x01 or 0x02 => BySize<UnaryFamily<NegateExtended>>(op, ModeSet.DataAlterable),
            0x03 => ByMode<MoveFromSrFamily>(op, ModeSet.DataAlterable),
            0x08 or 0x09 or 0x0A => BySize<UnaryFamily<Clear>>(op, ModeSet.DataAlterable),
            0x10 or 0x11 or 0x12 => BySize<UnaryFamily<Negate>>(op, ModeSet.DataAlterable),
            0x13 => ByMode<MoveToCcrFamily>(op, ModeSet.Data),
            0x18 or 0x19 or 0x1A => BySize<UnaryFamily<Not>>(op, ModeSet.DataAlterable),
            0x1B => ByMode<MoveToSrFamily>(op, ModeSet.Data),
            0x20 => ByMode<NegateDecimalFamily>(op, ModeSet.DataAlterable),
            0x21 => (op & 0x38) == 0 ? new(&Swap) : ByMode<PeaFamily>(op, ModeSet.Control),
            0x22 => (op & 0x38) == 0 ? new(&ExtendWord) : DecodeMoveMToMemory<WordSize>(op),
            0x23 => (op & 0x38) == 0 ? new(&ExtendLong) : DecodeMoveMToMemory<LongSize>(op),
            0x28 or 0x29 or 0x2A => BySize<TestFamily>(op, ModeSet.DataAlterable),
            0x2B => ByMode<TestAndSetFamily>(op, ModeSet.DataAlterable),
            0x32 => ByMode<MoveMToRegistersFamily<WordSize>>(op, ModeSet.Control | (1 << (int)Mode.PostIncrement)),
            0x33 => ByMode<MoveMToRegistersFamily<LongSize>>(op, ModeSet.Control | (1 << (int)Mode.PostIncrement)),
            0x39 => DecodeSystem(op),
            0x3A => ByMode<JumpToSubroutineFamily>(op, ModeSet.Control),
            0x3B => ByMode<JumpFamily>(op, ModeSet.Control),
            _ => IllegalHandler,
        };
    }

    private static Handler DecodeMoveMToMemory<TSize>(uint op)
        where TSize : struct, ISize =>
        (op & 0x38) == 0x20
            ? new(&MoveMToPreDecrement<TSize>)
            : ByMode<MoveMToMemoryFamily<TSize>>(op, ModeSet.ControlAlterable);

    private static Handler DecodeSystem(uint op) => ((op >> 3) & 7) switch
    {
        0 or 1 => new(&Trap),
        2 => new(&Link),
        3 => new(&Unlink),
        4 => new(&MoveToUsp),
        5 => new(&MoveFromUsp),
        6 => (op & 7) switch
        {
            0 => new(&ResetDevices),
            1 => new(&NoOperation),
            2 => new(&Stop),
            3 => new(&ReturnFromException),
            5 => new(&ReturnFromSubroutine),
            6 => new(&TrapOnOverflow),
            7 => new(&ReturnAndRestore),
            _ => IllegalHandler,
        },
        _ => IllegalHandler,
    };

    private static Handler DecodeQuick(uint op)
    {
        if ((op & 0xC0) == 0xC0)
        {
            return (op & 0x38) == 8 ? new(&DecrementAndBranch) : ByMode<SetByConditionFamily>(op, ModeSet.DataAlterable);
        }

        return (op & 0x100) == 0 ? DecodeAluQuick<Add>(op) : DecodeAluQuick<Subtract>(op);
    }

    private static Handler DecodeAluQuick<TAlu>(uint op)
        where TAlu : struct, IAlu
    {
        if ((op & 0x38) == 8)
        {
            return (op & 0xC0) == 0 ? IllegalHandler : new(&AluQuickAddress<TAlu>);
        }

        return BySize<AluQuickFamily<TAlu>>(op, ModeSet.DataAlterable);
    }

    private static Handler DecodeBranch(uint op)
    {
        if ((op & 0xF00) == 0x100)
        {
            return new(&BranchToSubroutine);
        }

        return (op & 0xFF) == 0 ? new(&BranchWord) : new(&BranchShort);
    }

    private static Handler DecodeOrDivide(uint op)
    {
        if ((op & 0x1F0) == 0x100)
        {
            return DecodeDecimal(op);
        }

        return ((op >> 6) & 7) switch
        {
            3 => ByMode<DivideUnsignedFamily>(op, ModeSet.Data),
            7 => ByMode<DivideSignedFamily>(op, ModeSet.Data),
            < 4 => BySize<AluToRegisterFamily<Or>>(op, ModeSet.Data),
            _ => BySize<AluToMemoryFamily<Or>>(op, ModeSet.MemoryAlterable),
        };
    }

    private static Handler DecodeAndMultiply(uint op)
    {
        if ((op & 0x1F0) == 0x100)
        {
            return DecodeDecimal(op);
        }

        if ((op & 0x1F8) is 0x140 or 0x148 or 0x188)
        {
            return new(&Exg);
        }

        return ((op >> 6) & 7) switch
        {
            3 => ByMode<MultiplyUnsignedFamily>(op, ModeSet.Data),
            7 => ByMode<MultiplySignedFamily>(op, ModeSet.Data),
            < 4 => BySize<AluToRegisterFamily<And>>(op, ModeSet.Data),
            _ => BySize<AluToMemoryFamily<And>>(op, ModeSet.MemoryAlterable),
        };
    }

    private static Handler DecodeDecimal(uint op) => (op & 8) == 0 ? new(&DecimalRegister) : new(&DecimalMemory);

    private static Handler DecodeAddSubtract<TAlu, TExtended>(uint op)
        where TAlu : struct, IAlu
        where TExtended : struct, IAlu
    {
        if ((op & 0x130) == 0x100 && (op & 0xC0) != 0xC0)
        {
            return DecodeExtended<TExtended>(op);
        }

        return ((op >> 6) & 7) switch
        {
            3 => ByMode<AluToAddressFamily<TAlu, WordSize>>(op, ModeSet.All),
            7 => ByMode<AluToAddressFamily<TAlu, LongSize>>(op, ModeSet.All),
            < 4 => BySize<AluToRegisterFamily<TAlu>>(op, ModeSet.All),
            _ => BySize<AluToMemoryFamily<TAlu>>(op, ModeSet.MemoryAlterable),
        };
    }

    private static Handler DecodeExtended<TAlu>(uint op)
        where TAlu : struct, IAlu => ((op >> 6) & 3, (op >> 3) & 1) switch
        {
            (0, 0) => new(&ExtendedRegister<TAlu, ByteSize>),
            (1, 0) => new(&ExtendedRegister<TAlu, WordSize>),
            (2, 0) => new(&ExtendedRegister<TAlu, LongSize>),
            (0, _) => new(&ExtendedMemory<TAlu, ByteSize>),
            (1, _) => new(&ExtendedMemory<TAlu, WordSize>),
            _ => new(&ExtendedMemory<TAlu, LongSize>),
        };

    private static Handler DecodeCompare(uint op) => ((op >> 6) & 7) switch
    {
        3 => ByMode<AluToAddressFamily<Compare, WordSize>>(op, ModeSet.All),
        7 => ByMode<AluToAddressFamily<Compare, LongSize>>(op, ModeSet.All),
        < 4 => BySize<AluToRegisterFamily<Compare>>(op, ModeSet.All),
        4 when (op & 0x38) == 8 => new(&CompareMemory<ByteSize>),
        5 when (op & 0x38) == 8 => new(&CompareMemory<WordSize>),
        6 when (op & 0x38) == 8 => new(&CompareMemory<LongSize>),
        4 when (op & 0x38) == 0 => new(&ExclusiveOrToRegister<ByteSize>),
        5 when (op & 0x38) == 0 => new(&ExclusiveOrToRegister<WordSize>),
        6 when (op & 0x38) == 0 => new(&ExclusiveOrToRegister<LongSize>),
        _ => BySize<AluToMemoryFamily<ExclusiveOr>>(op, ModeSet.MemoryAlterable),
    };

    private static Handler DecodeShift(uint op)
    {
        if ((op & 0xC0) == 0xC0)
        {
            return ((op >> 8) & 15) switch
            {
                0 => DecodeShiftMemory<ArithmeticRight>(op),
                1 => DecodeShiftMemory<ArithmeticLeft>(op),
                2 => DecodeShiftMemory<LogicalRight>(op),
                3 => DecodeShiftMemory<LogicalLeft>(op),
                4 => DecodeShiftMemory<RotateRightExtended>(op),
                5 => DecodeShiftMemory<RotateLeftExtended>(op),
                6 => DecodeShiftMemory<RotateRight>(op),
                7 => DecodeShiftMemory<RotateLeft>(op),
                _ => IllegalHandler,
            };
        }

        return (((op >> 2) & 6) | ((op >> 8) & 1)) switch
        {
            0 => DecodeShiftRegister<ArithmeticRight>(op),
            1 => DecodeShiftRegister<ArithmeticLeft>(op),
            2 => DecodeShiftRegister<LogicalRight>(op),
            3 => DecodeShiftRegister<LogicalLeft>(op),
            4 => DecodeShiftRegister<RotateRightExtended>(op),
            5 => DecodeShiftRegister<RotateLeftExtended>(op),
            6 => DecodeShiftRegister<RotateRight>(op),
            _ => DecodeShiftRegister<RotateLeft>(op),
        };
    }

    private static Handler DecodeShiftMemory<TShift>(uint op)
        where TShift : struct, IShift => ByMode<ShiftMemoryFamily<TShift>>(op, ModeSet.MemoryAlterable);

    private static Handler DecodeShiftRegister<TShift>(uint op)
        where TShift : struct, IShift => ((op >> 6) & 3, (op >> 5) & 1) switch
        {
            (0, 0) => new(&ShiftByConstant<TShift, ByteSize>),
            (1, 0) => new(&ShiftByConstant<TShift, WordSize>),
            (2, 0) => new(&ShiftByConstant<TShift, LongSize>),
            (0, _) => new(&ShiftByRegister<TShift, ByteSize>),
            (1, _) => new(&ShiftByRegister<TShift, WordSize>),
            _ => new(&ShiftByRegister<TShift, LongSize>),
        };

    /// <summary>A pointer to a handler; C# has no name for the bare pointer type.</summary>
    private readonly struct Handler(delegate*<Mc68000<TBus, TTrace>, uint, CpuCycles, CpuCycles> code)
    {
        public readonly delegate*<Mc68000<TBus, TTrace>, uint, CpuCycles, CpuCycles> Code = code;
    }
}
