using Attic.Abi.AtariXl;

namespace Attic.Modules.XlVideo;

/// <content>
/// Playfield cycle by cycle, for lines whose DMA clock has more or fewer bits than it should, or whose width changed: a byte is
/// ORed into the display shifter, which gives four, two or one bits a cycle.
/// </content>
internal sealed partial class Antic
{
    // The line buffer's counter has 63 states.
    private const int BufferStates = 63;

    private void RunDisturbed(int from, int to)
    {
        var cycles = _plan.Cycles;
        for (int cycle = from; cycle < to; cycle++)
        {
            var what = cycles[cycle];
            SeeBus(cycle);
            Shift(what);
            if ((what & AnticCycle.Load) != 0)
            {
                Load(what, cycle);
            }

            if ((what & AnticCycle.Show) != 0)
            {
                _s.Shifter |= Buffered(Step(ref _s.TextIndex));
            }

            if ((what & AnticCycle.Character) != 0)
            {
                ShowCharacter(what);
            }

            if (cycle >= 2 && LineMode.Rate != 0)
            {
                Put(2 * (cycle + (Mode.IsText ? CharacterLatency : BitmapLatency)));
            }
        }
    }

    private void Shift(AnticCycle what) => _s.Shifter <<= Mode.Pixels switch
    {
        PixelKind.OneBitTwoClocks => 1,
        PixelKind.TwoBitsFourClocks => (what & AnticCycle.Step) != 0 ? 2 : 0,
        PixelKind.WideCharacters or PixelKind.TwoBitsTwoClocks or PixelKind.OneBitOneClock => 2,
        _ => 4,
    };

    private void Load(AnticCycle what, int cycle)
    {
        // The first row of the next mode line may be loaded before this line is over.
        if (cycle >= RowEndCycle && _s.LoadsLine == 0 && _s.Row != LastRow)
        {
            return;
        }

        byte value = Fetched(what, _s.MemoryScan);
        int index = Step(ref _s.LoadIndex);
        if (index < BufferSize)
        {
            _s.Buffer[index] = value;
        }

        _s.MemoryScan = (ushort)((_s.MemoryScan & 0xF000) | ((_s.MemoryScan + 1) & 0x0FFF));
    }

    private void ShowCharacter(AnticCycle what)
    {
        byte name = Buffered(Step(ref _s.TextIndex));
        byte row = Fetched(what, CharacterAddress(name));
        _s.ShownName = name;
        _s.Shifter |= Mode.Pixels == PixelKind.HiResCharacters ? Reflect(name, row) : row;
    }

    // Without DMA of its own a fetch takes what the bus carries: the processor's byte, that of another fetch, or nothing.
    private byte Fetched(AnticCycle what, ushort address) =>
        (what & AnticCycle.Refresh) != 0 ? (byte)0xFF
        : (what & (AnticCycle.Virtual | AnticCycle.Special)) != 0 ? _s.Bus
        : _memory.AnticRead(address);

    private static int Step(ref byte counter)
    {
        int value = counter;
        counter = (byte)(value + 1 == BufferStates ? 0 : value + 1);
        return value;
    }

    // Two clocks of what is in the shifter.
    private void Put(int clock)
    {
        int value = _s.Shifter & 0xFF;
        (_codes[clock], _codes[clock + 1]) = Mode.Pixels switch
        {
            PixelKind.HiRes or PixelKind.HiResCharacters => Pair(PlayfieldTables.HiRes[value]),
            PixelKind.TwoBitsOneClock => Pair(PlayfieldTables.TwoBits[value]),
            PixelKind.ColourCharacters => Pair((_s.ShownName < 128 ? PlayfieldTables.TwoBits : PlayfieldTables.TwoBitsAlternate)[value]),
            PixelKind.WideCharacters => Pair((uint)PlayfieldTables.OneBit[_s.ShownName >> 6][value]),
            PixelKind.OneBitOneClock => Pair((uint)PlayfieldTables.OneBit[0][value]),
            PixelKind.OneBitTwoClocks => (PlayfieldTables.Colour(value >> 7), PlayfieldTables.Colour(value >> 7)),
            _ => (PlayfieldTables.Colour(value >> 6), PlayfieldTables.Colour(value >> 6)),
        };
    }

    private static (byte First, byte Second) Pair(uint codes) => ((byte)codes, (byte)(codes >> 8));

    private void Remember(byte shown, byte name, int cycle) => (_s.Shown, _s.ShownName, _s.ShownAt) = (shown, name, (byte)cycle);

    // The shifter as it is after the last byte that an undisturbed line showed.
    private void EnterDisturbed()
    {
        if (_s.Disturbed != 0 || _s.ShownAt == Never)
        {
            return;
        }

        int cycles = Math.Max(0, _s.Done - 1 - _s.ShownAt);
        int bits = Mode.Pixels switch
        {
            PixelKind.OneBitTwoClocks => cycles,
            PixelKind.TwoBitsFourClocks => cycles & ~1,
            PixelKind.WideCharacters or PixelKind.TwoBitsTwoClocks or PixelKind.OneBitOneClock => 2 * cycles,
            _ => 4 * cycles,
        };
        _s.Shifter = (byte)(bits < 8 ? _s.Shown << bits : 0);
    }

    // A fetch among the special cycles puts both addresses on the bus: lines that either pulls low are low.
    private ushort Conflict(int cycle, ushort address)
    {
        var what = _plan.Cycles[cycle];
        int both = address;
        both &= (what & AnticCycle.Load) != 0 ? _s.MemoryScan : 0xFFFF;
        both &= (what & AnticCycle.Character) != 0 ? CharacterAddress(Buffered(_s.TextIndex)) : 0xFFFF;
        return (ushort)both;
    }
}
