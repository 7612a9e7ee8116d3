using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Attic.FujiNet.Protocols;

/// <summary>The serial-line framing of RFC 1055: frames between END bytes, with END and ESC inside them escaped.</summary>
public static class Slip
{
    /// <summary>Ends a frame; frames may be preceded by one as well, and two frames may share one.</summary>
    public const byte End = 0xC0;

    /// <summary>Starts an escape pair.</summary>
    public const byte Escape = 0xDB;

    /// <summary>After <see cref="Escape"/>: stands for <see cref="End"/>.</summary>
    public const byte EscapedEnd = 0xDC;

    /// <summary>After <see cref="Escape"/>: stands for <see cref="Escape"/>.</summary>
    public const byte EscapedEscape = 0xDD;

    /// <summary>Longest frame that a receiver takes, in decoded bytes: what a packet's 16-bit length can say.</summary>
    public const int MaxFrame = 65_535;

    /// <summary>Bytes that the worst case of a frame of <paramref name="length"/> bytes takes on the wire.</summary>
    public static int MaxEncodedLength(int length) => (2 * length) + 2;

    /// <summary>Writes one frame: END, the escaped bytes, END.</summary>
    /// <param name="frame">The bytes to frame.</param>
    /// <param name="wire">Receives the frame; at least <see cref="MaxEncodedLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException"><paramref name="wire"/> could be too short.</exception>
    public static int Encode(ReadOnlySpan<byte> frame, Span<byte> wire)
    {
        if (wire.Length < MaxEncodedLength(frame.Length))
        {
            throw new ArgumentException($"{MaxEncodedLength(frame.Length)} bytes are needed in the worst case, {wire.Length} given.", nameof(wire));
        }

        wire[0] = End;
        int written = 1 + EscapeInto(frame, wire[1..]);
        wire[written] = End;
        return written + 1;
    }

    /// <summary>Escapes a piece of a frame without delimiting it.</summary>
    /// <param name="piece">Bytes of a frame.</param>
    /// <param name="wire">At least twice as long.</param>
    /// <returns>Bytes written.</returns>
    internal static int EscapeInto(ReadOnlySpan<byte> piece, Span<byte> wire)
    {
        if (wire.Length < 2 * piece.Length)
        {
            throw new ArgumentException("Twice the room is needed in the worst case.", nameof(wire));
        }

        ref byte source = ref MemoryMarshal.GetReference(piece);
        ref byte target = ref MemoryMarshal.GetReference(wire);
        nuint from = 0;
        nuint to = 0;
        nuint length = (nuint)piece.Length;
        if (Vector256.IsHardwareAccelerated)
        {
            // A whole block is stored before it is looked at: what lies behind its first escape is overwritten.
            var end = Vector256.Create(End);
            var escape = Vector256.Create(Escape);
            while (from + 32 <= length)
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

                if (BitOperations.PopCount(special) > 8)
                {
                    to += EscapeBytes(ref Unsafe.Add(ref source, from), 32, ref Unsafe.Add(ref target, to));
                    from += 32;
                    continue;
                }

                nuint plain = (nuint)BitOperations.TrailingZeroCount(special);
                from += plain;
                to += plain;
                WriteEscaped(ref Unsafe.Add(ref target, to), Unsafe.Add(ref source, from));
                from++;
                to += 2;
            }
        }

        to += EscapeBytes(ref Unsafe.Add(ref source, from), length - from, ref Unsafe.Add(ref target, to));
        return (int)to;
    }

    // Without branches, so that a run of escapes costs no more than any other bytes.
    private static nuint EscapeBytes(ref byte source, nuint length, ref byte target)
    {
        nuint to = 0;
        for (nuint from = 0; from < length; from++)
        {
            byte value = Unsafe.Add(ref source, from);
            bool special = value is End or Escape;
            byte second = value == End ? EscapedEnd : EscapedEscape;
            Unsafe.Add(ref target, to) = special ? Escape : value;
            to++;
            if (special)
            {
                Unsafe.Add(ref target, to) = second;
                to++;
            }
        }

        return to;
    }

    private static void WriteEscaped(ref byte target, byte value)
    {
        target = Escape;
        Unsafe.Add(ref target, 1) = value == End ? EscapedEnd : EscapedEscape;
    }
}
