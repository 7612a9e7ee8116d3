using Attic.Cpm.Z80;

namespace Attic.Cpm;

/// <summary>64 KB of RAM; no ports.</summary>
internal readonly struct CpmMemory(byte[] ram) : IZ80Bus
{
    /// <summary>All of it.</summary>
    public byte[] Ram => ram;

    /// <inheritdoc />
    public byte Read(ushort address) => ram[address];

    /// <inheritdoc />
    public void Write(ushort address, byte value) => ram[address] = value;

    /// <inheritdoc />
    public byte In(ushort port) => 0xFF;

    /// <inheritdoc />
    public void Out(ushort port, byte value)
    {
        // Nothing is wired to the ports of this system.
    }

    /// <summary>A little-endian word, which may wrap around the end.</summary>
    public ushort Word(ushort address) => (ushort)(ram[address] | ram[(ushort)(address + 1)] << 8);

    /// <summary>Stores a little-endian word.</summary>
    public void SetWord(ushort address, ushort value)
    {
        ram[address] = (byte)value;
        ram[(ushort)(address + 1)] = (byte)(value >> 8);
    }

    /// <summary>Copies bytes out, around the end of memory if need be.</summary>
    public void CopyTo(ushort address, Span<byte> target)
    {
        for (int at = 0; at < target.Length; at++)
        {
            target[at] = ram[(ushort)(address + at)];
        }
    }

    /// <summary>Copies bytes in, around the end of memory if need be.</summary>
    public void CopyFrom(ushort address, ReadOnlySpan<byte> source)
    {
        for (int at = 0; at < source.Length; at++)
        {
            ram[(ushort)(address + at)] = source[at];
        }
    }
}
