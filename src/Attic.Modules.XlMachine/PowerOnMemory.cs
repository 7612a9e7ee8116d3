using System.Buffers.Binary;
using Attic.Abi.AtariXl;

namespace Attic.Modules.XlMachine;

/// <summary>What memory holds when the power comes on: by default noise, but the same noise for the same seed.</summary>
internal static class PowerOnMemory
{
    private const int Row = 128;

    /// <summary>Fills <paramref name="memory"/>, a multiple of 128 bytes.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="content">With what.</param>
    /// <param name="seed">Seeds the noise.</param>
    public static void Fill(Span<byte> memory, XlPowerOnMemory content, uint seed)
    {
        switch (content)
        {
            case XlPowerOnMemory.Zero:
                memory.Clear();
                break;
            case XlPowerOnMemory.Pattern:
                for (int at = 0; at < memory.Length; at += Row)
                {
                    memory.Slice(at, Row).Fill((byte)((at & Row) == 0 ? 0x00 : 0xFF));
                }

                break;
            default:
                FillWithNoise(memory, seed);
                break;
        }
    }

    // The SplitMix64 sequence of the seed.
    private static void FillWithNoise(Span<byte> memory, uint seed)
    {
        ulong state = seed;
        for (int at = 0; at + 8 <= memory.Length; at += 8)
        {
            state += 0x9E3779B97F4A7C15;
            ulong word = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
            BinaryPrimitives.WriteUInt64LittleEndian(memory[at..], word ^ (word >> 31));
        }
    }
}
