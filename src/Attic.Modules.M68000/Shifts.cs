using System.Runtime.CompilerServices;
using static Attic.Modules.M68000.StatusRegister;

namespace Attic.Modules.M68000;

/// <summary>A shift or rotation by 0 to 63 places with its flags.</summary>
internal interface IShift
{
    static abstract uint Apply<TSize>(uint value, int count, ref ushort sr)
        where TSize : struct, ISize;
}

internal static class ShiftFlags
{
    /// <summary>Flags of a shift: X follows the last bit out, unless nothing moved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Set<TSize>(ref ushort sr, uint result, int count, uint carry, uint overflow)
        where TSize : struct, ISize
    {
        uint keep = count == 0 ? 0xFFF0u : 0xFFE0u;
        uint extend = count == 0 ? 0 : carry << 4;
        sr = (ushort)((sr & keep) | NegativeZero<TSize>(result) | carry | extend | overflow);
        return result;
    }
}

internal readonly struct LogicalLeft : IShift
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint value, int count, ref ushort sr)
        where TSize : struct, ISize
    {
        ulong wide = count > TSize.Bits ? 0 : (ulong)value << count;
        return ShiftFlags.Set<TSize>(ref sr, (uint)wide & TSize.Mask, count, (uint)(wide >> TSize.Bits) & C, 0);
    }
}

internal readonly struct LogicalRight : IShift
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint value, int count, ref ushort sr)
        where TSize : struct, ISize
    {
        // One more place below the value catches the last bit out.
        ulong wide = ((ulong)value << 1) >> count;
        return ShiftFlags.Set<TSize>(ref sr, (uint)(wide >> 1), count, (uint)wide & C, 0);
    }
}

internal readonly struct ArithmeticLeft : IShift
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint value, int count, ref ushort sr)
        where TSize : struct, ISize
    {
        ulong wide = count > TSize.Bits ? 0 : (ulong)value << count;
        uint carry = (uint)(wide >> TSize.Bits) & C;
        return ShiftFlags.Set<TSize>(ref sr, (uint)wide & TSize.Mask, count, carry, SignChanges<TSize>(value, count) ? V : 0);
    }

    // V tells whether the sign ever changed on the way: the bits that pass through it are not all equal.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SignChanges<TSize>(uint value, int count)
        where TSize : struct, ISize
    {
        if (count >= TSize.Bits)
        {
            return value != 0;
        }

        uint passing = TSize.Mask & ~(TSize.Mask >> 1 >> count);
        uint bits = value & passing;
        return bits != 0 && bits != passing;
    }
}

internal readonly struct ArithmeticRight : IShift
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint value, int count, ref ushort sr)
        where TSize : struct, ISize
    {
        long signed = ((long)value << (64 - TSize.Bits) >> (64 - TSize.Bits) << 1) >> count;
        return ShiftFlags.Set<TSize>(ref sr, (uint)(signed >> 1) & TSize.Mask, count, (uint)signed & C, 0);
    }
}

internal readonly struct RotateLeft : IShift
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint value, int count, ref ushort sr)
        where TSize : struct, ISize
    {
        int places = count & (TSize.Bits - 1);
        ulong wide = (ulong)value << places;
        uint result = ((uint)wide | (uint)(wide >> TSize.Bits)) & TSize.Mask;
        sr = (ushort)((sr & 0xFFF0u) | NegativeZero<TSize>(result) | (count == 0 ? 0 : result & C));
        return result;
    }
}

internal readonly struct RotateRight : IShift
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint value, int count, ref ushort sr)
        where TSize : struct, ISize
    {
        int places = count & (TSize.Bits - 1);
        ulong wide = ((ulong)value << TSize.Bits) >> places;
        uint result = ((uint)wide | (uint)(wide >> TSize.Bits)) & TSize.Mask;
        sr = (ushort)((sr & 0xFFF0u) | NegativeZero<TSize>(result) | (count == 0 ? 0 : (result >> (TSize.Bits - 1)) & C));
        return result;
    }
}

internal readonly struct RotateLeftExtended : IShift
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint value, int count, ref ushort sr)
        where TSize : struct, ISize => ExtendedRotation.Left<TSize>(value, count % (TSize.Bits + 1), ref sr);
}

internal readonly struct RotateRightExtended : IShift
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Apply<TSize>(uint value, int count, ref ushort sr)
        where TSize : struct, ISize =>
        ExtendedRotation.Left<TSize>(value, TSize.Bits + 1 - (count % (TSize.Bits + 1)), ref sr);
}

/// <summary>Rotation of a ring of the operand with X above it; C copies X, also when nothing moves.</summary>
internal static class ExtendedRotation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Left<TSize>(uint value, int places, ref ushort sr)
        where TSize : struct, ISize
    {
        ulong ring = ((ulong)(sr & X) << (TSize.Bits - 4)) | value;
        ring = (ring << places) | (ring >> (TSize.Bits + 1 - places));
        uint result = (uint)ring & TSize.Mask;
        uint carry = (uint)(ring >> TSize.Bits) & C;
        sr = (ushort)((sr & 0xFFE0u) | NegativeZero<TSize>(result) | carry | (carry << 4));
        return result;
    }
}
