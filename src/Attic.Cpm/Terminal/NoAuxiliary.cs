namespace Attic.Cpm.Terminal;

/// <summary>No reader, punch or printer: reads end of file, drops what is written.</summary>
public sealed class NoAuxiliary : ICpmAuxiliary
{
    /// <inheritdoc />
    public byte Read() => AsciiCode.EndOfFile;

    /// <inheritdoc />
    public void Punch(byte value)
    {
        // Nothing is connected.
    }

    /// <inheritdoc />
    public void List(byte character)
    {
        // Nothing is connected.
    }
}
