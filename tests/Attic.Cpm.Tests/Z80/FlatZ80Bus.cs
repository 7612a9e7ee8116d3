using Attic.Cpm.Z80;

namespace Attic.Cpm.Tests.Z80;

/// <summary>64 KB of RAM and ports that answer from a script.</summary>
internal readonly struct FlatZ80Bus(byte[] memory, Queue<byte> input, List<(ushort Port, byte Value)> output) : IZ80Bus
{
    public byte[] Memory => memory;

    public List<(ushort Port, byte Value)> Output => output;

    public byte Read(ushort address) => memory[address];

    public void Write(ushort address, byte value) => memory[address] = value;

    public byte In(ushort port) => input.Count > 0 ? input.Dequeue() : (byte)0xFF;

    public void Out(ushort port, byte value) => output.Add((port, value));

    public static FlatZ80Bus Create(params byte[] input) => new(new byte[0x10000], new Queue<byte>(input), []);
}
