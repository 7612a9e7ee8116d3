using Attic.Abi.Machines;
using System.Runtime.CompilerServices;

namespace Attic.Modules.StAudio;

/// <summary>Everything that a YM2149 remembers, its place between two samples of the output included.</summary>
internal struct Ym2149State
{
    /// <summary>The tick up to which sound has been made: 250 kHz at a 2 MHz clock.</summary>
    public long Tick;

    /// <summary>Where the present tick lies within an output sample, in 2^-64 samples.</summary>
    public ulong SampleFraction;

    /// <summary>Changes of audible registers so far.</summary>
    public long AudibleChanges;

    /// <summary>Running mean of the output: what the coupling capacitor holds; 2^-14 of a sample's unit and finer.</summary>
    public long Mean;

    /// <summary>The last finished sample before DC removal, in 2^-14 of its unit.</summary>
    public int Integral;

    /// <summary>The level that has been put into <see cref="Pending"/>.</summary>
    public int Level;

    /// <summary>Noise shift register, 17 bits, never 0.</summary>
    public uint Noise;

    /// <summary>Step of the envelope, 0 to 63: two ramps of 32.</summary>
    public int EnvelopeStep;

    /// <summary>Ticks since the last envelope step.</summary>
    public int EnvelopeCounter;

    /// <summary>Ticks since the last shift of the noise.</summary>
    public int NoiseCounter;

    /// <summary>Ticks since each tone's last toggle.</summary>
    public Counters ToneCounters;

    /// <summary>Steps still to be added to samples that are not finished.</summary>
    public Steps Pending;

    /// <summary>The registers R0 to R15.</summary>
    public RegisterFile Registers;

    /// <summary>The selected register; above 15 the chip is not addressed.</summary>
    public ushort Selected;

    /// <summary>The tones' square waves, bit 0 to 2.</summary>
    public ushort Tones;

    /// <summary>One counter for each tone.</summary>
    [InlineArray(3)]
    internal struct Counters
    {
        private int _first;
    }

    /// <summary>As many samples as a band-limited step is long.</summary>
    [InlineArray(StepKernel.Taps)]
    internal struct Steps
    {
        private int _first;
    }

    /// <summary>Sixteen registers.</summary>
    [InlineArray(16)]
    internal struct RegisterFile
    {
        private byte _first;
    }
}
