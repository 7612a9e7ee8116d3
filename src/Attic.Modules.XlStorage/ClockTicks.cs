using Attic.Abi.AtariXl;
using Attic.Abi.Time;

namespace Attic.Modules.XlStorage;

/// <summary>Turns times into machine cycles, which are a fourth of the master clock's rate.</summary>
internal readonly struct ClockTicks(ClockRate master)
{
    private readonly ClockRate _master = master;

    /// <summary>The cycle of a moment.</summary>
    public static long Cycle(MasterCycles at) => at.Count / Scanline.MasterPerCycle;

    /// <summary>The moment of a cycle.</summary>
    public static MasterCycles At(long cycle) => new(cycle * Scanline.MasterPerCycle);

    /// <summary>Cycles in a second.</summary>
    public long PerSecond => Nanoseconds(1_000_000_000);

    /// <summary>Cycles of so many µs.</summary>
    public long Microseconds(long count) => Nanoseconds(count * 1000);

    /// <summary>Whole µs of so many cycles.</summary>
    public long ToMicroseconds(long cycles) => _master.MicrosecondsOf(cycles * Scanline.MasterPerCycle);

    /// <summary>The µs of so many cycles, as exactly as a double can tell.</summary>
    public double ToMicrosecondsExactly(long cycles) => (double)cycles * Scanline.MasterPerCycle * 1e6 * _master.Denominator / _master.Numerator;

    /// <summary>Cycles of so many ns, rounded.</summary>
    public long Nanoseconds(long count)
    {
        var divisor = (Int128)_master.Denominator * Scanline.MasterPerCycle * 1_000_000_000;
        return (long)((((Int128)count * _master.Numerator) + (divisor / 2)) / divisor);
    }
}
