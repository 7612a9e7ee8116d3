using System.Numerics;

namespace Attic.Modules.StIo.Serial;

/// <summary>The parity bit of a serial format.</summary>
internal enum Parity
{
    None,
    Even,
    Odd,
}

/// <summary>How a character is framed on an asynchronous line.</summary>
/// <param name="DataBits">5 to 8.</param>
/// <param name="Parity">The parity bit.</param>
/// <param name="StopBits">1 or 2.</param>
internal readonly record struct SerialFormat(int DataBits, Parity Parity, int StopBits)
{
    /// <summary>What the keyboard and MIDI use: 8 bits, no parity, one stop bit.</summary>
    public static SerialFormat EightNone { get; } = new(8, Parity.None, 1);

    /// <summary>Bits before the first stop bit: start, data, parity.</summary>
    private int Body => 1 + DataBits + (Parity == Parity.None ? 0 : 1);

    /// <summary>Draws a character.</summary>
    public SerialFrame Encode(byte value, int bitCycles)
    {
        uint data = value & ((1u << DataBits) - 1);
        uint bits = data << 1;
        if (Parity != Parity.None)
        {
            bits |= ParityOf(data) << (DataBits + 1);
        }

        return new(bits | (((1u << StopBits) - 1) << Body), Body + StopBits, bitCycles);
    }

    /// <summary>Reads a character off the line.</summary>
    /// <param name="frame">What is on the line.</param>
    /// <param name="bitCycles">Master cycles of the reader's bit.</param>
    /// <param name="framing">Whether the stop bit was missing.</param>
    /// <param name="parity">Whether the parity bit was wrong.</param>
    public byte Decode(in SerialFrame frame, int bitCycles, out bool framing, out bool parity)
    {
        uint data = 0;
        for (int bit = 0; bit < DataBits; bit++)
        {
            data |= frame.Sample(bit + 1, bitCycles) ? 1u << bit : 0;
        }

        parity = Parity != Parity.None && frame.Sample(DataBits + 1, bitCycles) != (ParityOf(data) != 0);
        framing = !frame.Sample(Body, bitCycles);
        return (byte)data;
    }

    /// <summary>Master cycles from the start edge to the middle of the first stop bit, where a receiver is done.</summary>
    public long ReceiveCycles(int bitCycles) => (((2L * Body) + 1) * bitCycles) / 2;

    private uint ParityOf(uint data) => (uint)(BitOperations.PopCount(data) & 1) ^ (Parity == Parity.Odd ? 1u : 0);
}
