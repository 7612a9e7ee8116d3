using Attic.Abi.State;
using Attic.Abi.Time;

namespace Attic.Abi.Chips;

/// <summary>A chip of a machine. Late, never wrong: it acts when its deadline comes or when someone touches it.</summary>
public interface IChip : IStateful
{
    /// <summary>Its name in inspection, in the scheduler's order and as a state part: "mfp", "shifter".</summary>
    string Name { get; }

    /// <summary>Takes the values of a reset.</summary>
    /// <param name="kind">Power-on, or the reset line.</param>
    /// <param name="at">When.</param>
    void Reset(ResetKind kind, MasterCycles at);

    /// <summary>Does all that was to happen up to <paramref name="now"/>.</summary>
    void CatchUp(MasterCycles now);
}

/// <summary>The two resets.</summary>
public enum ResetKind
{
    /// <summary>Power-on: nothing survives.</summary>
    Cold,

    /// <summary>The reset line (button or RESET instruction): what has no reset input survives.</summary>
    Warm,
}
