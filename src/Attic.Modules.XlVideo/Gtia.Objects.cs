using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attic.Modules.XlVideo;

/// <content>Players and missiles: graphics latches and shift registers.</content>
internal sealed partial class Gtia
{
    private const int Players = 4;
    private const int Objects = 8;

    /// <summary>Whether a player is taken from the bus in its cycle.</summary>
    public bool TakesPlayers => (_s.Gractl & 2) != 0;

    /// <summary>The byte that the bus carried in a player's cycle; VDELAY ignores it on even lines.</summary>
    public void LoadPlayer(int player, byte value, int line, int cycle)
    {
        if ((_s.Gractl & 2) != 0 && !Delayed(16 << player, line) && _s.Graf[player] != value)
        {
            RenderTo((2 * cycle) + WriteDelay);
            _s.Graf[player] = value;
        }
    }

    /// <summary>The bytes of all four players, the first in the lowest byte, as their DMA fetched them in cycles 2 to 5.</summary>
    public void LoadPlayers(uint values, int line)
    {
        if ((_s.Gractl & 2) == 0 || values == Unsafe.As<Bytes8, uint>(ref _s.Graf))
        {
            return;
        }

        for (int player = 0; player < Players; player++)
        {
            LoadPlayer(player, (byte)(values >> (8 * player)), line, player + 2);
        }
    }

    /// <summary>The byte that the bus carried in the missiles' cycle.</summary>
    public void LoadMissiles(byte value, int line, int cycle)
    {
        if ((_s.Gractl & 1) == 0)
        {
            return;
        }

        ref uint latches = ref Unsafe.As<byte, uint>(ref _s.Graf[Players]);
        uint delayed = (line & 1) == 0 ? _missileMasks[_s.Vdelay & 0x0F] : 0;
        uint loaded = (latches & delayed) | (_missileBits[value] & ~delayed);
        if (loaded != latches)
        {
            RenderTo((2 * cycle) + WriteDelay);
            latches = loaded;
        }
    }

    // Four missiles' latches, a byte each, by the byte of their DMA; and FF for the missiles of a set.
    private readonly uint[] _missileBits = FourMissiles(256, MissileBits);
    private readonly uint[] _missileMasks = FourMissiles(16, static (set, missile) => (byte)((set & (1 << missile)) != 0 ? 0xFF : 0));

    private static uint[] FourMissiles(int values, Func<byte, int, byte> bits)
    {
        var table = new uint[values];
        for (int value = 0; value < values; value++)
        {
            for (int missile = 0; missile < 4; missile++)
            {
                table[value] |= (uint)bits((byte)value, missile) << (8 * missile);
            }
        }

        return table;
    }

    // A byte for each object: 0 when it neither is being shifted out nor could start.
    private ulong ShiftsAndLatches => Unsafe.As<Bytes8, ulong>(ref _s.Shift) | Unsafe.As<Bytes8, ulong>(ref _s.Graf);

    private static byte MissileBits(byte value, int missile) => (byte)(value << (6 - (2 * missile)) & 0xC0);

    private bool Delayed(int bit, int line) => (_s.Vdelay & bit) != 0 && (line & 1) == 0;

    // Marks the clocks that objects cover: one starts, or starts again, when the clock reaches its position. Tells which clocks
    // may be marked.
    private (int From, int To) ShiftObjects(int from, int to)
    {
        (int first, int last) = (to, from);
        for (ulong present = ShiftsAndLatches; present != 0;)
        {
            int index = BitOperations.TrailingZeroCount(present) >> 3;
            present &= ~(0xFFUL << (8 * index));
            int clock = from;
            if (_s.Shift[index] == 0)
            {
                clock = _s.Hpos[index];
                if (_s.Graf[index] == 0 || clock < from || clock >= to)
                {
                    continue;
                }
            }

            first = Math.Min(first, clock);
            int width = 8 << StretchShift(_s.Size[index]);
            if (_s.Shift[index] == 0 && clock + width <= to)
            {
                MarkWhole(index, clock);
                last = Math.Max(last, clock + width);
            }
            else
            {
                ShiftObject(index, clock, to);
                last = to;
            }
        }

        return (first, last);
    }

    // An object that nothing disturbs.
    private void MarkWhole(int index, int clock)
    {
        ulong bit = 1UL << index;
        int graphics = _s.Graf[index];
        int shift = StretchShift(_s.Size[index]);
        var table = _stretched[shift];
        int step = 8 >> shift;
        for (int part = 0; part < 1 << shift; part++)
        {
            int bits = (graphics >> (8 - (step * (part + 1)))) & ((1 << step) - 1);
            ref byte target = ref _objects[clock + (8 * part)];
            Unsafe.WriteUnaligned(ref target, Unsafe.ReadUnaligned<ulong>(ref target) | (table[bits] * bit));
        }

        _s.Stretch[index] = 0;
    }

    private static int StretchShift(int size) => size == 1 ? 1 : size == 3 ? 2 : 0;

    // Eight clocks of an object, a byte each, by its next eight, four or two bits.
    private readonly ulong[][] _stretched = [Stretch(8), Stretch(4), Stretch(2)];

    private static ulong[] Stretch(int bits)
    {
        var table = new ulong[1 << bits];
        for (int value = 0; value < table.Length; value++)
        {
            for (int clock = 0; clock < 8; clock++)
            {
                table[value] |= (ulong)((value >> (bits - 1 - (clock * bits / 8))) & 1) << (8 * clock);
            }
        }

        return table;
    }

    private void ShiftObject(int index, int clock, int to)
    {
        byte bit = (byte)(1 << index);
        int trigger = _s.Hpos[index];
        var next = StretchStates.Slice(4 * _s.Size[index], 4);
        int shift = _s.Shift[index];
        int state = _s.Stretch[index];
        for (; clock < to; clock++)
        {
            if (clock == trigger)
            {
                // What is still being shifted out takes its step, and stays.
                shift = (state != 0 ? shift << 1 : shift) | _s.Graf[index];
                state = 0;
            }
            else if (shift == 0 && trigger < clock)
            {
                break;
            }

            if ((shift & 0x80) != 0)
            {
                _objects[clock] |= bit;
            }

            state = next[state];
            if (state == 0)
            {
                shift = (shift << 1) & 0xFF;
            }
        }

        // Nobody asks for the counter of an empty register: it begins anew with the next start.
        _s.Shift[index] = (byte)shift;
        _s.Stretch[index] = (byte)(shift != 0 ? state : 0);
    }

    // The two-bit counter that stretches an object, by size and state; it shifts on reaching 0. Size 2 is normal size, but for
    // a counter that is caught at 1 or 2 when the size changes: it never shifts again (Acid800, Player resizing).
    private static ReadOnlySpan<byte> StretchStates => [0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0, 1, 2, 3, 0];
}
