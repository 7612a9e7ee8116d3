using Attic.Abi.Time;

namespace Attic.Abi.AtariXl;

/// <summary>
/// What is at the other end of a cable in the machine's serial socket: a bus of devices elsewhere, byte by byte and line by line.
/// All calls come on the machine's thread, with its time in microseconds since power-on.
/// </summary>
/// <remarks>
/// Devices that are reached by messages (<see cref="SioMailbox"/>) know what a command is; a cable does not need to, so whatever the
/// machine and the devices agree upon passes.
/// </remarks>
public interface ISioCable
{
    /// <summary>Whether PROCEED is pulled low.</summary>
    bool Proceed { get; }

    /// <summary>Whether INTERRUPT is pulled low.</summary>
    bool Interrupt { get; }

    /// <summary>COMMAND has changed. The machine stands still until the call returns.</summary>
    /// <param name="low">Whether a command frame begins; else one has ended.</param>
    /// <param name="at">When.</param>
    void CommandChanged(bool low, long at);

    /// <summary>The cassette's motor was switched.</summary>
    /// <param name="on">Whether it turns.</param>
    /// <param name="at">When.</param>
    void MotorChanged(bool on, long at);

    /// <summary>The computer has sent a byte. The machine stands still until the call returns.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="baud">How fast its bits came.</param>
    /// <param name="at">The end of its stop bit.</param>
    void ByteSent(byte value, int baud, long at);

    /// <summary>Asks for the next byte to the computer, whenever the line is free. The machine stands still until the call returns.</summary>
    /// <param name="at">Now, which is when its start bit begins.</param>
    /// <param name="next">The byte.</param>
    /// <returns>Whether there is one.</returns>
    bool TryTake(long at, out SioCableByte next);

    /// <summary>The computer was reset.</summary>
    /// <param name="cold">Whether it was switched off and on.</param>
    void Reset(bool cold);
}

/// <summary>A byte on its way to the computer.</summary>
/// <param name="Value">The byte.</param>
/// <param name="Baud">How fast its bits go, at least 50.</param>
public readonly record struct SioCableByte(byte Value, int Baud);

/// <summary>The machine's serial socket, for a cable.</summary>
public interface ISioCablePort
{
    /// <summary>Plugs a cable in, in place of whatever was there; null unplugs it. Between two runs of the machine only.</summary>
    /// <param name="cable">The cable.</param>
    /// <param name="at">The machine's present.</param>
    void Plug(ISioCable? cable, MasterCycles at);
}
