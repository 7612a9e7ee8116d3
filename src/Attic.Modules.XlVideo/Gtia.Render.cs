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

        ShiftObjects(from, clock);
        bool isDisplay = _s.Line is >= Antic.FirstDisplayLine and < Antic.BlankLine;
        if (isDisplay || _s.Announced != 0)
        {
            // High resolution announced in the vertical blank keeps ANTIC from blanking.
            Collide(Math.Max(from, VisibleFrom), Math.Min(clock, VisibleTo));
        }

        if (isDisplay)
        {
            Paint(Math.Max(from, FirstClock), Math.Min(clock, LastClock));
        }

        Array.Clear(_objects, from, clock - from);
    }

    // The playfield that collides and has priority: 0 none, 1–4 PF0–PF3. Hi-res pixels are PF2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlayfieldOf(int code) =>
        _s.HiRes != 0 ? (code >= 4 ? 3 : 0) : code >= 4 ? code - 3 : 0;

    private void Paint(int from, int to)
    {
        if (from >= to)
        {
            return;
        }

        var row = _drawing.Codes.AsSpan((_s.Line - Antic.FirstDisplayLine) * _drawing.Width, _drawing.Width);
        if ((_s.Prior & 0xC0) != 0)
        {
            PaintGtiaMode(row, from, to);
        }
        else if (_s.HiRes != 0)
        {
            PaintHiRes(row, from, to);
        }
        else
        {
            PaintColour(row, from, to);
        }
    }

    private void PaintColour(Span<ushort> row, int from, int to)
    {
        if (!_objects.AsSpan(from, to - from).ContainsAnyExcept((byte)0))
        {
            PaintPlayfield(row, from, to);
            return;
        }

        for (int clock = from; clock < to; clock++)
        {
            ushort colour = Mix(_priority[(PlayfieldOf(Codes[clock]) << 8) | _objects[clock]]);
            int x = 2 * (clock - FirstClock);
            row[x] = colour;
            row[x + 1] = colour;
        }
    }

    // A lit pixel takes its luminance from PF1, whatever gives the hue.
    private void PaintHiRes(Span<ushort> row, int from, int to)
    {
        if (!_objects.AsSpan(from, to - from).ContainsAnyExcept((byte)0))
        {
            PaintPlayfield(row, from, to);
            return;
        }

        int luminance = _s.Colours[ColourPf1] & 0x0F;
        for (int clock = from; clock < to; clock++)
        {
            int code = Codes[clock];
            int colour = Mix(_priority[(PlayfieldOf(code) << 8) | _objects[clock]]);
            int lit = (colour & 0xF0) | luminance;
            int x = 2 * (clock - FirstClock);
            row[x] = (ushort)((code & 6) == 6 ? lit : colour);
            row[x + 1] = (ushort)((code & 5) == 5 ? lit : colour);
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
        for (int clock = from; clock < to; clock++)
        {
            int objects = _objects[clock];
            if (objects != 0)
            {
                Latch(objects, CollidingPlayfield(clock));
            }
        }
    }

    // Unlit hi-res pixels collide with nothing; of the GTIA modes only mode 10 has playfields.
    private int CollidingPlayfield(int clock)
    {
        int code = Codes[clock];
        switch (_s.Prior >> 6)
        {
            case 0 when _s.HiRes != 0:
                return (code & 3) != 0 ? 4 : 0;
            case 0:
                return code >= 4 ? 1 << (code - 4) : 0;
            case 2:
                int first = (clock - 1) & ~1;
                int nibble = ((Codes[first] & 3) << 2) | (Codes[first + 1] & 3);
                return (nibble & 4) != 0 ? 1 << (nibble & 3) : 0;
            default:
                return 0;
        }
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
