namespace Attic.Modules.XlVideo;

/// <content>Playfield: fetching and turning bytes into codes for GTIA (AN2–AN0).</content>
internal sealed partial class Antic
{
    private const byte Pf0 = 4;
    private const byte HiResPair = 4;

    private void RunPlayfieldCycles(int from, int to)
    {
        var cycles = _plan.Cycles;
        for (int cycle = from; cycle < to; cycle++)
        {
            var what = cycles[cycle];
            if ((what & AnticCycle.Load) != 0)
            {
                Load(what);
            }

            if ((what & AnticCycle.Show) != 0)
            {
                Draw(Buffered(_s.TextIndex++), 0, Clock(cycle + 4));
            }

            if ((what & AnticCycle.Character) != 0)
            {
                ShowCharacter(cycle);
            }
        }
    }

    private int Clock(int cycle) => (2 * cycle) + (ScrollsHorizontally ? _s.Hscrol & 1 : 0);

    private void Load(AnticCycle what)
    {
        byte value = (what & AnticCycle.Virtual) != 0 ? _s.Bus : _memory.AnticRead(_s.MemoryScan);
        if (_s.LoadIndex < 48)
        {
            _s.Buffer[_s.LoadIndex] = value;
        }

        _s.LoadIndex = (byte)((_s.LoadIndex + 1) & 63);
        _s.MemoryScan = (ushort)((_s.MemoryScan & 0xF000) | ((_s.MemoryScan + 1) & 0x0FFF));
    }

    private byte Buffered(int index) => index < 48 ? _s.Buffer[index] : (byte)0xFF;

    private void ShowCharacter(int cycle)
    {
        byte name = Buffered(_s.TextIndex);
        _s.TextIndex = (byte)((_s.TextIndex + 1) & 63);
        byte row = (_plan.Cycles[cycle] & AnticCycle.Virtual) != 0 ? _s.Bus : _memory.AnticRead(CharacterAddress(name));
        Draw(Mode.Pixels == PixelKind.HiResCharacters ? Reflect(name, row) : row, name, Clock(cycle + 3));
    }

    private ushort CharacterAddress(byte name)
    {
        int row = Mode.Rows == 16 ? _s.Row >> 1 : _s.Row;
        row = (row ^ ((_s.Chactl & 4) != 0 ? 7 : 0)) & 7;
        return Mode.Pixels == PixelKind.WideCharacters
            ? (ushort)(((_s.Chbase & 0xFE) << 8) + ((name & 0x3F) << 3) + row)
            : (ushort)(((_s.Chbase & 0xFC) << 8) + ((name & 0x7F) << 3) + row);
    }

    // Modes 2 and 3: blank rows, then CHACTL's blanking and inversion of names with bit 7.
    private byte Reflect(byte name, byte row)
    {
        bool descender = (_s.Instruction & 15) == 3 && (name & 0x60) == 0x60;
        if (descender ? _s.Row is 0 or 1 : _s.Row is 8 or 9)
        {
            row = 0;
        }

        if ((name & 0x80) != 0)
        {
            row = (_s.Chactl & 1) != 0 ? (byte)0 : row;
            row ^= (byte)((_s.Chactl & 2) != 0 ? 0xFF : 0);
        }

        return row;
    }

    // Puts a byte's pixels from colour clock x on, as far as the playfield's window goes.
    private void Draw(byte value, byte name, int x)
    {
        Span<byte> codes = stackalloc byte[16];
        int length = Expand(value, name, codes);
        (int left, int right) = Window;
        int skip = Math.Max(0, left - x);
        int count = Math.Min(length, right - x) - skip;
        if (count > 0)
        {
            codes.Slice(skip, count).CopyTo(_gtia.Codes.AsSpan(x + skip));
        }
    }

    private (int Left, int Right) Window => Width switch
    {
        1 => (64, 192),
        2 => (48, 208),
        3 => (44, 220),
        _ => (0, 0),
    };

    private int Expand(byte value, byte name, Span<byte> codes)
    {
        switch (Mode.Pixels)
        {
            case PixelKind.HiResCharacters or PixelKind.HiRes:
                for (int x = 0; x < 4; x++)
                {
                    codes[x] = (byte)(HiResPair | ((value >> (6 - (2 * x))) & 3));
                }

                return 4;
            case PixelKind.ColourCharacters:
                for (int x = 0; x < 4; x++)
                {
                    int colour = (value >> (6 - (2 * x))) & 3;
                    codes[x] = (byte)(colour == 0 ? 0 : colour == 3 && (name & 0x80) != 0 ? Pf0 + 3 : Pf0 - 1 + colour);
                }

                return 4;
            case PixelKind.WideCharacters:
                return OneBit(value, 1, (byte)(Pf0 + (name >> 6)), codes);
            case PixelKind.TwoBitsOneClock:
                return TwoBits(value, 1, codes);
            case PixelKind.TwoBitsTwoClocks:
                return TwoBits(value, 2, codes);
            case PixelKind.TwoBitsFourClocks:
                return TwoBits(value, 4, codes);
            case PixelKind.OneBitOneClock:
                return OneBit(value, 1, Pf0, codes);
            case PixelKind.OneBitTwoClocks:
                return OneBit(value, 2, Pf0, codes);
            default:
                return 0;
        }
    }

    private static int OneBit(byte value, int clocks, byte code, Span<byte> codes)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            codes.Slice(bit * clocks, clocks).Fill((value & (0x80 >> bit)) != 0 ? code : (byte)0);
        }

        return 8 * clocks;
    }

    private static int TwoBits(byte value, int clocks, Span<byte> codes)
    {
        for (int pixel = 0; pixel < 4; pixel++)
        {
            int colour = (value >> (6 - (2 * pixel))) & 3;
            codes.Slice(pixel * clocks, clocks).Fill((byte)(colour == 0 ? 0 : Pf0 - 1 + colour));
        }

        return 4 * clocks;
    }
}
