namespace Attic.Modules.XlIo;

/// <summary>The two sides of a PIA.</summary>
internal struct PiaState
{
    public PiaSide A;
    public PiaSide B;
}

/// <summary>One side: a port with two control lines.</summary>
internal struct PiaSide
{
    /// <summary>Output register.</summary>
    public byte Output;

    /// <summary>Data direction register, 1 = output.</summary>
    public byte Direction;

    /// <summary>Control register as written, bits 0–5.</summary>
    public byte Control;

    /// <summary>Interrupt flags: bit 7 of C1, bit 6 of C2.</summary>
    public byte Flags;

    /// <summary>Levels at the port's pins from outside.</summary>
    public byte Input;

    /// <summary>Level of C2, 1 when high.</summary>
    public byte C2;
}
