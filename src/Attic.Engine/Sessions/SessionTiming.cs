using Attic.Abi.Machines;

namespace Attic.Engine.Sessions;

/// <summary>A machine's clocks as a start reports them (R27): the nominal figures, and the crystal's exact rate.</summary>
/// <param name="MasterHz">Nominal master clock.</param>
/// <param name="CpuHz">Nominal processor clock.</param>
/// <param name="Exact">The real rates.</param>
public sealed record SessionTiming(long MasterHz, long CpuHz, ExactTiming Exact)
{
    private const long NominalStCpuHz = 8_000_000;

    /// <summary>The clocks of a machine.</summary>
    public static SessionTiming Of(IMachine machine)
    {
        var rate = machine.MasterClock;
        long exactCpu = rate.Numerator / rate.Denominator / machine.CpuDivider;

        // The ST's crystals differ by region around a nominal 8 MHz; other machines report what they have.
        bool st = machine.Configuration.Machine.EndsWith("_st", StringComparison.Ordinal)
            || machine.Configuration.Machine.EndsWith("_ste", StringComparison.Ordinal);
        long cpu = st ? NominalStCpuHz : exactCpu;
        return new(
            cpu * machine.CpuDivider, cpu,
            new(rate.Numerator, rate.Denominator, machine.CpuDivider, machine.NominalFrameCycles,
                rate.InHertz / machine.CpuDivider / machine.NominalFrameCycles));
    }
}

/// <summary>The exact rates of a machine.</summary>
/// <param name="MasterNumerator">Master cycles per <paramref name="MasterDenominator"/> seconds.</param>
/// <param name="MasterDenominator">Seconds.</param>
/// <param name="CpuDivider">Master cycles per processor cycle.</param>
/// <param name="FrameCycles">Processor cycles of a frame.</param>
/// <param name="FramesPerSecond">Pictures a second.</param>
public sealed record ExactTiming(long MasterNumerator, long MasterDenominator, int CpuDivider, long FrameCycles, double FramesPerSecond);
