using System.Buffers.Binary;

namespace Attic.Media.Cassettes;

/// <summary>Turns a tape's blocks into the moments at which its line changes.</summary>
internal sealed class TapeSignal
{
    private const int BitsOfByte = 10;
    private readonly List<long> _edges = [];
    private bool _level = true;

    /// <summary>Where the last signal ended, in µs.</summary>
    public long Now { get; private set; }

    /// <summary>The edges of blocks in their order.</summary>
    /// <param name="blocks">Blocks that do not overlap.</param>
    public static long[] EdgesOf(IEnumerable<TapeBlock> blocks)
    {
        var signal = new TapeSignal();
        foreach (var block in blocks)
        {
            signal.Add(block);
        }

        signal.Set(true, signal.Now);
        return [.. signal._edges];
    }

    /// <summary>How long a block of such data lasts, in µs.</summary>
    public static long LengthOf(TapeBlockKind kind, string type, ReadOnlySpan<byte> data, int rate, byte setting, ushort aux)
    {
        var signal = new TapeSignal();
        signal.Add(new(kind, 0, 0, data.ToArray(), rate, type, setting, aux));
        return signal.Now;
    }

    private static long Microseconds(long units, int rate) => ((units * 1_000_000) + (rate / 2)) / rate;

    private void Add(TapeBlock block)
    {
        Set(true, block.Start);
        Now = block.Start;
        switch (block.Type)
        {
            case "data":
                Bytes(block);
                break;
            case "fsk ":
                Lengths(block.Data, block.Start, 10_000, first: false);
                break;
            case "pwml":
                Lengths(block.Data, block.Start, block.Rate, FirstLevel(block));
                break;
            case "pwmc":
                Cycles(block);
                break;
            default:
                Pulses(block);
                break;
        }

        Set(true, Now);
    }

    private void Set(bool level, long at)
    {
        if (level == _level)
        {
            return;
        }

        // Two changes in one µs are none.
        if (_edges.Count > 0 && _edges[^1] >= at)
        {
            _edges.RemoveAt(_edges.Count - 1);
        }
        else
        {
            _edges.Add(at);
        }

        _level = level;
    }

    private void Bytes(TapeBlock block)
    {
        for (int index = 0; index < block.Data.Length; index++)
        {
            int bits = (block.Data[index] << 1) | 0x200;
            for (int bit = 0; bit < BitsOfByte; bit++)
            {
                Set((bits >> bit & 1) != 0, block.Start + Microseconds(((long)index * BitsOfByte) + bit, block.Rate));
            }
        }

        Now = block.Start + Microseconds((long)block.Data.Length * BitsOfByte, block.Rate);
    }

    private void Lengths(ReadOnlySpan<byte> data, long start, int rate, bool first)
    {
        long units = 0;
        bool level = first;
        for (int at = 0; at + 1 < data.Length; at += 2)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(data[at..]);
            if (length > 0)
            {
                Set(level, start + Microseconds(units, rate));
            }

            units += length;
            level = !level;
        }

        Now = start + Microseconds(units, rate);
    }

    private static bool FirstLevel(TapeBlock block) => (block.Setting & 3) == 2;

    private void Cycles(TapeBlock block)
    {
        long units = 0;
        for (int at = 0; at + 2 < block.Data.Length; at += 3)
        {
            int width = block.Data[at];
            for (int count = BinaryPrimitives.ReadUInt16LittleEndian(block.Data.AsSpan(at + 1)); count > 0; count--)
            {
                units = Pulse(block, units, width);
            }
        }

        Now = block.Start + Microseconds(units, block.Rate * 2);
    }

    private void Pulses(TapeBlock block)
    {
        long units = 0;
        foreach (byte value in block.Data)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                int place = (block.Setting & 4) != 0 ? 7 - bit : bit;
                units = Pulse(block, units, (value >> place & 1) != 0 ? block.Aux >> 8 : block.Aux & 0xFF);
            }
        }

        Now = block.Start + Microseconds(units, block.Rate * 2);
    }

    // Two equal halves; units are half samples.
    private long Pulse(TapeBlock block, long units, int width)
    {
        Set(FirstLevel(block), block.Start + Microseconds(units, block.Rate * 2));
        Set(!FirstLevel(block), block.Start + Microseconds(units + width, block.Rate * 2));
        return units + (2L * width);
    }
}
