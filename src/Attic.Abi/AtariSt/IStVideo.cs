using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Time;

namespace Attic.Abi.AtariSt;

/// <summary>The seam between the ST's board and its video chips (GLUE, MMU, Shifter) beyond wires.</summary>
public interface IStVideo : IChip
{
    /// <summary>GLUE's registers: 0xFF820A.</summary>
    IWordDevice Glue { get; }

    /// <summary>The MMU's registers: 0xFF8000, 0xFF8200–0xFF8209.</summary>
    IWordDevice Mmu { get; }

    /// <summary>The Shifter's registers: 0xFF8240–0xFF8260.</summary>
    IWordDevice Shifter { get; }

    /// <summary>The interrupt level that GLUE encodes.</summary>
    InterruptLevel Interrupts { get; }

    /// <summary>The RAM that is still to be fetched for the present line.</summary>
    VideoFetchWindow FetchWindow { get; }

    /// <summary>The last completed picture.</summary>
    VideoFrame Frame { get; }

    /// <summary>Pictures completed since power-on; set only by the board, to count on through a cold reset.</summary>
    long FrameNumber { get; set; }

    /// <summary>When the present picture will be complete, if no register changes the timing.</summary>
    MasterCycles NextFrameEnd { get; }

    /// <summary>GLUE's part of an interrupt acknowledge: level 2 and 4 are cleared by it.</summary>
    /// <param name="level">2 or 4.</param>
    /// <param name="at">When.</param>
    void Acknowledge(int level, MasterCycles at);
}

/// <summary>
/// The part of RAM that the Shifter has yet to fetch for the line being drawn. A processor or DMA write into it must
/// first let the video catch up, so that the picture shows what was there when the beam passed.
/// </summary>
public sealed class VideoFetchWindow
{
    /// <summary>First address.</summary>
    public uint Start;

    /// <summary>Bytes; 0 when nothing is pending.</summary>
    public uint Length;
}
