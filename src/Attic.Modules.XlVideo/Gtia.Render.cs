using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attic.Modules.XlVideo;

/// <content>Drawing: priority, collisions, colours.</content>
internal sealed partial class Gtia
{
    private const int ColourPf1 = 5;
    private const int ColourPf2 = 6;
    private const int ColourBackground = 8;

    /// <summary>Draws the line up to a colour clock with the registers as they are.</summary>
    public void RenderTo(int clock)
    {
        if (clock > _s.Drawn)
        {
            // ANTIC may load players on the way there, which draws what is before.
            Antic.PublishTo(clock);
            Render(_s.Drawn, clock);
        }
    }

    private void Render(int from, int clock)
    {
        _s.Drawn = clock;
        if (from < VisibleFrom && clock >= VisibleFrom)
        {
            _s.HiRes = (byte)(_s.Announced != 0 && (_s.Prior & 0xC0) == 0 ? 1 : 0);
        }

        bool isDisplay = _s.Line is >= Antic.FirstDisplayLine and < Antic.BlankLine;
        if (ShiftsAndLatches == 0)
        {
            Paint(isDisplay, from, clock, clock, from);
            return;
        }

        (int first, int last) = ShiftObjects(from, clock);
        if (first < last && (isDisplay || _s.Announced != 0))
        {
            // High resolution announced in the vertical blank keeps ANTIC from blanking.
            Collide(Math.Max(first, VisibleFrom), Math.Min(last, VisibleTo));
        }

        Paint(isDisplay, from, clock, first, last);
        if (first < last)
        {
            _objects.AsSpan(first, last - first).Clear();
        }
    }

    // The playfield that collides and has priority: 0 none, 1–4 PF0–PF3. Hi-res pixels are PF2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlayfieldOf(int code) =>
        _s.HiRes != 0 ? (code >= 4 ? 3 : 0) : code >= 4 ? code - 3 : 0;

    // Objects lie between two clocks at most. Where ANTIC announces no high resolution no two pixels of a clock can differ, and the
    // picture keeps one of them.
    private void Paint(bool isDisplay, int from, int to, int firstObject, int lastObject)
    {
        (from, to) = (Math.Max(from, FirstClock), Math.Min(to, LastClock));
        if (!isDisplay || from >= to)
        {
            return;
        }

        int line = _s.Line - Antic.FirstDisplayLine;
        bool halfWidth = _s.Announced == 0;
        _drawing.HalfWidth[line] = halfWidth;
        var row = _drawing.Codes.AsSpan(line * _drawing.Width, _drawing.Width);
        if ((_s.Prior & 0xC0) != 0)
        {
            PaintGtiaMode(row, from, to, halfWidth ? 0 : 1);
            return;
        }

        PaintPlayfield(row, from, to, halfWidth);
        (from, to) = (Math.Max(from, firstObject), Math.Min(to, lastObject));
        if (_s.HiRes != 0 && !halfWidth)
        {
            PaintHiResObjects(row, from, to);
        }
        else
        {
            PaintObjects(row, from, to, halfWidth ? 0 : 1);
        }
    }

    // wide: 1 where a colour clock is two pixels of the row, 0 where it is one.
    private void PaintObjects(Span<ushort> row, int from, int to, int wide)
    {
        (int seen, ushort colour) = (-1, 0);
        for (int clock = NextObject(from, to); clock < to; clock = NextObject(clock + 1, to))
        {
            int what = (PlayfieldOf(Codes[clock]) << 8) | _objects[clock];
            if (what != seen)
            {
                (seen, colour) = (what, Mix(_priority[what]));
            }

            int x = (clock - FirstClock) << wide;
            row[x] = colour;
            row[x + wide] = colour;
        }
    }

    // A lit pixel takes its luminance from PF1, whatever gives the hue.
    private void PaintHiResObjects(Span<ushort> row, int from, int to)
    {
        int luminance = _s.Colours[ColourPf1] & 0x0F;
        for (int clock = NextObject(from, to); clock < to; clock = NextObject(clock + 1, to))
        {
            int code = Codes[clock];
            int colour = Mix(_priority[(PlayfieldOf(code) << 8) | _objects[clock]]);
            int lit = (colour & 0xF0) | luminance;
            int x = 2 * (clock - FirstClock);
            row[x] = (ushort)((code & 6) == 6 ? lit : colour);
            row[x + 1] = (ushort)((code & 5) == 5 ? lit : colour);
        }
    }

    // The next clock that an object covers. Eight are looked at a time; behind the line there is room for it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextObject(int clock, int to)
    {
        while (clock < to)
        {
            ulong eight = Unsafe.ReadUnaligned<ulong>(ref _objects[clock]);
            if (eight != 0)
            {
                return clock + (BitOperations.TrailingZeroCount(eight) >> 3);
            }

            clock += sizeof(ulong);
        }

        return to;
    }

    // PRIOR 7–6: two codes make a nibble; mode 10 shows it one clock later.
    private void PaintGtiaMode(Span<ushort> row, int from, int to, int wide)
    {
        int mode = _s.Prior >> 6;
        for (int clock = from; clock < to; clock++)
        {
            int first = (mode == 2 ? clock - 1 : clock) & ~1;
            int nibble = ((Codes[first] & 3) << 2) | (Codes[first + 1] & 3);
            ushort colour = GtiaColour(mode, nibble, _objects[clock]);
            int x = (clock - FirstClock) << wide;
            row[x] = colour;
            row[x + wide] = colour;
        }
    }

    private ushort GtiaColour(int mode, int nibble, byte objects)
    {
        if (mode == 2)
        {
            int register = nibble < 8 ? nibble : nibble < 12 ? ColourBackground : nibble - 8;
            int playfield = register is >= 4 and < 8 ? register - 3 : 0;
            int selected = _priority[(playfield << 8) | objects];
            return playfield == 0 && selected == Priority.Background ? _s.Colours[register] : Mix(selected);
        }

        int mask = _priority[objects];
        int colour = Mix(mask);
        if (mask == Priority.Background)
        {
            colour = mode == 1 ? colour | nibble : nibble == 0 ? colour & 0xF0 : colour | (nibble << 4);
        }

        return (ushort)colour;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort Mix(int mask)
    {
        int colour = 0;
        for (; mask != 0; mask &= mask - 1)
        {
            colour |= _s.Colours[BitOperations.TrailingZeroCount(mask)];
        }

        return (ushort)colour;
    }

    // What each clock's objects meet is gathered for all eight objects at once, a byte each, players first.
    private void Collide(int from, int to)
    {
        bool special = (_s.Prior & 0xC0) != 0;
        ulong playfields = _s.HiRes != 0 ? HiResPlayfields : ColourPlayfields;
        ulong metPlayfields = 0;
        ulong metPlayers = 0;
        for (int clock = NextObject(from, to); clock < to; clock = NextObject(clock + 1, to))
        {
            int objects = _objects[clock];
            ulong present = _present[objects];
            int playfield = special ? SpecialPlayfield(clock) : (byte)(playfields >> (8 * (Codes[clock] & 7)));
            metPlayfields |= present & (EachByte * (uint)playfield);
            metPlayers |= present & (EachByte * (uint)(objects & 15));
        }

        // Registers have missiles first. A player does not meet itself.
        ref var latches = ref Unsafe.As<Bytes16, (ulong Playfields, ulong Players)>(ref _s.Collisions);
        latches.Playfields |= BitOperations.RotateLeft(metPlayfields, 32);
        latches.Players |= BitOperations.RotateLeft(metPlayers & ~Themselves, 32);
    }

    // What each of the eight codes collides as, a byte each: unlit hi-res pixels collide with nothing.
    private const ulong ColourPlayfields = 0x08040201_00000000;
    private const ulong HiResPlayfields = 0x04040400_00000000;

    private const ulong EachByte = 0x01010101_01010101;
    private const ulong Themselves = 0x08040201;

    // Eight bytes by a set of objects: FF for those in it.
    private readonly ulong[] _present = Present();

    private static ulong[] Present()
    {
        var table = new ulong[1 << Objects];
        for (int set = 0; set < table.Length; set++)
        {
            for (int index = 0; index < Objects; index++)
            {
                table[set] |= (set & (1 << index)) != 0 ? 0xFFUL << (8 * index) : 0;
            }
        }

        return table;
    }

    // Of the GTIA modes only mode 10 has playfields.
    private int SpecialPlayfield(int clock)
    {
        if (_s.Prior >> 6 != 2)
        {
            return 0;
        }

        int first = (clock - 1) & ~1;
        int nibble = ((Codes[first] & 3) << 2) | (Codes[first + 1] & 3);
        return (nibble & 4) != 0 ? 1 << (nibble & 3) : 0;
    }
}
