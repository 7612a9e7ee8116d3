namespace Attic.Media.Cassettes;

/// <summary>What a block of a tape holds.</summary>
internal enum TapeBlockKind
{
    /// <summary>Bytes with start and stop bits.</summary>
    Bytes,

    /// <summary>Levels by their lengths in 0.1 ms, the first one low.</summary>
    Levels,

    /// <summary>A chunk of pulses (pwml, pwmc, pwmd), its bytes as in the file.</summary>
    Pulses,
}

/// <summary>A stretch of a tape with signals on it.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Start">Where it begins, in µs from the tape's beginning.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Data">Its bytes, as the file has them.</param>
/// <param name="Rate">Bits a second of <see cref="TapeBlockKind.Bytes"/>; samples a second of <see cref="TapeBlockKind.Pulses"/>.</param>
/// <param name="Type">The chunk's four characters.</param>
/// <param name="Setting">Of pulses: bits 0–1 which edge begins them, bit 2 the order of bits.</param>
/// <param name="Aux">Of pulse data (pwmd): the lengths of a 0 (low byte) and of a 1, in samples.</param>
internal sealed record TapeBlock(
    TapeBlockKind Kind, long Start, long End, byte[] Data, int Rate, string Type, byte Setting = 0, ushort Aux = 0);
