namespace Attic.Modules.XlStorage;

/// <summary>What the tape does.</summary>
internal enum TapePace : byte
{
    /// <summary>It stands.</summary>
    Stands,

    /// <summary>The motor pulls it: it gains speed, then keeps it.</summary>
    Runs,

    /// <summary>The motor is off: it loses speed.</summary>
    Coasts,
}

/// <summary>
/// How far the tape gets in a time and how long it takes to get so far: speed rises evenly to its right value and falls evenly to
/// nothing. Times are in µs from the change on, ways in µs of tape at the right speed.
/// </summary>
/// <remarks>
/// The figures are our estimate of a belt drive with a heavy flywheel; none is published. The operating system leaves a quarter of a
/// second and more between the records that it stops for (Operating System User's Manual, cassette handler).
/// </remarks>
internal static class TapeMotion
{
    /// <summary>From standstill to the right speed.</summary>
    public const long RunUp = 120_000;

    /// <summary>From the right speed to standstill.</summary>
    public const long RunDown = 60_000;

    /// <summary>The way that is covered in a time.</summary>
    public static double Way(TapePace pace, double time) => pace switch
    {
        TapePace.Runs => time < RunUp ? time * time / (2 * RunUp) : time - (RunUp / 2),
        TapePace.Coasts => time < RunDown ? time - (time * time / (2 * RunDown)) : RunDown / 2,
        _ => 0,
    };

    /// <summary>The time that a way takes; infinite for one that is never covered.</summary>
    public static double Time(TapePace pace, double way) => pace switch
    {
        TapePace.Runs => way < RunUp / 2 ? Math.Sqrt(2 * RunUp * way) : way + (RunUp / 2),
        TapePace.Coasts when way <= RunDown / 2 => RunDown - Math.Sqrt(((double)RunDown * RunDown) - (2 * RunDown * way)),
        _ => double.PositiveInfinity,
    };

    /// <summary>The speed after a time, 0 to 1.</summary>
    public static double Speed(TapePace pace, double time) => pace switch
    {
        TapePace.Runs => Math.Clamp(time / RunUp, 0, 1),
        TapePace.Coasts => Math.Clamp(1 - (time / RunDown), 0, 1),
        _ => 0,
    };

    /// <summary>The time after which a pace has a speed: when it begins with that speed, it began so much earlier.</summary>
    public static double LeadOf(TapePace pace, double speed) => pace switch
    {
        TapePace.Runs => speed * RunUp,
        TapePace.Coasts => (1 - speed) * RunDown,
        _ => 0,
    };
}
