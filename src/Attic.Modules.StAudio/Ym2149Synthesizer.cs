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
    private const int Idle = int.MaxValue;

    private readonly AudioBuffer _audio;
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
        var sources = new Sources(ref state);
        int sample = 0;
        PutLevel(ref state, in sources, sample);
        while (ticks > 0)
        {
            int step = Math.Min(ticks, sources.NextChange(ref state));
            ulong whole = Math.BigMul((ulong)step, _samplesPerTick, out ulong fraction);
            state.SampleFraction += fraction;
            sample += (int)whole + (state.SampleFraction < fraction ? 1 : 0);
            sources.Advance(ref state, step);
            ticks -= step;
            PutLevel(ref state, in sources, sample);
        }

        return sample;
    }

    private void PutLevel(ref Ym2149State state, in Sources sources, int sample)
    {
        int level = sources.Level(ref state);
        int difference = level - state.Level;
        if (difference == 0)
        {
            return;
        }

        state.Level = level;
        int phase = (int)(state.SampleFraction >> (64 - StepKernel.PhaseBits));
        var kernel = StepKernel.Table.AsSpan(phase * StepKernel.Taps, StepKernel.Taps);
        var target = _differences.AsSpan(sample, StepKernel.Taps);
        for (int tap = 0; tap < kernel.Length && tap < target.Length; tap++)
        {
            target[tap] += kernel[tap] * difference;
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

    /// <summary>
    /// What the registers make of the generators: the periods, and which of them can change the output at all. The
    /// others are moved on without stopping at each of their events.
    /// </summary>
    private readonly ref struct Sources
    {
        private readonly int _periodA;
        private readonly int _periodB;
        private readonly int _periodC;
        private readonly int _noisePeriod;
        private readonly int _envelopePeriod;
        private readonly int _mixer;
        private readonly int _volumeA;
        private readonly int _volumeB;
        private readonly int _volumeC;
        private readonly int _audibleTones;
        private readonly bool _noiseAudible;
        private readonly bool _envelopeAudible;
        private readonly bool _envelopeHolds;
        private readonly ReadOnlySpan<byte> _shape;

        public Sources(ref Ym2149State state)
        {
            ReadOnlySpan<byte> registers = state.Registers;
            _periodA = Math.Max(1, registers[0] | (registers[1] << 8));
            _periodB = Math.Max(1, registers[2] | (registers[3] << 8));
            _periodC = Math.Max(1, registers[4] | (registers[5] << 8));
            _noisePeriod = 2 * Math.Max(1, (int)registers[6]);
            _envelopePeriod = Math.Max(1, registers[11] | (registers[12] << 8));
            _mixer = registers[7];
            (_volumeA, _volumeB, _volumeC) = (registers[8], registers[9], registers[10]);
            int sounding = (_volumeA != 0 ? 1 : 0) | (_volumeB != 0 ? 2 : 0) | (_volumeC != 0 ? 4 : 0);
            _audibleTones = sounding & ~_mixer;
            _noiseAudible = (sounding & (~_mixer >> 3)) != 0;
            _envelopeAudible = ((_volumeA | _volumeB | _volumeC) & 0x10) != 0;
            _envelopeHolds = EnvelopeShapes.Holds(registers[13]);
            _shape = EnvelopeShapes.Levels.AsSpan(registers[13] * EnvelopeShapes.Steps, EnvelopeShapes.Steps);
        }

        /// <summary>Ticks to the next event that may change the output; at least 1.</summary>
        public int NextChange(ref Ym2149State state)
        {
            int next = Idle;
            if ((_audibleTones & 1) != 0)
            {
                next = Left(_periodA, state.ToneCounters[0]);
            }

            if ((_audibleTones & 2) != 0)
            {
                next = Math.Min(next, Left(_periodB, state.ToneCounters[1]));
            }

            if ((_audibleTones & 4) != 0)
            {
                next = Math.Min(next, Left(_periodC, state.ToneCounters[2]));
            }

            if (_noiseAudible)
            {
                next = Math.Min(next, Left(_noisePeriod, state.NoiseCounter));
            }

            if (_envelopeAudible && !(_envelopeHolds && state.EnvelopeStep >= 32))
            {
                next = Math.Min(next, Left(_envelopePeriod, state.EnvelopeCounter));
            }

            return next;
        }

        /// <summary>Moves all generators on.</summary>
        public void Advance(ref Ym2149State state, int ticks)
        {
            int toggles = (Events(ref state.ToneCounters[0], _periodA, ticks) & 1)
                | ((Events(ref state.ToneCounters[1], _periodB, ticks) & 1) << 1)
                | ((Events(ref state.ToneCounters[2], _periodC, ticks) & 1) << 2);
            state.Tones ^= (ushort)toggles;
            int shifts = Events(ref state.NoiseCounter, _noisePeriod, ticks);
            if (shifts != 0)
            {
                state.Noise = NoiseRegister.Shift(state.Noise, shifts);
            }

            int steps = Events(ref state.EnvelopeCounter, _envelopePeriod, ticks);
            if (steps != 0)
            {
                int step = state.EnvelopeStep + steps;
                state.EnvelopeStep = _envelopeHolds && step >= 32 ? 32 : step & (EnvelopeShapes.Steps - 1);
            }
        }

        /// <summary>The voltage of the three channels together.</summary>
        public int Level(ref Ym2149State state)
        {
            int noise = (int)(state.Noise & 1) * 7;
            int on = (state.Tones | _mixer) & (noise | (_mixer >> 3));
            int envelope = _shape[state.EnvelopeStep];
            int a = (on & 1) != 0 ? ChannelLevel(_volumeA, envelope) : 0;
            int b = (on & 2) != 0 ? ChannelLevel(_volumeB, envelope) : 0;
            int c = (on & 4) != 0 ? ChannelLevel(_volumeC, envelope) : 0;
            return VoltageTable.Levels[a | (b << 5) | (c << 10)];
        }

        private static int ChannelLevel(int volume, int envelope) =>
            (volume & 0x10) != 0 ? envelope : VoltageTable.OfVolume(volume);

        // A counter beyond a period that was made shorter fires at the next tick.
        private static int Left(int period, int counter) => Math.Max(1, period - counter);

        private static int Events(ref int counter, int period, int ticks)
        {
            int left = Left(period, counter);
            if (ticks < left)
            {
                counter += ticks;
                return 0;
            }

            ticks -= left;
            if (ticks < period)
            {
                counter = ticks;
                return 1;
            }

            counter = ticks % period;
            return 1 + (ticks / period);
        }
    }
}
