namespace Attic.Abi.AtariXl;

/// <summary>
/// A program file behind a boot disk of ours: while the disk is in D1: and no cartridge in the slot, the program shows
/// itself at $D500–$D5FF, so that its loader needs neither DOS nor RAM nor the time of a disk drive.
/// </summary>
/// <param name="Page">What is read at $D500–$D5FD: the loader. 256 bytes.</param>
/// <param name="Stream">
/// What is read at $D5FF, byte by byte, zeros after its end; $D5FE reads 0 before the end and 0xFF there; a write to $D5FF
/// goes back to the beginning.
/// </param>
public sealed record XlProgram(ReadOnlyMemory<byte> Page, ReadOnlyMemory<byte> Stream);

/// <summary>A disk that may have a program behind it.</summary>
public interface IXlProgramSource
{
    /// <summary>The program; null for a disk that is only a disk.</summary>
    XlProgram? Program { get; }
}
