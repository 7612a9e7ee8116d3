using System.Runtime.CompilerServices;

namespace Attic.Modules.StAudio;

/// <summary>What the registers ask of the generators, read once before a stretch of sound.</summary>
internal readonly ref struct Ym2149Settings
{
    private readonly ReadOnlySpan<byte> _registers;
    private readonly ReadOnlySpan<byte> _shape;
    private readonly ReadOnlySpan<ushort> _levels;

    /// <summary>The settings in a register file.</summary>
    public Ym2149Settings(ReadOnlySpan<byte> registers)
    {
        _registers = registers;
        _levels = VoltageTable.Levels;
        Mixer = registers[7];
        (VolumeA, VolumeB, VolumeC) = (registers[8], registers[9], registers[10]);
        Sounding = (VolumeA != 0 ? 1 : 0) | (VolumeB != 0 ? 2 : 0) | (VolumeC != 0 ? 4 : 0);
        EnvelopeHolds = EnvelopeShapes.Holds(registers[13]);
        _shape = EnvelopeShapes.Levels.AsSpan(registers[13] * EnvelopeShapes.Steps, EnvelopeShapes.Steps);
    }

    /// <summary>R7.</summary>
    public int Mixer { get; }

    /// <summary>R8.</summary>
    public int VolumeA { get; }

    /// <summary>R9.</summary>
    public int VolumeB { get; }

    /// <summary>R10.</summary>
    public int VolumeC { get; }

    /// <summary>Whether the envelope comes to rest after its first ramp.</summary>
    public bool EnvelopeHolds { get; }

    /// <summary>Whether the noise reaches a channel that has a volume.</summary>
    public bool HearsNoise => (Sounding & (~Mixer >> 3)) != 0;

    /// <summary>Whether the envelope sets a channel's volume.</summary>
    public bool HearsEnvelope => ((VolumeA | VolumeB | VolumeC) & 0x10) != 0;

    /// <summary>Ticks of two shifts of the noise, whose own clock is half as fast.</summary>
    public int NoisePeriod => 2 * Math.Max((byte)1, _registers[6]);

    /// <summary>Ticks of one envelope step.</summary>
    public int EnvelopePeriod => Math.Max(1, _registers[11] | (_registers[12] << 8));

    private int Sounding { get; }

    /// <summary>Ticks between two toggles of a tone.</summary>
    public int TonePeriod(int tone) => Math.Max(1, _registers[2 * tone] | (_registers[(2 * tone) + 1] << 8));

    /// <summary>Whether a tone reaches a channel that has a volume.</summary>
    public bool HearsTone(int tone) => ((Sounding & ~Mixer) >> tone & 1) != 0;

    /// <summary>The envelope's step after some more.</summary>
    public int EnvelopeAfter(int step, int more) =>
        EnvelopeHolds && step + more >= 32 ? 32 : (step + more) & (EnvelopeShapes.Steps - 1);

    /// <summary>The voltage of the three channels together.</summary>
    /// <param name="tones">The tones' square waves.</param>
    /// <param name="noise">The noise register.</param>
    /// <param name="envelopeStep">The envelope's step.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Level(int tones, uint noise, int envelopeStep)
    {
        int on = (tones | Mixer) & (((int)(noise & 1) * 7) | (Mixer >> 3));
        int envelope = _shape[envelopeStep];
        int a = (on & 1) != 0 ? ChannelLevel(VolumeA, envelope) : 0;
        int b = (on & 2) != 0 ? ChannelLevel(VolumeB, envelope) : 0;
        int c = (on & 4) != 0 ? ChannelLevel(VolumeC, envelope) : 0;
        return _levels[a | (b << 5) | (c << 10)];
    }

    private static int ChannelLevel(int volume, int envelope) =>
        (volume & 0x10) != 0 ? envelope : VoltageTable.OfVolume(volume);
}
