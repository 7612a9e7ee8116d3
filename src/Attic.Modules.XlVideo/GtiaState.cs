using System.Runtime.CompilerServices;

namespace Attic.Modules.XlVideo;

/// <summary>GTIA's registers, shift registers and latches.</summary>
internal struct GtiaState
{
    /// <summary>Colour clocks of the line that are drawn.</summary>
    public int Drawn;

    /// <summary>The line's number.</summary>
    public int Line;

    /// <summary>Shift register, 8 bits for a player, 2 for a missile; players 0–3, then missiles 0–3.</summary>
    public Bytes8 Shift;

    /// <summary>The two-bit counter that stretches an object, 0 to 3.</summary>
    public Bytes8 Stretch;

    public Bytes8 Hpos;

    /// <summary>0 normal, 1 double, 2 (odd) normal, 3 quadruple; players 0–3, then missiles 0–3.</summary>
    public Bytes8 Size;

    /// <summary>Graphics latches; a missile's two bits in the top of its byte.</summary>
    public Bytes8 Graf;

    /// <summary>COLPM0–3, COLPF0–3, COLBK.</summary>
    public Bytes12 Colours;

    /// <summary>Missile to playfield, player to playfield, missile to player, player to player: four bytes each.</summary>
    public Bytes16 Collisions;

    /// <summary>1 when a trigger's latch is low.</summary>
    public Bytes4 TriggerLatched;

    public byte Prior;
    public byte Vdelay;
    public byte Gractl;

    /// <summary>CONSOL as written: bits 0–2 pull key inputs low, bit 3 drives the speaker.</summary>
    public byte Consol;

    /// <summary>Console keys held, bits 0–2 (START, SELECT, OPTION).</summary>
    public byte ConsoleKeys;

    /// <summary>Triggers held, bits 0–3; on an XL bit 3 is the cartridge's sense line.</summary>
    public byte Triggers;

    /// <summary>1 while the line's playfield is hi-res.</summary>
    public byte HiRes;

    /// <summary>1 when ANTIC announced high resolution for the line.</summary>
    public byte Announced;
}

/// <summary>Four bytes.</summary>
[InlineArray(4)]
internal struct Bytes4
{
    private byte _first;
}

/// <summary>Eight bytes.</summary>
[InlineArray(8)]
internal struct Bytes8
{
    private byte _first;
}

/// <summary>Twelve bytes.</summary>
[InlineArray(12)]
internal struct Bytes12
{
    private byte _first;
}

/// <summary>Sixteen bytes.</summary>
[InlineArray(16)]
internal struct Bytes16
{
    private byte _first;
}
