using Attic.Abi.State;
using Attic.Abi.Time;

namespace Attic.Abi.Wires;

/// <summary>
/// One line between chips. Several outputs may drive it, as with the open-drain interrupt lines: the wire is low while
/// at least one of them pulls it low. With no driver it is high, as a pull-up makes it.
/// </summary>
public sealed class Wire : IStateful
{
    private readonly List<IWireSink> _sinks = [];
    private uint _pulledLow;
    private int _drivers;

    internal Wire(string name) => Name = name;

    /// <summary>The wire's name in the machine's schematic, "mfp.irq" for instance.</summary>
    public string Name { get; }

    /// <summary>True when high.</summary>
    public bool Level => _pulledLow == 0;

    /// <summary>Adds an output to the wire.</summary>
    /// <returns>The driver's number, for <see cref="Drive"/>; 0 to 31.</returns>
    /// <exception cref="InvalidOperationException">32 outputs are connected already.</exception>
    public int AddDriver() => _drivers < 32 ? _drivers++ : throw new InvalidOperationException($"Wire {Name} has 32 drivers already.");

    /// <summary>Adds an input to the wire.</summary>
    public void Connect(IWireSink sink) => _sinks.Add(sink);

    /// <summary>Sets what one output does; tells the inputs when that changes the level.</summary>
    /// <param name="driver">The output, from <see cref="AddDriver"/>.</param>
    /// <param name="level">False pulls the wire low, true lets it go.</param>
    /// <param name="at">When.</param>
    public void Drive(int driver, bool level, MasterCycles at)
    {
        uint before = _pulledLow;
        uint bit = 1u << driver;
        _pulledLow = level ? before & ~bit : before | bit;
        if ((before == 0) == Level)
        {
            return;
        }

        foreach (var sink in _sinks)
        {
            sink.OnWire(this, Level, at);
        }
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor) => visitor.Struct(Name, ref _pulledLow);
}
