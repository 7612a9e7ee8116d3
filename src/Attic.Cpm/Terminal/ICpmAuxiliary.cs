namespace Attic.Cpm.Terminal;

/// <summary>The reader, punch and list devices of a CP/M system.</summary>
public interface ICpmAuxiliary
{
    /// <summary>A byte from the reader; $1A when it has none.</summary>
    byte Read();

    /// <summary>A byte to the punch.</summary>
    void Punch(byte value);

    /// <summary>A character to the list device, the printer.</summary>
    void List(byte character);
}
