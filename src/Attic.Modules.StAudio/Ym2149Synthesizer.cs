using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Attic.Abi.Machines;
using Attic.Abi.Time;

namespace Attic.Modules.StAudio;

/// <summary>
/// Makes the sound between two moments: walks from one change of the output to the next, puts each into the row of
/// differences as a band-limited step, and hands finished samples over.
/// </summary>
internal sealed class Ym2149Synthesizer
{
    // Cutoff of the DC removal: sample rate / (2π · 2^11), 3.7 Hz at 48 kHz.
    private const int MeanShift = 11;
    private const int Chunk = 2048;

    private readonly AudioBuffer _audio;
    private readonly int[] _kernel = StepKernel.Table;
    private readonly ulong _samplesPerTick;
    private readonly int[] _differences = new int[Chunk + (2 * StepKernel.Taps)];
    private readonly int _maximumTicks;

    /// <summary>A synthesizer for a chip with <paramref name="tickRate"/>.</summary>
    /// <param name="tickRate">The chip's clock / 8.</param>
    /// <param name="audio">Where the samples go; its rate must be below the tick rate.</param>
    public Ym2149Synthesizer(ClockRate tickRate, AudioBuffer audio)
    {
        _audio = audio;
        var perTick = ((UInt128)audio.SampleRate * (UInt128)tickRate.Denominator << 64) / (UInt128)tickRate.Numerator;
        _samplesPerTick = perTick <= ulong.MaxValue
            ? (ulong)perTick
            : throw new ArgumentException($"{audio.SampleRate} samples a second are more than the YM2149 has ticks.", nameof(audio));
        _maximumTicks = (int)UInt128.Min(((UInt128)Chunk << 64) / ((UInt128)_samplesPerTick + 1), 1 << 20);
    }

    /// <summary>Makes all sound up to <paramref name="tick"/>.</summary>
    public void Run(ref Ym2149State state, long tick)
    {
        while (state.Tick < tick)
        {
            int ticks = (int)Math.Min(tick - state.Tick, _maximumTicks);
            ((ReadOnlySpan<int>)state.Pending).CopyTo(_differences);
            int samples = Walk(ref state, ticks);
            state.Tick += ticks;
            Finish(ref state, samples);
        }
    }

    // Gives the number of samples that are finished.
    private int Walk(ref Ym2149State state, int ticks)
    {
        var settings = new Ym2149Settings(state.Registers);
        var a = ToneCountdown(ref state, in settings, 0);
        var b = ToneCountdown(ref state, in settings, 1);
        var c = ToneCountdown(ref state, in settings, 2);
        var noise = settings.HearsNoise ? Countdown.Of(settings.NoisePeriod, state.NoiseCounter) : Countdown.Unheard;
        bool moves = settings.HearsEnvelope && !(settings.EnvelopeHolds && state.EnvelopeStep >= 32);
        var envelope = moves ? Countdown.Of(settings.EnvelopePeriod, state.EnvelopeCounter) : Countdown.Unheard;
        int tones = state.Tones;
        int sample = 0;
        int left = ticks;
        PutLevel(ref state, settings.Level(tones, state.Noise, state.EnvelopeStep), sample);
        while (left > 0)
        {
            int next = Math.Min(Math.Min(a.Left, b.Left), Math.Min(c.Left, noise.Left));
            int step = Math.Min(left, Math.Min(next, envelope.Left));
            left -= step;
            sample += MoveOn(ref state.SampleFraction, step);
            tones ^= (a.Pass(step) ? 1 : 0) | (b.Pass(step) ? 2 : 0) | (c.Pass(step) ? 4 : 0);
            if (noise.Pass(step))
            {
                state.Noise = NoiseRegister.Shift(state.Noise, 1);
            }

            if (envelope.Pass(step))
            {
                state.EnvelopeStep = settings.EnvelopeAfter(state.EnvelopeStep, 1);
            }

            PutLevel(ref state, settings.Level(tones, state.Noise, state.EnvelopeStep), sample);
        }

        state.Tones = (ushort)tones;
        StoreTone(ref state, in settings, 0, a, ticks);
        StoreTone(ref state, in settings, 1, b, ticks);
        StoreTone(ref state, in settings, 2, c, ticks);
        StoreNoise(ref state, in settings, noise, ticks);
        StoreEnvelope(ref state, in settings, envelope, ticks);
        return sample;
    }

    private static Countdown ToneCountdown(ref Ym2149State state, in Ym2149Settings settings, int tone) =>
        settings.HearsTone(tone) ? Countdown.Of(settings.TonePeriod(tone), state.ToneCounters[tone]) : Countdown.Unheard;

    private static void StoreTone(ref Ym2149State state, in Ym2149Settings settings, int tone, Countdown heard, int ticks)
    {
        if (heard.IsHeard)
        {
            state.ToneCounters[tone] = heard.Counter;
            return;
        }

        int toggles = Countdown.Skip(ref state.ToneCounters[tone], settings.TonePeriod(tone), ticks);
        state.Tones ^= (ushort)((toggles & 1) << tone);
    }

    private static void StoreNoise(ref Ym2149State state, in Ym2149Settings settings, Countdown heard, int ticks)
    {
        if (heard.IsHeard)
        {
            state.NoiseCounter = heard.Counter;
            return;
        }

        state.Noise = NoiseRegister.Shift(state.Noise, Countdown.Skip(ref state.NoiseCounter, settings.NoisePeriod, ticks));
    }

    private static void StoreEnvelope(ref Ym2149State state, in Ym2149Settings settings, Countdown heard, int ticks)
    {
        if (heard.IsHeard)
        {
            state.EnvelopeCounter = heard.Counter;
            return;
        }

        int steps = Countdown.Skip(ref state.EnvelopeCounter, settings.EnvelopePeriod, ticks);
        state.EnvelopeStep = settings.EnvelopeAfter(state.EnvelopeStep, steps);
    }

    // Gives whole samples passed; the fraction wraps.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int MoveOn(ref ulong fraction, int ticks)
    {
        ulong whole = Math.BigMul((ulong)ticks, _samplesPerTick, out ulong part);
        fraction += part;
        return (int)whole + (fraction < part ? 1 : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutLevel(ref Ym2149State state, int level, int sample)
    {
        if (level != state.Level)
        {
            PutStep(ref state, level - state.Level, sample);
        }
    }

    private void PutStep(ref Ym2149State state, int difference, int sample)
    {
        state.Level += difference;
        int phase = (int)(state.SampleFraction >> (64 - StepKernel.PhaseBits));
        var kernel = _kernel.AsSpan(phase * StepKernel.Taps, StepKernel.Taps);
        var target = _differences.AsSpan(sample, StepKernel.Taps);
        for (int tap = 0; tap < StepKernel.Taps; tap += Vector128<int>.Count)
        {
            var step = Vector128.Create<int>(kernel[tap..]) * difference;
            (Vector128.Create<int>(target[tap..]) + step).CopyTo(target[tap..]);
        }
    }

    private void Finish(ref Ym2149State state, int samples)
    {
        int integral = state.Integral;
        long mean = state.Mean;
        var audio = _audio;
        foreach (int difference in _differences.AsSpan(0, samples))
        {
            integral += difference;
            long centred = ((long)integral << MeanShift) - mean;
            mean += centred >> MeanShift;
            short value = (short)Math.Clamp(centred >> (MeanShift + StepKernel.UnitBits), short.MinValue, short.MaxValue);
            audio.Append(value, value);
        }

        (state.Integral, state.Mean) = (integral, mean);
        _differences.AsSpan(samples, StepKernel.Taps).CopyTo(state.Pending);
        _differences.AsSpan(0, samples + StepKernel.Taps).Clear();
    }
}
