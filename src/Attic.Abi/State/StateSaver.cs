namespace Attic.Abi.State;

/// <summary>
/// Copies state into one buffer, which grows at the first save and is used again by the next: a snapshot in memory is a
/// copy and nothing else.
/// </summary>
public sealed class StateSaver : StateVisitor
{
    private byte[] _buffer = [];
    private int _length;

    /// <summary>The bytes of the last <see cref="Save"/>; valid until the next.</summary>
    public ReadOnlySpan<byte> Saved => _buffer.AsSpan(0, _length);

    /// <summary>Copies the state of <paramref name="subject"/>.</summary>
    /// <returns><see cref="Saved"/>.</returns>
    public ReadOnlySpan<byte> Save(IStateful subject)
    {
        _length = 0;
        subject.Visit(this);
        return Saved;
    }

    /// <inheritdoc/>
    protected override void Block(string name, Span<byte> bytes, StateLayout layout)
    {
        int end = _length + bytes.Length;
        if (end > _buffer.Length)
        {
            System.Array.Resize(ref _buffer, Math.Max(end, _buffer.Length * 2));
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length = end;
    }
}
