namespace Attic.Abi.State;

/// <summary>Puts a copy made by <see cref="StateSaver"/> back into the same kind of machine.</summary>
public sealed unsafe class StateLoader : StateVisitor
{
    // Where the copy lies, while it is being loaded: a field cannot hold a span.
    private byte* _saved;
    private int _length;
    private int _position;

    /// <summary>Overwrites the state of <paramref name="subject"/>.</summary>
    /// <param name="subject">A machine of the configuration that was saved.</param>
    /// <param name="saved">What <see cref="StateSaver.Save"/> gave.</param>
    /// <exception cref="InvalidDataException">The copy is of another configuration; the machine is then half overwritten.</exception>
    public void Load(IStateful subject, ReadOnlySpan<byte> saved)
    {
        fixed (byte* start = saved)
        {
            _saved = start;
            (_length, _position) = (saved.Length, 0);
            try
            {
                subject.Visit(this);
            }
            finally
            {
                _saved = null;
            }
        }

        if (_position != _length)
        {
            throw new InvalidDataException($"The state holds {_length} bytes, the machine takes {_position}.");
        }
    }

    /// <inheritdoc/>
    protected override void Block(string name, Span<byte> bytes, StateLayout layout)
    {
        if (bytes.Length > _length - _position)
        {
            throw new InvalidDataException($"The state ends at byte {_length}, inside '{name}'.");
        }

        new ReadOnlySpan<byte>(_saved + _position, bytes.Length).CopyTo(bytes);
        _position += bytes.Length;
    }
}
