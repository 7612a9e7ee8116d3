using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Attic.Abi.AtariXl;

namespace Attic.Modules.XlVideo;

/// <content>
/// Playfield of undisturbed lines: bytes are fetched and turned into codes for GTIA in runs. Lines whose DMA clock was
/// disturbed go through <see cref="RunDisturbed"/>.
/// </content>
internal sealed partial class Antic
{
    private const byte HiResPair = 4;
    private const int BufferSize = 48;

    // A byte is seen this many cycles after it was fetched.
    private const int BitmapLatency = 4;
    private const int CharacterLatency = 3;

    // What the line's bytes give, a code a colour clock, whatever the width of the window: behind the last clock there is
    // room for what is fetched too late to be seen.
    private readonly byte[] _codes = new byte[Gtia.Clocks + 64];

    // Tables in fields: reading a field of a class that came from a package costs a call.
    private readonly uint[] _hiResCodes = PlayfieldTables.HiRes;
    private readonly uint[] _twoBitCodes = PlayfieldTables.TwoBits;
    private readonly uint[] _colourCharacterCodes = [.. PlayfieldTables.TwoBits, .. PlayfieldTables.TwoBitsAlternate];
    private readonly ulong[] _twoBitsTwiceCodes = PlayfieldTables.TwoBitsTwice;
    private readonly ulong[] _oneBitCodes = PlayfieldTables.OneBit[0];
    private readonly ulong[] _wideCharacterCodes = [.. PlayfieldTables.OneBit.SelectMany(codes => codes)];

    private (int Left, int Right) VisibleWindow => Width switch
    {
        1 => (64, 192),
        2 => (48, 208),
        3 => (44, 222),
        _ => (0, 0),
    };

    /// <summary>Gives GTIA the codes before a colour clock, as far as the playfield's window lets them through.</summary>
    public void PublishTo(int clock)
    {
        // What is seen at a clock was fetched three cycles before, or earlier.
        CatchUpTo(Math.Min((clock / 2) - 2, Scanline.Cycles));
        if (clock <= _s.Published)
        {
            return;
        }

        int from = _s.Published;
        _s.Published = clock;
        if (_s.Shows == 0)
        {
            return;
        }

        (int left, int right) = VisibleWindow;
        (from, int to) = (Math.Max(from, left), Math.Min(clock, right));
        if (from < to)
        {
            // An odd scroll value delays the stream by a clock.
            int delay = ScrollsHorizontally ? _s.Hscrol & 1 : 0;
            _gtia.Take(_codes.AsSpan(from - delay, to - from), from);
        }
    }

    private void BeginCodes()
    {
        _s.Published = 0;
        bool hiRes = Mode.IsHiRes;
        _s.Shows = (byte)(FetchesPlayfield || (!IsDisplayLine && hiRes && Width != 0) ? 1 : 0);
        if (_s.Shows != 0)
        {
            // In high resolution a window without data is PF2's; outside the display codes without blanking are half lit.
            Array.Fill(_codes, !hiRes ? (byte)0 : IsDisplayLine ? HiResPair : (byte)(HiResPair | 2));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunPlayfieldCycles(int from, int to)
    {
        const int Tail = LastFetchCycle + 1;
        if (from < Tail)
        {
            RunBurst(from, Math.Min(to, Tail));
        }

        if (to > Tail)
        {
            RunTail(Math.Max(from, Tail), to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunBurst(int from, int to)
    {
        int first = _plan.FirstFetch;
        int count = Fires(first, from, to);
        if (_s.LoadsLine != 0)
        {
            LoadRun(count);
        }

        if (Mode.IsText)
        {
            ShowText(_s.LoadsLine != 0 ? first + CharacterDelay : first, from, to);
        }
        else
        {
            ShowBitmap(NextFire(first, from), count);
        }
    }

    // The end of a wide line: bytes come from the bus, one by one.
    private void RunTail(int from, int to)
    {
        for (int cycle = from; cycle < to; cycle++)
        {
            var what = _plan.Cycles[cycle];
            SeeBus(cycle);
            if ((what & AnticCycle.Load) != 0)
            {
                Load(what, cycle);
            }

            if ((what & AnticCycle.Show) != 0)
            {
                ShowBitmap(cycle, 1);
            }

            if ((what & AnticCycle.Character) != 0)
            {
                ShowRow(Fetched(what, CharacterAddress(Buffered(_s.TextIndex))), cycle);
            }
        }
    }

    private void ShowRow(byte row, int cycle)
    {
        ReadOnlySpan<byte> names = [Buffered(_s.TextIndex++)];
        Span<byte> rows = [row];
        ShowRows(names, rows, cycle);
    }

    // Fetches that happen every Rate cycles from first on, and not before from.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextFire(int first, int from) => from <= first ? first : first + ((from - first + Mode.Rate - 1) & -Mode.Rate);

    // How many of them lie within the playfield's window of DMA and in from to to - 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Fires(int first, int from, int to)
    {
        int fire = NextFire(first, from);
        int end = Math.Min(to, first + _s.Stop - _s.Start);
        return fire >= end ? 0 : ((end - 1 - fire) >> Mode.RateShift) + 1;
    }

    private void LoadRun(int count)
    {
        Span<byte> buffer = _s.Buffer;
        while (count > 0)
        {
            int address = _s.MemoryScan;
            int length = Math.Min(count, 256 - (byte)address);
            int page = _memory.AnticReads[address >> 8];
            var target = buffer.Slice(_s.LoadIndex, length);
            if (page >= 0)
            {
                _memory.Bytes.AsSpan(page + (byte)address, length).CopyTo(target);
            }
            else
            {
                target.Fill(0xFF);
            }

            _s.LoadIndex += (byte)length;
            _s.MemoryScan = (ushort)((address & 0xF000) | ((address + length) & 0x0FFF));
            count -= length;
        }
    }

    private void ShowBitmap(int fire, int count)
    {
        if (count == 0)
        {
            return;
        }

        ReadOnlySpan<byte> bytes = _s.Buffer;
        bytes = bytes.Slice(_s.TextIndex, count);
        _s.TextIndex += (byte)count;
        Remember(bytes[^1], 0, fire + ((count - 1) * Mode.Rate));
        ref byte codes = ref _codes[2 * (fire + BitmapLatency)];
        switch (Mode.Pixels)
        {
            case PixelKind.HiRes:
                Expand(bytes, _hiResCodes, ref codes);
                break;
            case PixelKind.TwoBitsOneClock:
                Expand(bytes, _twoBitCodes, ref codes);
                break;
            case PixelKind.TwoBitsTwoClocks:
                Expand(bytes, _twoBitsTwiceCodes, ref codes);
                break;
            case PixelKind.OneBitOneClock:
                Expand(bytes, _oneBitCodes, ref codes);
                break;
            default:
                ExpandSlow(bytes, ref codes);
                break;
        }
    }

    private static void Expand(ReadOnlySpan<byte> bytes, uint[] table, ref byte codes)
    {
        ref uint four = ref MemoryMarshal.GetArrayDataReference(table);
        for (int index = 0; index < bytes.Length; index++)
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref codes, sizeof(uint) * index), Unsafe.Add(ref four, bytes[index]));
        }
    }

    private static void Expand(ReadOnlySpan<byte> bytes, ulong[] table, ref byte codes)
    {
        ref ulong eight = ref MemoryMarshal.GetArrayDataReference(table);
        for (int index = 0; index < bytes.Length; index++)
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref codes, sizeof(ulong) * index), Unsafe.Add(ref eight, bytes[index]));
        }
    }

    // Modes 8 and 9: a byte is sixteen clocks wide.
    private void ExpandSlow(ReadOnlySpan<byte> bytes, ref byte codes)
    {
        bool twoBits = Mode.Pixels == PixelKind.TwoBitsFourClocks;
        for (int index = 0; index < bytes.Length; index++)
        {
            for (int clock = 0; clock < 16; clock++)
            {
                int value = bytes[index];
                byte code = twoBits
                    ? PlayfieldTables.Colour((value >> (6 - (2 * (clock / 4)))) & 3)
                    : PlayfieldTables.Colour((value >> (7 - (clock / 2))) & 1);
                Unsafe.Add(ref codes, (16 * index) + clock) = code;
            }
        }
    }

    private void ShowText(int first, int from, int to)
    {
        int fire = NextFire(first, from);
        int count = Fires(first, from, to);
        if (count == 0)
        {
            return;
        }

        ReadOnlySpan<byte> names = _s.Buffer;
        names = names.Slice(_s.TextIndex, count);
        _s.TextIndex += (byte)count;
        if (Mode.Pixels == PixelKind.ColourCharacters && PlainMemory(CharacterAddress(0) & 0xFF00, 4) is var plain and >= 0)
        {
            ShowColourCharacters(names, plain + (CharacterAddress(0) & 0xFF), fire);
            return;
        }

        Span<byte> rows = _rows.AsSpan(0, count);
        FetchRows(names, rows);
        ShowRows(names, rows, fire);
    }

    // Fetched and shown in one go. set: where the row of name 0 lies.
    private void ShowColourCharacters(ReadOnlySpan<byte> names, int set, int fire)
    {
        ref byte shapes = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_memory.Bytes), set);
        ref uint four = ref MemoryMarshal.GetArrayDataReference(_colourCharacterCodes);
        ref byte codes = ref _codes[2 * (fire + CharacterLatency)];
        int row = 0;
        for (int index = 0; index < names.Length; index++)
        {
            int name = names[index];
            row = Unsafe.Add(ref shapes, (name & 0x7F) << 3);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref codes, 4 * index), Unsafe.Add(ref four, ((name & 0x80) << 1) | row));
        }

        Remember((byte)row, names[^1], fire + ((names.Length - 1) * Mode.Rate));
    }

    // Rows of characters between two steps of their way: no state.
    private readonly byte[] _rows = new byte[BufferSize];

    private void ShowRows(ReadOnlySpan<byte> names, Span<byte> rows, int fire)
    {
        ref byte codes = ref _codes[2 * (fire + CharacterLatency)];
        switch (Mode.Pixels)
        {
            case PixelKind.HiResCharacters:
                ReflectAll(names, rows);
                Expand(rows, _hiResCodes, ref codes);
                break;
            case PixelKind.ColourCharacters:
                ref uint four = ref MemoryMarshal.GetArrayDataReference(_colourCharacterCodes);
                for (int index = 0; index < rows.Length; index++)
                {
                    uint shown = Unsafe.Add(ref four, ((names[index] & 0x80) << 1) | rows[index]);
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref codes, 4 * index), shown);
                }

                break;
            default:
                ref ulong eight = ref MemoryMarshal.GetArrayDataReference(_wideCharacterCodes);
                for (int index = 0; index < rows.Length; index++)
                {
                    ulong shown = Unsafe.Add(ref eight, ((names[index] & 0xC0) << 2) | rows[index]);
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref codes, 8 * index), shown);
                }

                break;
        }

        Remember(rows[^1], names[^1], fire + ((rows.Length - 1) * Mode.Rate));
    }

    private void FetchRows(ReadOnlySpan<byte> names, Span<byte> rows)
    {
        int set = CharacterAddress(0);
        int mask = Mode.Pixels == PixelKind.WideCharacters ? 0x3F : 0x7F;
        int plain = PlainMemory(set & 0xFF00, Mode.Pixels == PixelKind.WideCharacters ? 2 : 4);
        if (plain >= 0)
        {
            ref byte shapes = ref MemoryMarshal.GetArrayDataReference(_memory.Bytes);
            shapes = ref Unsafe.Add(ref shapes, plain + (set & 0xFF));
            for (int index = 0; index < names.Length; index++)
            {
                rows[index] = Unsafe.Add(ref shapes, (names[index] & mask) << 3);
            }
        }
        else
        {
            for (int index = 0; index < names.Length; index++)
            {
                rows[index] = _memory.AnticRead(CharacterAddress(names[index]));
            }
        }
    }

    // Where some pages from an address on lie in memory, one behind the other; -1 if they don't.
    private int PlainMemory(int address, int pages)
    {
        ReadOnlySpan<int> places = _memory.AnticReads.AsSpan(address >> 8, pages);
        int first = places[0];
        for (int page = 1; page < places.Length; page++)
        {
            first = places[page] == first + (page << 8) ? first : -1;
        }

        return first;
    }

    private void ReflectAll(ReadOnlySpan<byte> names, Span<byte> rows)
    {
        if ((_s.Instruction & 15) == 2 && _s.Row < 8)
        {
            ReflectByName(names, rows);
            return;
        }

        for (int index = 0; index < rows.Length; index++)
        {
            rows[index] = Reflect(names[index], rows[index]);
        }
    }

    // Mode 2's names with bit 7 are blank, inverse, both or neither. Sixteen at a time, as far as there are so many.
    private void ReflectByName(ReadOnlySpan<byte> names, Span<byte> rows)
    {
        int hidden = (_s.Chactl & 1) != 0 ? 0xFF : 0;
        int inverse = (_s.Chactl & 2) != 0 ? 0xFF : 0;
        int index = 0;
        for (; index <= rows.Length - Vector128<byte>.Count; index += Vector128<byte>.Count)
        {
            var high = Vector128.ShiftRightArithmetic(Vector128.Create(names[index..]).AsSByte(), 7).AsByte();
            var row = Vector128.Create<byte>(rows[index..]);
            ((row & ~(high & Vector128.Create((byte)hidden))) ^ (high & Vector128.Create((byte)inverse))).CopyTo(rows[index..]);
        }

        for (; index < rows.Length; index++)
        {
            int high = (sbyte)names[index] >> 7;
            rows[index] = (byte)((rows[index] & ~(high & hidden)) ^ (high & inverse));
        }
    }

    private byte Buffered(int index) => index < BufferSize ? _s.Buffer[index] : (byte)0xFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
}
