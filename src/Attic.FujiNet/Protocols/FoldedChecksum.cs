using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Attic.FujiNet.Protocols;

/// <summary>The checksum of FujiBus packets and of Atari's serial bus: bytes added with the carry brought round.</summary>
/// <remarks>
/// Adding with end-around carry is addition modulo 255 in which a sum other than nothing is 1 to 255, so the bytes may be
/// added in any order and grouping, and folded once.
/// </remarks>
public static class FoldedChecksum
{
    /// <summary>The checksum of some bytes.</summary>
    public static byte Of(ReadOnlySpan<byte> bytes) => Fold(Sum(bytes));

    /// <summary>Brings the carries of a plain sum round.</summary>
    public static byte Fold(ulong sum) => sum == 0 ? (byte)0 : (byte)(((sum - 1) % 255) + 1);

    /// <summary>The plain sum of some bytes.</summary>
    public static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        // A lane of 16 bits takes two bytes a step: 128 steps cannot overflow it.
        const int StepsPerBlock = 128;
        ref byte source = ref MemoryMarshal.GetReference(bytes);
        nuint at = 0;
        nuint length = (nuint)bytes.Length;
        ulong sum = 0;
        while (Vector256.IsHardwareAccelerated && at + 32 <= length)
        {
            nuint blockEnd = Math.Min(length, at + (32 * StepsPerBlock)) - 31;
            var lanes = Vector256<ushort>.Zero;
            for (; at < blockEnd; at += 32)
            {
                var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref source, at));
                lanes += low + high;
            }

            var (lower, upper) = Vector256.Widen(lanes);
            sum += Vector256.Sum(lower + upper);
        }

        for (; at < length; at++)
        {
            sum += Unsafe.Add(ref source, at);
        }

        return sum;
    }
}
