using Attic.Abi.AtariXl;

namespace Attic.Modules.XlStorage;

/// <summary>What tells one kind of disk drive from another. Times in µs where nothing else is said.</summary>
/// <remarks>
/// Sources: Atari 810 and 1050 field service manuals (288 rpm, step and settling times, densities); the bit and byte times that follow
/// from the drives' ROM loops (810: 26 and 265 cycles at 500 kHz; 1050: 51 and 549 at 1 MHz; US Doubler 53 and 534, fast 19 and
/// 220; XF551 29 and 290 at 555 kHz, fast 14 and 140); A. Lee, "Altirra Hardware Reference Manual", chapter on disk drives, for
/// delays measured on drives.
/// </remarks>
internal sealed record DriveModel
{
    /// <summary>Revolutions a minute.</summary>
    public required int Rpm { get; init; }

    /// <summary>Whether the controller reads MFM.</summary>
    public required bool ReadsMfm { get; init; }

    /// <summary>Whether it takes 256-byte sectors, and PERCOM blocks to say so.</summary>
    public required bool HasPercom { get; init; }

    /// <summary>Sides that it has heads for.</summary>
    public int Sides { get; init; } = 1;

    /// <summary>A bit and a byte sent at the usual speed, in ns.</summary>
    public required (int Bit, int Byte) Slow { get; init; }

    /// <summary>The same at high speed; 0 without.</summary>
    public (int Bit, int Byte) Fast { get; init; }

    /// <summary>What the command '?' answers: POKEY's divisor for the high speed; 0 when there is no such command.</summary>
    public byte PokeyDivisor { get; init; }

    /// <summary>Whether bit 7 of a command asks for high speed from the completion on (XF551).</summary>
    public bool FastByCommandBit { get; init; }

    /// <summary>A step from track to track.</summary>
    public required int Step { get; init; }

    /// <summary>Settling after the last step.</summary>
    public required int Settle { get; init; }

    /// <summary>Whether steps towards the centre overshoot by one track and come back.</summary>
    public bool Overshoots { get; init; }

    /// <summary>From the motor's start until the drive uses it.</summary>
    public int SpinUp { get; init; } = 500_000;

    /// <summary>How long the motor runs on.</summary>
    public required int MotorOff { get; init; }

    /// <summary>From COMMAND's rise to the start bit of ACK or NAK.</summary>
    public required int AckDelay { get; init; }

    /// <summary>From the end of ACK until the controller begins.</summary>
    public int ControllerDelay { get; init; } = 3_216;

    /// <summary>From the sector's end to the start bit of the completion.</summary>
    public required int AfterRead { get; init; }

    /// <summary>From the end of ACK to the completion of a status command.</summary>
    public required int StatusDelay { get; init; }

    /// <summary>Times that a failing sector is tried.</summary>
    public required int Tries { get; init; }

    /// <summary>How long a search for a sector lasts that does not come.</summary>
    public required int Search { get; init; }

    /// <summary>Whether the controller sees a long sector to its end before it reports.</summary>
    public bool WaitsForLongSectors { get; init; } = true;

    /// <summary>Whether '"' formats enhanced density.</summary>
    public bool FormatsEnhanced { get; init; } = true;

    /// <summary>The Atari 810: single density, FD1771.</summary>
    public static DriveModel Atari810 { get; } = new()
    {
        Rpm = 288, ReadsMfm = false, HasPercom = false, Slow = (52_000, 530_000), Step = 5_300, Settle = 10_000, MotorOff = 3_060_000,
        AckDelay = 120, AfterRead = 5_136, StatusDelay = 410, Tries = 4, Search = 522_000, WaitsForLongSectors = false, FormatsEnhanced = false,
    };

    /// <summary>The Atari 1050: single and enhanced density, FD2793.</summary>
    public static DriveModel Atari1050 { get; } = new()
    {
        Rpm = 288, ReadsMfm = true, HasPercom = false, Slow = (51_000, 549_000), Step = 20_120, Settle = 20_000, Overshoots = true, MotorOff = 6_800_000,
        AckDelay = 184, AfterRead = 270, StatusDelay = 290, Tries = 2, Search = 471_000,
    };

    /// <summary>A 1050 with the US Doubler: double density as well, and 52,600 baud.</summary>
    public static DriveModel UsDoubler { get; } = Atari1050 with
    {
        HasPercom = true, Slow = (53_000, 534_000), Fast = (19_000, 220_000), PokeyDivisor = 10, StatusDelay = 250,
    };

    /// <summary>The Atari XF551: 300 rpm, two sides, 38,400 baud by a bit of the command.</summary>
    public static DriveModel Xf551 { get; } = new()
    {
        Rpm = 300, ReadsMfm = true, HasPercom = true, Sides = 2, Slow = (52_200, 522_000), Fast = (25_200, 252_000), FastByCommandBit = true,
        Step = 6_000, Settle = 20_000, MotorOff = 3_060_000, AckDelay = 184, AfterRead = 270, StatusDelay = 1_110, Tries = 2, Search = 471_000,
    };

    /// <summary>The model of that name.</summary>
    public static DriveModel Of(XlDriveModel model) => model switch
    {
        XlDriveModel.Atari810 => Atari810,
        XlDriveModel.Atari1050 => Atari1050,
        XlDriveModel.Xf551 => Xf551,
        _ => UsDoubler,
    };
}
