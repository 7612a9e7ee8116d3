using Attic.Abi.Media;
using Attic.Abi.Time;

namespace Attic.Abi.Machines;

/// <summary>The keys of a tape recorder that stay down.</summary>
public enum TapeKey
{
    /// <summary>None: the tape stands still whatever the motor line says.</summary>
    Stop,

    /// <summary>The tape plays while the computer runs the motor.</summary>
    Play,

    /// <summary>What the computer sends is recorded while it runs the motor.</summary>
    Record,
}

/// <summary>A tape recorder whose motor the computer switches.</summary>
public interface ITapeDeck
{
    /// <summary>The tape in it, or null.</summary>
    ITapeMedium? Tape { get; }

    /// <summary>The key that is down.</summary>
    TapeKey Key { get; }

    /// <summary>Whether the computer runs the motor; the tape moves only with a key down.</summary>
    bool MotorOn { get; }

    /// <summary>Where the tape stands, in µs from its beginning.</summary>
    /// <param name="at">The machine's present.</param>
    long PositionAt(MasterCycles at);

    /// <summary>Puts a tape in, at its beginning, and presses PLAY.</summary>
    /// <param name="tape">The tape; the caller goes on owning it.</param>
    /// <param name="at">The machine's present.</param>
    /// <returns>The tape that was in, or null.</returns>
    ITapeMedium? Insert(ITapeMedium tape, MasterCycles at);

    /// <summary>Takes the tape out.</summary>
    /// <param name="at">The machine's present.</param>
    /// <returns>The tape, or null.</returns>
    ITapeMedium? Eject(MasterCycles at);

    /// <summary>Presses a key.</summary>
    /// <param name="key">The key; RECORD on a protected tape acts as PLAY, as the tab stops it.</param>
    /// <param name="at">The machine's present.</param>
    void Press(TapeKey key, MasterCycles at);

    /// <summary>Winds the tape.</summary>
    /// <param name="position">Where to, in µs from the beginning, at least 0.</param>
    /// <param name="at">The machine's present.</param>
    void Wind(long position, MasterCycles at);
}
