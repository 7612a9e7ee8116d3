using Attic.Abi.Chips;

namespace Attic.Engine.Inspect;

/// <summary>All registers at one moment.</summary>
public sealed class RegisterFrame
{
    /// <summary>The values, always in the same order.</summary>
    public IList<RegisterValue> Values { get; } = new List<RegisterValue>(128);

    /// <summary>The machine's tick counter.</summary>
    public long Tick { get; set; }

    /// <summary>The processor's cycle counter.</summary>
    public long Cycle { get; set; }

    /// <summary>E-clock.</summary>
    public long StampUs { get; set; }
}
