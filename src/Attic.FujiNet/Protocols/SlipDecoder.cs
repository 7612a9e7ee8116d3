using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Attic.FujiNet.Protocols;

/// <summary>
/// Takes SLIP frames out of a stream of bytes that comes in pieces of any size, and never loses sync: END is a delimiter and
/// nothing else, so whatever stood before it, the frame after it is read.
/// </summary>
/// <remarks>
/// Bytes before the first END are noise. Empty frames are skipped. A frame with an unknown escape pair, or longer than the
/// limit, is dropped alone; the next one is read.
/// </remarks>
public sealed class SlipDecoder
{
    private readonly byte[] _frame;
    private readonly int _limit;
    private int _length;
    private bool _complete;
    private bool _inFrame;
    private bool _escaped;
    private bool _bad;

    /// <summary>A decoder that waits for the first END.</summary>
    /// <param name="maxFrame">Longest frame to take, in decoded bytes, from 1.</param>
    public SlipDecoder(int maxFrame = Slip.MaxFrame)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFrame, 1);
        _limit = maxFrame;

        // Blocks are stored whole before they are looked at.
        _frame = new byte[maxFrame + Vector256<byte>.Count];
    }

    /// <summary>Frames dropped for an unknown escape pair or their length.</summary>
    public long Dropped { get; private set; }

    /// <summary>Forgets what was read so far: the peer is a new one.</summary>
    public void Reset()
    {
        _length = 0;
        _complete = _inFrame = _escaped = _bad = false;
    }

    /// <summary>Reads on until a frame is complete or the bytes run out.</summary>
    /// <param name="input">Bytes from the wire; what was used is cut off its front.</param>
    /// <param name="frame">The frame; valid until the next call.</param>
    /// <returns>Whether there is a frame; false means that all of <paramref name="input"/> is used.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> frame)
    {
        if (TryRead(ref input, out int length))
        {
            frame = _frame.AsSpan(0, length);
            return true;
        }

        frame = default;
        return false;
    }

    /// <summary>The frame that the last successful call completed, as memory that outlives the call but not the next one.</summary>
    internal ReadOnlyMemory<byte> Frame(int length) => _frame.AsMemory(0, length);

    internal bool TryRead(ref ReadOnlySpan<byte> input, out int length)
    {
        if (_complete)
        {
            _complete = false;
            _length = 0;
        }

        while (!input.IsEmpty)
        {
            if (!_inFrame || _bad)
            {
                SkipToEnd(ref input);
                continue;
            }

            if (_escaped)
            {
                Unescape(ref input);
                continue;
            }

            bool ended = TakePlain(ref input);
            if (!ended || _length == 0)
            {
                continue;
            }

            length = _length;
            _complete = true;
            return true;
        }

        length = 0;
        return false;
    }

    private void SkipToEnd(ref ReadOnlySpan<byte> input)
    {
        int end = input.IndexOf(Slip.End);
        if (end < 0)
        {
            input = default;
            return;
        }

        input = input[(end + 1)..];
        _inFrame = true;
        _bad = _escaped = false;
        _length = 0;
    }

    private void Unescape(ref ReadOnlySpan<byte> input)
    {
        _escaped = false;
        byte second = input[0];
        if (second is not (Slip.EscapedEnd or Slip.EscapedEscape))
        {
            // An END here is left to delimit.
            Drop();
            return;
        }

        input = input[1..];
        if (_length == _limit)
        {
            Drop();
            return;
        }

        _frame[_length++] = second == Slip.EscapedEnd ? Slip.End : Slip.Escape;
    }

    private void Drop()
    {
        _bad = true;
        Dropped++;
    }

    // Copies up to and over the next END and says true, or over the next ESC, or all.
    private bool TakePlain(ref ReadOnlySpan<byte> input)
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetArrayDataReference(_frame);
        nuint from = 0;
        nuint to = (nuint)_length;
        nuint length = (nuint)input.Length;
        nuint limit = (nuint)_limit;
        if (Vector256.IsHardwareAccelerated)
        {
            var end = Vector256.Create(Slip.End);
            var escape = Vector256.Create(Slip.Escape);
            while (from + 32 <= length && to <= limit)
            {
                var block = Vector256.LoadUnsafe(ref source, from);
                uint special = (Vector256.Equals(block, end) | Vector256.Equals(block, escape)).ExtractMostSignificantBits();
                block.StoreUnsafe(ref target, to);
                if (special == 0)
                {
                    from += 32;
                    to += 32;
                    continue;
                }

                nuint plain = (nuint)BitOperations.TrailingZeroCount(special);
                from += plain;
                to += plain;
                byte first = Unsafe.Add(ref source, from);
                if (first == Slip.End || from + 1 == length || to >= limit)
                {
                    break;
                }

                // The common case, an escape pair that is whole and known, stays in the loop.
                byte second = Unsafe.Add(ref source, from + 1);
                if (second is not (Slip.EscapedEnd or Slip.EscapedEscape))
                {
                    break;
                }

                Unsafe.Add(ref target, to++) = second == Slip.EscapedEnd ? Slip.End : Slip.Escape;
                from += 2;
            }
        }

        while (from < length && to <= limit)
        {
            byte value = Unsafe.Add(ref source, from);
            if (value == Slip.End)
            {
                _length = (int)to;
                input = input[(int)(from + 1)..];
                return true;
            }

            from++;
            if (value == Slip.Escape)
            {
                _length = (int)to;
                _escaped = true;
                input = input[(int)from..];
                return false;
            }

            Unsafe.Add(ref target, to++) = value;
        }

        input = input[(int)from..];
        _length = (int)to;
        if (to > limit)
        {
            Drop();
        }

        return false;
    }
}
