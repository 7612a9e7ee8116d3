using System.Runtime.CompilerServices;

namespace Attic.Modules.M68000;

/// <summary>Bits of the status register and the flags that results set.</summary>
internal static class StatusRegister
{
    public const uint C = 1;
    public const uint V = 2;
    public const uint Z = 4;
    public const uint N = 8;
    public const uint X = 16;
    public const uint Supervisor = 0x2000;
    public const uint Trace = 0x8000;
    public const uint MaskField = 0x0700;

    /// <summary>The bits that exist.</summary>
    public const uint Implemented = 0xA71F;

    // One word per condition code; bit n says whether the condition holds with NZVC = n.
    private static ReadOnlySpan<ushort> Conditions =>
    [
        0xFFFF, 0x0000, 0x0505, 0xFAFA, 0x5555, 0xAAAA, 0x0F0F, 0xF0F0,
        0x3333, 0xCCCC, 0x00FF, 0xFF00, 0xCC33, 0x33CC, 0x0C03, 0xF3FC,
    ];

    /// <summary>Whether condition 0 (T) to 15 (LE) holds (PRM, table 3-19).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(uint condition, uint sr) => ((Conditions[(int)(condition & 15)] >> (int)(sr & 15)) & 1) != 0;

    /// <summary>N and Z of a result that fits its size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NegativeZero<TSize>(uint result)
        where TSize : struct, ISize =>
        ((result >> (TSize.Bits - 4)) & N) | (result == 0 ? Z : 0);

    /// <summary>Sets N and Z, clears V and C, keeps X.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetLogic<TSize>(ref ushort sr, uint result)
        where TSize : struct, ISize =>
        sr = (ushort)((sr & 0xFFF0u) | NegativeZero<TSize>(result));
}
