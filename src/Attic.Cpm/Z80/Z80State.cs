namespace Attic.Cpm.Z80;

/// <summary>All that a Z80 holds between two instructions.</summary>
public struct Z80State
{
    /// <summary>The accumulator.</summary>
    public byte A;

    /// <summary>The flags: S Z Y H X P/V N C, Y and X being the undocumented bits 5 and 3.</summary>
    public byte F;

    /// <summary>A general register.</summary>
    public byte B, C, D, E, H, L;

    /// <summary>A register pair of the other set, which EX AF,AF' and EXX swap in.</summary>
    public ushort AfOther, BcOther, DeOther, HlOther;

    /// <summary>An index register.</summary>
    public ushort Ix, Iy;

    /// <summary>The stack pointer.</summary>
    public ushort Sp;

    /// <summary>The program counter.</summary>
    public ushort Pc;

    /// <summary>MEMPTR, the internal address latch; its bits 13 and 11 leak into BIT n,(HL) ("MEMPTR, esoteric register of the Z80", Boo-boo and V. Kladov).</summary>
    public ushort Wz;

    /// <summary>The interrupt vector's page.</summary>
    public byte I;

    /// <summary>The refresh counter: bits 0 to 6 count M1 cycles.</summary>
    public byte R;

    /// <summary>The flags that the last instruction made, 0 if it made none: SCF and CCF see it (P. Rak, "Zilog Z80 Q register").</summary>
    public byte Q;

    /// <summary>The interrupt mode, 0 to 2.</summary>
    public byte InterruptMode;

    /// <summary>The interrupt enable flip-flops.</summary>
    public bool Iff1, Iff2;

    /// <summary>The last instruction was EI: no interrupt is taken before the next.</summary>
    public bool AfterEi;

    /// <summary>HALT was executed.</summary>
    public bool Halted;

    /// <summary>Clock cycles (T states) since power-on.</summary>
    public long Cycles;

    /// <summary>B and C.</summary>
    public ushort Bc
    {
        readonly get => (ushort)(B << 8 | C);
        set => (B, C) = ((byte)(value >> 8), (byte)value);
    }

    /// <summary>D and E.</summary>
    public ushort De
    {
        readonly get => (ushort)(D << 8 | E);
        set => (D, E) = ((byte)(value >> 8), (byte)value);
    }

    /// <summary>H and L.</summary>
    public ushort Hl
    {
        readonly get => (ushort)(H << 8 | L);
        set => (H, L) = ((byte)(value >> 8), (byte)value);
    }

    /// <summary>A and the flags.</summary>
    public ushort Af
    {
        readonly get => (ushort)(A << 8 | F);
        set => (A, F) = ((byte)(value >> 8), (byte)value);
    }
}
