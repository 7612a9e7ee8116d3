using Attic.Abi.Time;

namespace Attic.Abi.Scheduling;

/// <summary>What acts when a deadline slot comes due: usually the chip that owns the slot.</summary>
public interface IDeadlineHandler
{
    /// <summary>
    /// Called once when the deadline passes. The slot is empty again by then; a handler that has more to do sets it anew.
    /// </summary>
    /// <param name="at">The moment that was asked for; never after the machine's present.</param>
    void OnDeadline(MasterCycles at);
}
