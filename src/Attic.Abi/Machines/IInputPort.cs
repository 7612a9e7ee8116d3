using System.Text;

namespace Attic.Abi.Machines;

/// <summary>What happens to a virtual control.</summary>
public enum InputPhase
{
    /// <summary>Goes down, or takes a value.</summary>
    Press,

    /// <summary>Goes up.</summary>
    Release,

    /// <summary>The host's key repeat; machines with their own repeat ignore it.</summary>
    Repeat,
}

/// <summary>
/// Keys, mouse and sticks of a machine. Targets are named as in the contract's mapping profiles (<c>ikbd.key</c> with the
/// value <c>ST_SC_A</c>, <c>joystick.port1.up</c>); they are resolved once and then addressed by number.
/// </summary>
public interface IInputPort
{
    /// <summary>Resolves a target.</summary>
    /// <param name="target">The control's name.</param>
    /// <param name="value">Its value, where the target needs one (a key's name); else null.</param>
    /// <param name="control">Its number for <see cref="Apply"/>.</param>
    /// <returns>False when this machine has no such control.</returns>
    bool TryResolve(string target, string? value, out int control);

    /// <summary>Moves a control, between two instructions.</summary>
    /// <param name="control">From <see cref="TryResolve"/>.</param>
    /// <param name="phase">What happens to it.</param>
    /// <param name="amount">Counts for relative axes (mouse), otherwise ignored.</param>
    void Apply(int control, InputPhase phase, int amount);

    /// <summary>The controls to press, in order, held together, to type a character; empty when it can't be typed.</summary>
    IReadOnlyList<int> KeysFor(Rune character);

    /// <summary>Bytes or events that the machine has not taken yet: 0 when the keyboard is idle.</summary>
    int Pending { get; }

    /// <summary>
    /// Whether the next key would be kept: the machine has taken the last one, and its operating system, as far as that can be seen,
    /// has handed it on to a program.
    /// </summary>
    bool TakesKey => Pending == 0;
}
