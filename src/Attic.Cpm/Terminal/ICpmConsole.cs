namespace Attic.Cpm.Terminal;

/// <summary>The terminal of a CP/M system: bytes both ways. Nothing here waits.</summary>
public interface ICpmConsole
{
    /// <summary>Whether a key is waiting.</summary>
    bool HasInput { get; }

    /// <summary>Takes the next key.</summary>
    /// <returns>False if none is waiting.</returns>
    bool TryRead(out byte key);

    /// <summary>Shows a character, or a part of the terminal's control sequences.</summary>
    void Write(byte character);
}
