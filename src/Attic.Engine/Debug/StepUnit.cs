namespace Attic.Engine.Debug;

/// <summary>What a step is counted in.</summary>
public enum StepUnit
{
    /// <summary>Ticks: instructions, interrupt sequences, idle quanta.</summary>
    Tick,

    /// <summary>Ticks up to the first one that begins in the next scan line.</summary>
    Scanline,

    /// <summary>Ticks up to the first one behind a completed picture.</summary>
    Frame,
}
