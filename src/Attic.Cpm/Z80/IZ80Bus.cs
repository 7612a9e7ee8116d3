namespace Attic.Cpm.Z80;

/// <summary>What a Z80 is wired to: 64 KB of memory and 64 K of ports.</summary>
public interface IZ80Bus
{
    /// <summary>Reads a byte of memory, opcodes too.</summary>
    byte Read(ushort address);

    /// <summary>Writes a byte of memory.</summary>
    void Write(ushort address, byte value);

    /// <summary>Reads a port; the upper half of the address is A or B (Zilog UM0080, IN).</summary>
    byte In(ushort port);

    /// <summary>Writes a port.</summary>
    void Out(ushort port, byte value);
}
