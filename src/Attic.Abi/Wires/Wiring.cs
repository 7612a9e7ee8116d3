using Attic.Abi.State;

namespace Attic.Abi.Wires;

/// <summary>
/// A machine's wires and ports by name: the schematic. Modules connect by name, so that none needs another's types.
/// </summary>
public sealed class Wiring : IStateful
{
    private readonly SortedDictionary<string, Wire> _wires = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, BytePort> _ports = new(StringComparer.Ordinal);

    // All of them in the order of their names, for visitors; null when one has come since.
    private IStateful[]? _parts;

    /// <summary>The wire of that name, made when it is first asked for.</summary>
    public Wire Wire(string name)
    {
        if (!_wires.TryGetValue(name, out var wire))
        {
            wire = new Wire(name);
            _wires.Add(name, wire);
            _parts = null;
        }

        return wire;
    }

    /// <summary>The port of that name, made when it is first asked for.</summary>
    /// <param name="name">The port's name.</param>
    /// <param name="initial">Its levels at power-on; counts only for the first who asks.</param>
    public BytePort Port(string name, byte initial = 0xFF)
    {
        if (!_ports.TryGetValue(name, out var port))
        {
            port = new BytePort(name, initial);
            _ports.Add(name, port);
            _parts = null;
        }

        return port;
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        _parts ??= [.. _wires.Values, .. _ports.Values];
        foreach (var part in _parts)
        {
            part.Visit(visitor);
        }
    }
}
