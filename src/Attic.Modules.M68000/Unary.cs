using System.Runtime.CompilerServices;
using static Attic.Modules.M68000.StatusRegister;

namespace Attic.Modules.M68000;

/// <summary>A one-operand operation with its flags.</summary>
internal interface IUnary
{
    static abstract uint Apply<TSize>(uint operand, ref ushort sr)
        where TSize : struct, ISize;
}

internal readonly struct Clear : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint operand, ref ushort sr)
        where TSize : struct, ISize
    {
        SetLogic<TSize>(ref sr, 0);
        return 0;
    }
}

internal readonly struct Not : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint operand, ref ushort sr)
        where TSize : struct, ISize
    {
        uint result = ~operand & TSize.Mask;
        SetLogic<TSize>(ref sr, result);
        return result;
    }
}

internal readonly struct Negate : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint operand, ref ushort sr)
        where TSize : struct, ISize => Subtract.Apply<TSize>(operand, 0, ref sr);
}

internal readonly struct NegateExtended : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint operand, ref ushort sr)
        where TSize : struct, ISize => SubtractExtended.Apply<TSize>(operand, 0, ref sr);
}

/// <summary>NBCD: zero minus the operand minus X, in decimal; bytes only.</summary>
internal readonly struct NegateDecimal : IUnary
{
    public static uint Apply<TSize>(uint operand, ref ushort sr)
        where TSize : struct, ISize => Decimal.Subtract(operand, 0, ref sr);
}
