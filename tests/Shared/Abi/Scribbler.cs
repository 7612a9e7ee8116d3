using Attic.Abi.State;

namespace Attic.Tests;

/// <summary>Fills the state of chips with chance, moments (64 bits) excepted.</summary>
internal sealed class Scribbler(int seed) : StateVisitor
{
    private readonly System.Random _random = new(seed);
    private string _part = "";

    protected override void Enter(string name) => _part = name;

    protected override void Block(string name, Span<byte> bytes, StateLayout layout)
    {
        // Wires and slots belong to the board, whose own tests look after them.
        if (_part is "deadlines" or "wiring" || bytes.IsEmpty)
        {
            return;
        }

        foreach (var field in layout.Fields.Where(field => field.Size < 8))
        {
            _random.NextBytes(bytes.Slice(field.Offset, field.Size * field.Count));
        }
    }
}
