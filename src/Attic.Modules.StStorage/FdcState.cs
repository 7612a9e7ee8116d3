using System.Runtime.InteropServices;

namespace Attic.Modules.StStorage;

/// <summary>What the controller is doing.</summary>
internal enum FdcPhase : byte
{
    /// <summary>No command.</summary>
    Idle,

    /// <summary>Counting six revolutions of a motor that was off.</summary>
    SpinUp,

    /// <summary>A type I command before its first step.</summary>
    Preparing,

    /// <summary>Between steps.</summary>
    Stepping,

    /// <summary>The head comes to rest: before a verify, or as the E flag asks.</summary>
    Settling,

    /// <summary>Waiting for the next ID field.</summary>
    Searching,

    /// <summary>Read Address: the six bytes of an ID pass.</summary>
    ReadingId,

    /// <summary>Read Sector: data pass.</summary>
    ReadingData,

    /// <summary>Read Sector: the CRC after the data passes.</summary>
    CheckingData,

    /// <summary>Write Sector: before the first data request.</summary>
    WritingRequest,

    /// <summary>Write Sector: the first byte must be there before write gate opens.</summary>
    WritingGate,

    /// <summary>Write Sector: data are written.</summary>
    WritingData,

    /// <summary>Write Sector: the CRC and a byte of gap are written.</summary>
    WritingEnd,

    /// <summary>Write Track: the first byte must come within three byte times.</summary>
    FormatRequest,

    /// <summary>Read Track or Write Track: waiting for the index pulse.</summary>
    AwaitingIndex,

    /// <summary>Read Track: bytes pass.</summary>
    ReadingTrack,

    /// <summary>Write Track: bytes are written.</summary>
    WritingTrack,
}

/// <summary>Bits of the status register (WD1772 data sheet, Status Register).</summary>
[Flags]
internal enum FdcStatus : byte
{
    None = 0,
    Busy = 0x01,

    /// <summary>Types II and III.</summary>
    DataRequest = 0x02,

    /// <summary>Type I, live.</summary>
    Index = 0x02,

    /// <summary>Types II and III.</summary>
    LostData = 0x04,

    /// <summary>Type I, live.</summary>
    Track0 = 0x04,
    CrcError = 0x08,

    /// <summary>Seek error in type I.</summary>
    RecordNotFound = 0x10,

    /// <summary>Read Sector: the mark was the deleted one.</summary>
    RecordType = 0x20,

    /// <summary>Type I: six revolutions are over.</summary>
    SpinUp = 0x20,
    WriteProtect = 0x40,
    MotorOn = 0x80,
}

/// <summary>The WD1772's registers, latches and place in its command. Times are master cycles.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FdcState
{
    /// <summary>When the phase goes on by itself; <see cref="long.MaxValue"/> while it waits for something else.</summary>
    public long EventAt;

    /// <summary>Index pulses up to here have been acted on.</summary>
    public long IndexSeen;

    /// <summary>When byte 0 of the track being transferred passed.</summary>
    public long TrackStart;

    /// <summary>Commands, sectors and motor starts so far: activity.</summary>
    public long Activity;

    /// <summary>Byte of the track at which the phase goes on.</summary>
    public int Position;

    /// <summary>Bytes transferred in this phase.</summary>
    public int Index;

    /// <summary>Bytes of the sector or track.</summary>
    public int Length;

    /// <summary>Which sector of the track was found.</summary>
    public int Found;

    /// <summary>CRC over what Write Track wrote.</summary>
    public ushort Crc;
    public ushort IndexCount;
    public ushort StepsLeft;
    public FdcPhase Phase;

    /// <summary>The latched bits of the status register, Busy among them.</summary>
    public FdcStatus Status;
    public byte Command;
    public byte Track;
    public byte Sector;
    public byte Data;

    /// <summary>0 or 1; 0xFF when none is selected.</summary>
    public byte Drive;
    public byte Side;
    public bool Motor;
    public bool SpunUp;

    /// <summary>The data request line.</summary>
    public bool Request;

    /// <summary>The interrupt request line.</summary>
    public bool Interrupt;

    /// <summary>An immediate forced interrupt holds the line until command D0.</summary>
    public bool InterruptHeld;

    /// <summary>Every index pulse interrupts (force interrupt, I2).</summary>
    public bool IndexInterrupts;

    /// <summary>The status register shows the live bits of type I.</summary>
    public bool TypeOneStatus;

    /// <summary>Direction of the last step: towards the centre.</summary>
    public bool Inwards;

    /// <summary>Write Track: the second byte of a CRC is to be written next.</summary>
    public bool CrcPending;

    /// <summary>Write Track: the last byte was an A1 made by F5.</summary>
    public bool AfterSync;
}
