using System.Buffers.Binary;

namespace Attic.Modules.XlMachine;

/// <summary>What memory holds when the power comes on: noise, but the same noise for the same seed.</summary>
internal static class PowerOnMemory
{
    /// <summary>Fills <paramref name="memory"/>, a multiple of eight bytes, from the SplitMix64 sequence of <paramref name="seed"/>.</summary>
    public static void Fill(Span<byte> memory, uint seed)
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
