using System.Runtime.CompilerServices;
using static Attic.Modules.M68000.StatusRegister;

namespace Attic.Modules.M68000;

/// <summary>A two-operand operation with its flags; operands and result fit their size.</summary>
internal interface IAlu
{
    /// <summary>Whether the result is only compared, not stored.</summary>
    static abstract bool Compares { get; }

    static abstract uint Apply<TSize>(uint source, uint destination, ref ushort sr)
        where TSize : struct, ISize;
}

/// <summary>The adder: sums, differences and their carry and overflow.</summary>
internal static class Adder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Add<TSize>(uint source, uint destination, uint carryIn, out uint carryOverflow)
        where TSize : struct, ISize
    {
        uint result = (source + destination + carryIn) & TSize.Mask;
        uint carry = (source & destination) | ((source | destination) & ~result);
        uint overflow = (source ^ result) & (destination ^ result);
        carryOverflow = ((carry >> (TSize.Bits - 1)) & C) | ((overflow >> (TSize.Bits - 2)) & V);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Subtract<TSize>(uint source, uint destination, uint borrowIn, out uint carryOverflow)
        where TSize : struct, ISize
    {
        uint result = (destination - source - borrowIn) & TSize.Mask;
        uint borrow = (source & ~destination) | ((source | ~destination) & result);
        uint overflow = (source ^ destination) & (result ^ destination);
        carryOverflow = ((borrow >> (TSize.Bits - 1)) & C) | ((overflow >> (TSize.Bits - 2)) & V);
        return result;
    }

    /// <summary>Sets all five flags; X as C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetFlags<TSize>(ref ushort sr, uint result, uint carryOverflow)
        where TSize : struct, ISize =>
        sr = (ushort)((sr & 0xFFE0u) | NegativeZero<TSize>(result) | carryOverflow | ((carryOverflow & C) << 4));

    /// <summary>Sets all five flags of an extended operation, where Z can only be cleared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetExtendedFlags<TSize>(ref ushort sr, uint result, uint carryOverflow)
        where TSize : struct, ISize =>
        sr = (ushort)((sr & 0xFFE0u) | (NegativeZero<TSize>(result) & (N | (sr & Z))) | carryOverflow | ((carryOverflow & C) << 4));
}

internal readonly struct Add : IAlu
{
    public static bool Compares => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint source, uint destination, ref ushort sr)
        where TSize : struct, ISize
    {
        uint result = Adder.Add<TSize>(source, destination, 0, out uint flags);
        Adder.SetFlags<TSize>(ref sr, result, flags);
        return result;
    }
}

internal readonly struct Subtract : IAlu
{
    public static bool Compares => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint source, uint destination, ref ushort sr)
        where TSize : struct, ISize
    {
        uint result = Adder.Subtract<TSize>(source, destination, 0, out uint flags);
        Adder.SetFlags<TSize>(ref sr, result, flags);
        return result;
    }
}

internal readonly struct Compare : IAlu
{
    public static bool Compares => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint source, uint destination, ref ushort sr)
        where TSize : struct, ISize
    {
        uint result = Adder.Subtract<TSize>(source, destination, 0, out uint flags);
        sr = (ushort)((sr & 0xFFF0u) | NegativeZero<TSize>(result) | flags);
        return result;
    }
}

internal readonly struct AddExtended : IAlu
{
    public static bool Compares => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint source, uint destination, ref ushort sr)
        where TSize : struct, ISize
    {
        uint result = Adder.Add<TSize>(source, destination, (sr & X) >> 4, out uint flags);
        Adder.SetExtendedFlags<TSize>(ref sr, result, flags);
        return result;
    }
}

internal readonly struct SubtractExtended : IAlu
{
    public static bool Compares => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint source, uint destination, ref ushort sr)
        where TSize : struct, ISize
    {
        uint result = Adder.Subtract<TSize>(source, destination, (sr & X) >> 4, out uint flags);
        Adder.SetExtendedFlags<TSize>(ref sr, result, flags);
        return result;
    }
}

internal readonly struct And : IAlu
{
    public static bool Compares => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint source, uint destination, ref ushort sr)
        where TSize : struct, ISize
    {
        uint result = source & destination;
        SetLogic<TSize>(ref sr, result);
        return result;
    }
}

internal readonly struct Or : IAlu
{
    public static bool Compares => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint source, uint destination, ref ushort sr)
        where TSize : struct, ISize
    {
        uint result = source | destination;
        SetLogic<TSize>(ref sr, result);
        return result;
    }
}

internal readonly struct ExclusiveOr : IAlu
{
    public static bool Compares => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint source, uint destination, ref ushort sr)
        where TSize : struct, ISize
    {
        uint result = source ^ destination;
        SetLogic<TSize>(ref sr, result);
        return result;
    }
}
