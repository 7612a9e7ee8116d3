namespace Attic.Abi.State;

/// <summary>Sets all visited state to zero: the start of a power-on, after which each chip takes its reset values.</summary>
public sealed class StateEraser : StateVisitor
{
    /// <summary>Erases the state of <paramref name="subject"/>.</summary>
    public static void Erase(IStateful subject) => subject.Visit(new StateEraser());

    /// <inheritdoc/>
    protected override void Block(string name, Span<byte> bytes, StateLayout layout) => bytes.Clear();
}
