namespace Attic.Abi.State;

/// <summary>
/// Something with machine state. One definition serves saving, loading, hashing, comparing and erasing: the visitor
/// decides. Host things (sockets, files, caches that can be rebuilt) are never visited.
/// </summary>
public interface IStateful
{
    /// <summary>
    /// Shows each piece of state to <paramref name="visitor"/>, always the same pieces in the same order. What is
    /// derived from state is rebuilt at the end, since the visitor may have changed it.
    /// </summary>
    void Visit(StateVisitor visitor);
}
