using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Attic.Abi.State;

/// <summary>Walks over a machine's state. Derived classes say what happens to each block.</summary>
public abstract class StateVisitor
{
    /// <summary>Visits a part (a chip) below its own name.</summary>
    /// <param name="name">Unique among its siblings.</param>
    /// <param name="part">The part.</param>
    public void Part(string name, IStateful part)
    {
        Enter(name);
        part.Visit(this);
        Leave();
    }

    /// <summary>Visits a struct of registers and counters.</summary>
    /// <param name="name">Unique within the part.</param>
    /// <param name="value">
    /// The struct; sequential, unmanaged and without padding (see <see cref="StateLayout"/>), so that its bytes are its state.
    /// </param>
    public void Struct<T>(string name, ref T value)
        where T : unmanaged =>
        Block(name, MemoryMarshal.AsBytes(new Span<T>(ref value)), StateLayout.Of<T>());

    /// <summary>Visits memory: RAM, a FIFO, a track buffer. Its length is fixed by the machine's configuration.</summary>
    public void Memory(string name, Span<byte> bytes) => Block(name, bytes, StateLayout.Bytes);

    /// <summary>Visits an array of plain numbers or structs without padding.</summary>
    public void Array<T>(string name, Span<T> values)
        where T : unmanaged =>
        Block(name, MemoryMarshal.AsBytes(values), StateLayout.Of<T>());

    /// <summary>A part begins.</summary>
    protected virtual void Enter(string name)
    {
    }

    /// <summary>The part ends.</summary>
    protected virtual void Leave()
    {
    }

    /// <summary>One block of state.</summary>
    /// <param name="name">Unique within the part.</param>
    /// <param name="bytes">The live bytes; a loader writes into them. One or more elements of <paramref name="layout"/>.</param>
    /// <param name="layout">The fields of one element.</param>
    protected abstract void Block(string name, Span<byte> bytes, StateLayout layout);
}
