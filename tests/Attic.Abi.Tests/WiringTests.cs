using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Abi.Tests;

public sealed class WiringTests
{
    private readonly Wiring _wiring = new();
    private readonly Probe _probe = new();

    [Fact]
    public void An_open_drain_line_is_low_while_anyone_pulls_it()
    {
        var wire = _wiring.Wire("irq");
        var (first, second) = (wire.AddDriver(), wire.AddDriver());
        wire.Connect(_probe);

        wire.Drive(first, false, new(1));
        wire.Drive(second, false, new(2));
        wire.Drive(first, true, new(3));
        wire.Drive(second, true, new(4));

        Assert.Equal(["irq low @1", "irq high @4"], _probe.Log);
    }

    [Fact]
    public void A_wire_is_the_same_for_all_who_name_it() => Assert.Same(_wiring.Wire("irq"), _wiring.Wire("irq"));

    [Fact]
    public void A_port_tells_its_inputs_of_changes_only()
    {
        var port = _wiring.Port("porta", 0xFF);
        port.Connect(_probe);

        port.Drive(0xFF, new(1));
        port.Drive(0xFE, new(2));

        Assert.Equal(["porta FF→FE @2"], _probe.Log);
    }

    private sealed class Probe : IWireSink, IBytePortSink
    {
        public List<string> Log { get; } = [];

        public void OnWire(Wire wire, bool level, MasterCycles at) =>
            Log.Add($"{wire.Name} {(level ? "high" : "low")} @{at.Count}");

        public void OnPort(BytePort port, byte before, byte value, MasterCycles at) =>
            Log.Add($"{port.Name} {before:X2}→{value:X2} @{at.Count}");
    }
}
