using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Attic.Modules.XlVideo;

/// <content>Drawing where no player or missile is: a pixel then depends on its code alone, of which there are eight.</content>
internal sealed partial class Gtia
{
    private const int PlayfieldCodes = 8;
    private readonly byte[] _leftColours = new byte[Vector128<byte>.Count];
    private readonly byte[] _rightColours = new byte[Vector128<byte>.Count];

    // What the colours above were made of: a cache, not state.
    private UInt128 _coloursOf = UInt128.MaxValue;

    // The playfield's colour registers, PRIOR, and the kind of line.
    private UInt128 ColoursOf() =>
        new(((ulong)_s.Prior << 16) | ((ulong)_s.HiRes << 8) | _s.Colours[ColourBackground], Unsafe.ReadUnaligned<ulong>(ref _s.Colours[0]));

    private void PaintPlayfield(Span<ushort> row, int from, int to, bool halfWidth)
    {
        if (_coloursOf != ColoursOf())
        {
            ColoursByCode(_leftColours, _rightColours);
            _coloursOf = ColoursOf();
        }

        if (halfWidth)
        {
            PaintHalfWidth(row, from, to);
        }
        else
        {
            PaintFullWidth(row, from, to);
        }
    }

    private void PaintHalfWidth(Span<ushort> row, int from, int to)
    {
        var codes = Codes.AsSpan(from, to - from);
        var pixels = row.Slice(from - FirstClock, codes.Length);
        int clock = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            var colours = Vector128.Create<byte>(_leftColours);
            ref byte source = ref MemoryMarshal.GetReference(codes);
            ref ushort target = ref MemoryMarshal.GetReference(pixels);
            for (; clock <= codes.Length - Vector128<byte>.Count; clock += Vector128<byte>.Count)
            {
                var sixteen = Vector128.LoadUnsafe(ref source, (nuint)clock) & Vector128.Create((byte)(PlayfieldCodes - 1));
                var (first, last) = Vector128.Widen(Vector128.Shuffle(colours, sixteen));
                first.StoreUnsafe(ref target, (nuint)clock);
                last.StoreUnsafe(ref target, (nuint)(clock + Vector128<ushort>.Count));
            }
        }

        for (; clock < codes.Length; clock++)
        {
            pixels[clock] = _leftColours[codes[clock] & (PlayfieldCodes - 1)];
        }
    }

    private void PaintFullWidth(Span<ushort> row, int from, int to)
    {
        ReadOnlySpan<byte> left = _leftColours;
        ReadOnlySpan<byte> right = _rightColours;
        int clock = from;
        if (Vector128.IsHardwareAccelerated)
        {
            var (lefts, rights) = (Vector128.Create<byte>(left), Vector128.Create<byte>(right));
            for (; clock <= to - Vector128<byte>.Count; clock += Vector128<byte>.Count)
            {
                PaintSixteen(row.Slice(2 * (clock - FirstClock), 2 * Vector128<byte>.Count), clock, lefts, rights);
            }
        }

        for (; clock < to; clock++)
        {
            int code = Codes[clock] & (PlayfieldCodes - 1);
            int x = 2 * (clock - FirstClock);
            (row[x], row[x + 1]) = (left[code], right[code]);
        }
    }

    // Sixteen colour clocks: colours looked up by code, left and right pixels interleaved.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PaintSixteen(Span<ushort> pixels, int clock, Vector128<byte> lefts, Vector128<byte> rights)
    {
        var codes = Vector128.Create<byte>(Codes.AsSpan(clock, Vector128<byte>.Count)) & Vector128.Create((byte)(PlayfieldCodes - 1));
        var (firstEven, lastEven) = Vector128.Widen(Vector128.Shuffle(lefts, codes));
        var (firstOdd, lastOdd) = Vector128.Widen(Vector128.Shuffle(rights, codes));
        Interleave(firstEven, firstOdd, pixels);
        Interleave(lastEven, lastOdd, pixels[Vector128<byte>.Count..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector128<ushort> even, Vector128<ushort> odd, Span<ushort> pixels)
    {
        var (firstEven, lastEven) = Vector128.Widen(even);
        var (firstOdd, lastOdd) = Vector128.Widen(odd);
        (firstEven | (firstOdd << 16)).AsUInt16().CopyTo(pixels);
        (lastEven | (lastOdd << 16)).AsUInt16().CopyTo(pixels[Vector128<ushort>.Count..]);
    }

    private void ColoursByCode(Span<byte> left, Span<byte> right)
    {
        int luminance = _s.Colours[ColourPf1] & 0x0F;
        for (int code = 0; code < PlayfieldCodes; code++)
        {
            int colour = Mix(_priority[PlayfieldOf(code) << 8]);
            int lit = (colour & 0xF0) | luminance;
            left[code] = (byte)(_s.HiRes != 0 && (code & 6) == 6 ? lit : colour);
            right[code] = (byte)(_s.HiRes != 0 && (code & 5) == 5 ? lit : colour);
        }
    }
}
