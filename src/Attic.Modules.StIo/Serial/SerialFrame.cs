using System.Runtime.InteropServices;

namespace Attic.Modules.StIo.Serial;

/// <summary>
/// One character on a serial line as it is drawn there: start bit, data, parity, stop bits. A receiver that runs at
/// another rate or expects another format samples this and gets what a real one would.
/// </summary>
/// <param name="Bits">The line's levels from the start bit (bit 0) on.</param>
/// <param name="Count">Bits on the line, stop bits included.</param>
/// <param name="BitCycles">Master cycles of one bit.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SerialFrame(uint Bits, int Count, int BitCycles)
{
    /// <summary>Master cycles of the whole character.</summary>
    public long Cycles => (long)Count * BitCycles;

    /// <summary>The level in the middle of a receiver's bit.</summary>
    /// <param name="index">The receiver's bit, 0 for the start bit.</param>
    /// <param name="receiverBitCycles">Master cycles of the receiver's bit.</param>
    public bool Sample(int index, int receiverBitCycles)
    {
        long bit = (((2L * index) + 1) * receiverBitCycles) / (2L * Math.Max(1, BitCycles));
        return bit >= Count || ((Bits >> (int)bit) & 1) != 0;
    }
}
