using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Attic.Modules.StVideo;

/// <summary>
/// Turns interleaved bit planes into colour codes, sixteen pixels at a time: the one inner loop where vector code pays.
/// </summary>
/// <remarks>
/// A group of sixteen pixels is one big-endian word per plane, planes following each other. Each byte of a plane is
/// spread over eight lanes, its bit picked by a mask and turned into that plane's weight; the sum is the pixel's index,
/// which two byte shuffles look up in the palette. The three paths give the same codes (a test holds them equal).
/// </remarks>
internal static class PlanarExpander
{
    /// <summary>Expands whole groups.</summary>
    /// <param name="planes">Plane data; 2 × <paramref name="planeCount"/> bytes a group, at least 16 bytes readable beyond the last group.</param>
    /// <param name="planeCount">1, 2 or 4.</param>
    /// <param name="palette">16 codes.</param>
    /// <param name="codes">Where to; a multiple of 16 long.</param>
    public static void Expand(ReadOnlySpan<byte> planes, int planeCount, ReadOnlySpan<ushort> palette, Span<ushort> codes)
    {
        if (planes.Length < (codes.Length / 16 * planeCount * 2) + 16 || palette.Length < 16 || codes.Length % 16 != 0)
        {
            throw new ArgumentException("The planes are shorter than the pixels asked for.", nameof(planes));
        }

        if (Avx2.IsSupported && codes.Length % 32 == 0)
        {
            Expand256(planes, planeCount, palette, codes);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Expand128(planes, planeCount, palette, codes);
        }
        else
        {
            ExpandPortable(planes, planeCount, palette, codes);
        }
    }

    /// <summary>The definition: bit by bit.</summary>
    internal static void ExpandPortable(ReadOnlySpan<byte> planes, int planeCount, ReadOnlySpan<ushort> palette, Span<ushort> codes)
    {
        int group = 0;
        for (int x = 0; x < codes.Length; x += 16, group += planeCount * 2)
        {
            for (int pixel = 0; pixel < 16; pixel++)
            {
                int index = 0;
                for (int plane = 0; plane < planeCount; plane++)
                {
                    int bit = planes[group + (plane * 2) + (pixel >> 3)] >> (7 - (pixel & 7));
                    index |= (bit & 1) << plane;
                }

                codes[x + pixel] = palette[index];
            }
        }
    }

    /// <summary>One group at a time, any processor with 128-bit vectors.</summary>
    internal static void Expand128(ReadOnlySpan<byte> planes, int planeCount, ReadOnlySpan<ushort> palette, Span<ushort> codes)
    {
        var (low, high) = SplitPalette(palette);
        var bits = Vector128.Create(0x0102040810204080ul, 0x0102040810204080ul).AsByte();
        ref byte source = ref MemoryMarshal.GetReference(planes);
        ref ushort target = ref MemoryMarshal.GetReference(codes);
        for (int x = 0; x < codes.Length; x += 16)
        {
            var data = Vector128.LoadUnsafe(ref source);
            var index = Vector128<byte>.Zero;
            for (int plane = 0; plane < planeCount; plane++)
            {
                var lanes = Vector128.Shuffle(data, Spread(plane));
                var set = Vector128.Equals(lanes & bits, bits);
                index |= set & Vector128.Create((byte)(1 << plane));
            }

            var lowBytes = Vector128.Shuffle(low, index);
            var highBytes = Vector128.Shuffle(high, index);
            var (first, second) = Interleave(lowBytes, highBytes);
            first.StoreUnsafe(ref target, (nuint)x);
            second.StoreUnsafe(ref target, (nuint)(x + 8));
            source = ref Unsafe.Add(ref source, planeCount * 2);
        }
    }

    /// <summary>Two groups at a time with AVX2.</summary>
    internal static void Expand256(ReadOnlySpan<byte> planes, int planeCount, ReadOnlySpan<ushort> palette, Span<ushort> codes)
    {
        var (low128, high128) = SplitPalette(palette);
        var low = Vector256.Create(low128, low128);
        var high = Vector256.Create(high128, high128);
        var bits = Vector256.Create(0x0102040810204080ul).AsByte();
        int groupBytes = planeCount * 2;
        var second = Vector128.Create((byte)groupBytes);
        var spread0 = Vector256.Create(Spread(0), Spread(0) + second);
        var spread1 = Vector256.Create(Spread(1), Spread(1) + second);
        var spread2 = Vector256.Create(Spread(2), Spread(2) + second);
        var spread3 = Vector256.Create(Spread(3), Spread(3) + second);
        ref byte source = ref MemoryMarshal.GetReference(planes);
        ref ushort target = ref MemoryMarshal.GetReference(codes);
        for (int x = 0; x < codes.Length; x += 32)
        {
            var single = Vector128.LoadUnsafe(ref source);
            var data = Vector256.Create(single, single);
            var index = Pick(data, spread0, bits, 1);
            if (planeCount >= 2)
            {
                index |= Pick(data, spread1, bits, 2);
            }

            if (planeCount == 4)
            {
                index |= Pick(data, spread2, bits, 4) | Pick(data, spread3, bits, 8);
            }

            var lowBytes = Avx2.Shuffle(low, index);
            var highBytes = Avx2.Shuffle(high, index);
            var left = Avx2.UnpackLow(lowBytes, highBytes);
            var right = Avx2.UnpackHigh(lowBytes, highBytes);
            Avx2.Permute2x128(left, right, 0x20).AsUInt16().StoreUnsafe(ref target, (nuint)x);
            Avx2.Permute2x128(left, right, 0x31).AsUInt16().StoreUnsafe(ref target, (nuint)(x + 16));
            source = ref Unsafe.Add(ref source, groupBytes * 2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Pick(Vector256<byte> data, Vector256<byte> spread, Vector256<byte> bits, byte weight) =>
        Vector256.Equals(Avx2.Shuffle(data, spread) & bits, bits) & Vector256.Create(weight);

    // The plane's first byte for pixels 0-7, its second for 8-15.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Spread(int plane) =>
        Vector128.Create(
            Vector64.Create((byte)(plane * 2)),
            Vector64.Create((byte)((plane * 2) + 1)));

    private static (Vector128<byte> Low, Vector128<byte> High) SplitPalette(ReadOnlySpan<ushort> palette)
    {
        var first = Vector128.Create(palette[..8]);
        var second = Vector128.Create(palette.Slice(8, 8));
        var mask = Vector128.Create((ushort)0xFF);
        return (Vector128.Narrow(first & mask, second & mask), Vector128.Narrow(first >>> 8, second >>> 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ushort> First, Vector128<ushort> Second) Interleave(Vector128<byte> low, Vector128<byte> high)
    {
        var (low0, low1) = Vector128.Widen(low);
        var (high0, high1) = Vector128.Widen(high);
        return (low0 | (high0 << 8), low1 | (high1 << 8));
    }
}
