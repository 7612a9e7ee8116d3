namespace Attic.Modules.XlMachine.Cartridges;

/// <summary>
/// What of a cartridge's image appears in $8000–$BFFF, in four parts of 4 KB: an offset into the image,
/// <see cref="Off"/> or <see cref="Open"/>.
/// </summary>
/// <param name="At8">At $8000.</param>
/// <param name="At9">At $9000.</param>
/// <param name="AtA">At $A000.</param>
/// <param name="AtB">At $B000.</param>
internal readonly record struct CartridgeWindows(int At8, int At9, int AtA, int AtB)
{
    /// <summary>The cartridge leaves the range to the computer.</summary>
    public const int Off = -1;

    /// <summary>The cartridge takes the range but drives nothing: it reads 0xFF.</summary>
    public const int Open = -2;

    /// <summary>Bytes of a part.</summary>
    public const int Part = 0x1000;

    /// <summary>No cartridge, or one that is switched off.</summary>
    public static CartridgeWindows None => new(Off, Off, Off, Off);

    /// <summary>RD4: the computer's memory at $8000–$9FFF is off.</summary>
    public bool Rd4 => At8 != Off || At9 != Off;

    /// <summary>RD5: the computer's memory at $A000–$BFFF is off; GTIA's TRIG3 senses it.</summary>
    public bool Rd5 => AtA != Off || AtB != Off;

    /// <summary>A part by its number, 0 for $8000.</summary>
    public int this[int part] => part switch { 0 => At8, 1 => At9, 2 => AtA, _ => AtB };

    /// <summary>8 KB at $A000.</summary>
    public static CartridgeWindows Upper(int offset) => new(Off, Off, offset, offset + Part);

    /// <summary>8 KB at $8000.</summary>
    public static CartridgeWindows Lower(int offset) => new(offset, offset + Part, Off, Off);

    /// <summary>8 KB at $8000 and 8 KB at $A000.</summary>
    public static CartridgeWindows Both(int lower, int upper) => new(lower, lower + Part, upper, upper + Part);

    /// <summary>16 KB at $8000.</summary>
    public static CartridgeWindows Whole(int offset) => Both(offset, offset + (2 * Part));
}
