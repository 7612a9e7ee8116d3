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
        int from = _s.Drawn;
        if (clock <= from)
        {
            return;
        }

        PublishAntic(clock);
        _s.Drawn = clock;
        if (from < VisibleFrom && clock >= VisibleFrom)
        {
            _s.HiRes = (byte)(_s.Announced != 0 && (_s.Prior & 0xC0) == 0 ? 1 : 0);
        }

        (int first, int last) = ShiftObjects(from, clock);
        bool isDisplay = _s.Line is >= Antic.FirstDisplayLine and < Antic.BlankLine;
        if (first < last && (isDisplay || _s.Announced != 0))
        {
            // High resolution announced in the vertical blank keeps ANTIC from blanking.
            Collide(Math.Max(first, VisibleFrom), Math.Min(last, VisibleTo));
        }

        if (isDisplay)
        {
            Paint(Math.Max(from, FirstClock), Math.Min(clock, LastClock), first, last);
        }

        if (first < last)
        {
            Array.Clear(_objects, first, last - first);
        }
    }

    // The playfield that collides and has priority: 0 none, 1–4 PF0–PF3. Hi-res pixels are PF2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlayfieldOf(int code) =>
        _s.HiRes != 0 ? (code >= 4 ? 3 : 0) : code >= 4 ? code - 3 : 0;

    // Objects lie between two clocks at most.
    private void Paint(int from, int to, int firstObject, int lastObject)
    {
        if (from >= to)
        {
            return;
        }

        var row = _drawing.Codes.AsSpan((_s.Line - Antic.FirstDisplayLine) * _drawing.Width, _drawing.Width);
        if ((_s.Prior & 0xC0) != 0)
        {
            PaintGtiaMode(row, from, to);
            return;
        }

        PaintPlayfield(row, from, to);
        (from, to) = (Math.Max(from, firstObject), Math.Min(to, lastObject));
        if (_s.HiRes != 0)
        {
            PaintHiResObjects(row, from, to);
        }
        else
        {
            PaintObjects(row, from, to);
        }
    }

    private void PaintObjects(Span<ushort> row, int from, int to)
    {
        (int seen, ushort colour) = (-1, 0);
        for (int clock = from; clock < to; clock++)
        {
            int objects = _objects[clock];
            if (objects != 0)
            {
                int what = (PlayfieldOf(Codes[clock]) << 8) | objects;
                (seen, colour) = what == seen ? (seen, colour) : (what, Mix(_priority[what]));
                int x = 2 * (clock - FirstClock);
                (row[x], row[x + 1]) = (colour, colour);
            }
        }
    }

    // A lit pixel takes its luminance from PF1, whatever gives the hue.
    private void PaintHiResObjects(Span<ushort> row, int from, int to)
    {
        int luminance = _s.Colours[ColourPf1] & 0x0F;
        for (int clock = from; clock < to; clock++)
        {
            if (_objects[clock] != 0)
            {
                int code = Codes[clock];
                int colour = Mix(_priority[(PlayfieldOf(code) << 8) | _objects[clock]]);
                int lit = (colour & 0xF0) | luminance;
                int x = 2 * (clock - FirstClock);
                row[x] = (ushort)((code & 6) == 6 ? lit : colour);
                row[x + 1] = (ushort)((code & 5) == 5 ? lit : colour);
            }
        }
    }

    // PRIOR 7–6: two codes make a nibble; mode 10 shows it one clock later.
    private void PaintGtiaMode(Span<ushort> row, int from, int to)
    {
        int mode = _s.Prior >> 6;
        for (int clock = from; clock < to; clock++)
        {
            int first = (mode == 2 ? clock - 1 : clock) & ~1;
            int nibble = ((Codes[first] & 3) << 2) | (Codes[first + 1] & 3);
            ushort colour = GtiaColour(mode, nibble, _objects[clock]);
            int x = 2 * (clock - FirstClock);
            row[x] = colour;
            row[x + 1] = colour;
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
            colour |= _s.Colours[System.Numerics.BitOperations.TrailingZeroCount(mask)];
        }

        return (ushort)colour;
    }

    private void Collide(int from, int to)
    {
        bool special = (_s.Prior & 0xC0) != 0;
        ulong playfields = _s.HiRes != 0 ? HiResPlayfields : ColourPlayfields;
        int seen = 0;
        for (int clock = from; clock < to; clock++)
        {
            int objects = _objects[clock];
            if (objects == 0)
            {
                continue;
            }

            int playfield = special ? SpecialPlayfield(clock) : (byte)(playfields >> (8 * (Codes[clock] & 7)));
            int both = (playfield << 8) | objects;
            if (both != seen)
            {
                Latch(objects, playfield);
                seen = both;
            }
        }
    }

    // What each of the eight codes collides as, a byte each: unlit hi-res pixels collide with nothing.
    private const ulong ColourPlayfields = 0x08040201_00000000;
    private const ulong HiResPlayfields = 0x04040400_00000000;

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

    private void Latch(int objects, int playfields)
    {
        int players = objects & 15;
        for (int index = 0; index < 4; index++)
        {
            if ((objects & (0x10 << index)) != 0)
            {
                _s.Collisions[index] |= (byte)playfields;
                _s.Collisions[8 + index] |= (byte)players;
            }

            if ((players & (1 << index)) != 0)
            {
                _s.Collisions[4 + index] |= (byte)playfields;
                _s.Collisions[12 + index] |= (byte)(players & ~(1 << index));
            }
        }
    }
}
