using Attic.Abi.State;
using Attic.Abi.Time;

namespace Attic.Abi.Wires;

/// <summary>Eight lines with one driver: a chip's output port, a latched register that another chip decodes.</summary>
public sealed class BytePort : IStateful
{
    private readonly List<IBytePortSink> _sinks = [];
    private byte _value;

    internal BytePort(string name, byte initial)
    {
        Name = name;
        _value = initial;
    }

    /// <summary>The port's name in the machine's schematic, "psg.porta" for instance.</summary>
    public string Name { get; }

    /// <summary>The levels, bit 0 to 7.</summary>
    public byte Value => _value;

    /// <summary>Adds an input.</summary>
    public void Connect(IBytePortSink sink) => _sinks.Add(sink);

    /// <summary>Sets the levels and tells the inputs of a change.</summary>
    public void Drive(byte value, MasterCycles at)
    {
        byte before = _value;
        if (before == value)
        {
            return;
        }

        _value = value;
        foreach (var sink in _sinks)
        {
            sink.OnPort(this, before, value, at);
        }
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor) => visitor.Struct(Name, ref _value);
}
