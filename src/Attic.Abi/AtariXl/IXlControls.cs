using Attic.Abi.Time;

namespace Attic.Abi.AtariXl;

/// <summary>The keys beside the matrix that have a line of their own (KR2).</summary>
[Flags]
public enum XlModifiers : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>SHIFT.</summary>
    Shift = 1,

    /// <summary>CONTROL.</summary>
    Control = 2,

    /// <summary>BREAK.</summary>
    Break = 4,
}

/// <summary>What is plugged into POKEY: the keyboard and the paddles.</summary>
public interface IXlKeyboard
{
    /// <summary>Presses or releases a key of the matrix.</summary>
    /// <param name="code">Its scan code (KBCODE without SHIFT and CONTROL), 0 to 63.</param>
    /// <param name="down">Whether it is held.</param>
    /// <param name="at">When.</param>
    void SetKey(int code, bool down, MasterCycles at);

    /// <summary>Presses or releases SHIFT, CONTROL or BREAK.</summary>
    void SetModifier(XlModifiers which, bool down, MasterCycles at);

    /// <summary>Turns a paddle.</summary>
    /// <param name="paddle">0 to 7.</param>
    /// <param name="level">The count that POTn takes, 0 to 228.</param>
    /// <param name="at">When.</param>
    void SetPot(int paddle, int level, MasterCycles at);

    /// <summary>Whether a change has yet to be noticed by the scanner, or a key code by the program.</summary>
    bool KeyboardBusy { get; }
}

/// <summary>What is plugged into PIA's port A: the joysticks.</summary>
public interface IXlSticks
{
    /// <summary>Sets the switches of both sticks.</summary>
    /// <param name="levels">Stick 1 in bits 0–3 (up, down, left, right), stick 2 in bits 4–7; 0 is closed.</param>
    void SetJoysticks(byte levels);
}
