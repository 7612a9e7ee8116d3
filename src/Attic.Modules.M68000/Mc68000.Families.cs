namespace Attic.Modules.M68000;

/// <content>The instruction families of the decoder.</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    private readonly struct Sized<TFamily, TSize> : IFamily
        where TFamily : struct, ISizedFamily
        where TSize : struct, ISize
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => TFamily.For<TSize, TMode>();
    }

    private readonly struct AluImmediateFamily<TAlu> : ISizedFamily
        where TAlu : struct, IAlu
    {
        public static Handler For<TSize, TMode>()
            where TSize : struct, ISize
            where TMode : struct, IMode => new(&AluImmediate<TAlu, TSize, TMode>);
    }

    private readonly struct UnaryFamily<TUnary> : ISizedFamily
        where TUnary : struct, IUnary
    {
        public static Handler For<TSize, TMode>()
            where TSize : struct, ISize
            where TMode : struct, IMode => new(&UnaryOperation<TUnary, TSize, TMode>);
    }

    private readonly struct TestFamily : ISizedFamily
    {
        public static Handler For<TSize, TMode>()
            where TSize : struct, ISize
            where TMode : struct, IMode => new(&Test<TSize, TMode>);
    }

    private readonly struct AluQuickFamily<TAlu> : ISizedFamily
        where TAlu : struct, IAlu
    {
        public static Handler For<TSize, TMode>()
            where TSize : struct, ISize
            where TMode : struct, IMode => new(&AluQuick<TAlu, TSize, TMode>);
    }

    private readonly struct AluToRegisterFamily<TAlu> : ISizedFamily
        where TAlu : struct, IAlu
    {
        public static Handler For<TSize, TMode>()
            where TSize : struct, ISize
            where TMode : struct, IMode => new(&AluToRegister<TAlu, TSize, TMode>);
    }

    private readonly struct AluToMemoryFamily<TAlu> : ISizedFamily
        where TAlu : struct, IAlu
    {
        public static Handler For<TSize, TMode>()
            where TSize : struct, ISize
            where TMode : struct, IMode => new(&AluToMemory<TAlu, TSize, TMode>);
    }

    private readonly struct BitFamily<TBit, TNumber> : IFamily
        where TBit : struct, IBit
        where TNumber : struct, IBitNumber
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&Bit<TBit, TNumber, TMode>);
    }

    private readonly struct MoveToRegisterFamily<TSize> : IFamily
        where TSize : struct, ISize
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MoveToRegister<TSize, TMode>);
    }

    private readonly struct MoveToPreDecrementFamily<TSize> : IFamily
        where TSize : struct, ISize
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MoveToPreDecrement<TSize, TMode>);
    }

    private readonly struct MoveToAbsoluteLongFamily<TSize> : IFamily
        where TSize : struct, ISize
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MoveToAbsoluteLong<TSize, TMode>);
    }

    private readonly struct MoveToMemoryFamily<TSize, TDestination> : IFamily
        where TSize : struct, ISize
        where TDestination : struct, IMode
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MoveToMemory<TSize, TMode, TDestination>);
    }

    private readonly struct MoveAFamily<TSize> : IFamily
        where TSize : struct, ISize
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MoveA<TSize, TMode>);
    }

    private readonly struct LeaFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&Lea<TMode>);
    }

    private readonly struct PeaFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&Pea<TMode>);
    }

    private readonly struct ChkFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&Chk<TMode>);
    }

    private readonly struct MoveFromSrFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MoveFromSr<TMode>);
    }

    private readonly struct MoveToSrFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MoveToSr<TMode>);
    }

    private readonly struct MoveToCcrFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MoveToCcr<TMode>);
    }

    private readonly struct NegateDecimalFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&NegateDecimalOperand<TMode>);
    }

    private readonly struct TestAndSetFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&TestAndSet<TMode>);
    }

    private readonly struct SetByConditionFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&SetByCondition<TMode>);
    }

    private readonly struct MoveMToMemoryFamily<TSize> : IFamily
        where TSize : struct, ISize
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MoveMToMemory<TSize, TMode>);
    }

    private readonly struct MoveMToRegistersFamily<TSize> : IFamily
        where TSize : struct, ISize
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MoveMToRegisters<TSize, TMode>);
    }

    private readonly struct JumpFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&Jump<TMode>);
    }

    private readonly struct JumpToSubroutineFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&JumpToSubroutine<TMode>);
    }

    private readonly struct MultiplyUnsignedFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MultiplyUnsigned<TMode>);
    }

    private readonly struct MultiplySignedFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&MultiplySigned<TMode>);
    }

    private readonly struct DivideUnsignedFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&DivideUnsigned<TMode>);
    }

    private readonly struct DivideSignedFamily : IFamily
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&DivideSigned<TMode>);
    }

    private readonly struct AluToAddressFamily<TAlu, TSize> : IFamily
        where TAlu : struct, IAlu
        where TSize : struct, ISize
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&AluToAddress<TAlu, TSize, TMode>);
    }

    private readonly struct ShiftMemoryFamily<TShift> : IFamily
        where TShift : struct, IShift
    {
        public static Handler For<TMode>()
            where TMode : struct, IMode => new(&ShiftMemory<TShift, TMode>);
    }
}
