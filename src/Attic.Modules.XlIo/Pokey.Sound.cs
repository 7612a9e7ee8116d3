using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.Time;

namespace Attic.Modules.XlIo;

/// <content>
/// Sound: flip-flops clocked by borrows through the distortions, four volumes on one resistor, band-limited steps.
/// </content>
internal sealed partial class Pokey
{
    // Cutoff of the DC removal: sample rate / (2π · 2^11), 3.7 Hz at 48 kHz.
    private const int MeanShift = 11;
    private const int SpeakerLevel = 4_000;

    // Tables in fields: reading a field of a class that came from a package costs a call.
    private readonly int[] _mixed = MixingTable();
    private readonly byte[] _random9 = PolynomialCounters.Random9;
    private readonly byte[] _bits17 = PolynomialCounters.Bits17;
    private readonly uint _bits4 = PolynomialCounters.Bits4;
    private readonly uint _bits5 = PolynomialCounters.Bits5;

    private readonly AudioBuffer _audio;
    private readonly ulong _samplesPerCycle;
    private readonly int[] _kernel = StepKernel.Table;

    private static ulong SamplesPerCycle(ClockRate master, int sampleRate)
    {
        var samples = ((UInt128)sampleRate * (UInt128)master.Denominator * Scanline.MasterPerCycle << 64) / (UInt128)master.Numerator;
        return samples <= ulong.MaxValue
            ? (ulong)samples
            : throw new ArgumentException($"{sampleRate} samples a second are more than POKEY has cycles.", nameof(sampleRate));
    }

    // The four channels' currents saturate as they add up: four at full volume give three times what one gives (published oscilloscope
    // measurements; a curve x / (1 + x / 120) over the sum of volumes).
    private static int[] MixingTable()
    {
        int[] levels = new int[61];
        for (int sum = 0; sum < levels.Length; sum++)
        {
            levels[sum] = 24_000 * 3 * sum / (2 * (60 + (sum / 2)));
        }

        return levels;
    }

    // A borrow clocks the channel's flip-flop, and the high-pass filter of the channel two before it.
    private void ShiftOutput(int channel, long now)
    {
        if (channel >= 2 && (_s.Audctl & (channel == 2 ? 4 : 2)) != 0)
        {
            int bit = 1 << (channel - 2);
            _s.HighPass = (byte)(_s.Output[channel - 2] != 0 ? _s.HighPass | bit : _s.HighPass & ~bit);
        }

        ClockFlipFlop(channel, now);
        if ((_s.Audc[channel] & 15) != 0 || channel >= 2)
        {
            ShowLevel(now);
        }
    }

    // Returns whether the 5-bit counter let the clock through.
    private bool ClockFlipFlop(int channel, long now)
    {
        byte control = _s.Audc[channel];
        long index = IsInitialising ? 0 : now - _s.PolySince;
        if ((control & 0x80) == 0 && (_bits5 >> (int)(index % PolynomialCounters.Period5) & 1) == 0)
        {
            return false;
        }

        _s.Output[channel] = (byte)((control & 0x20) != 0 ? _s.Output[channel] ^ 1 : Noise(control, index));
        return true;
    }

    private int Noise(byte control, long index) => (control & 0x40) != 0
        ? (int)(_bits4 >> (int)(index % PolynomialCounters.Period4) & 1)
        : (_s.Audctl & 0x80) != 0
            ? _random9[index % PolynomialCounters.Period9] & 1
            : Bit17((int)(index % PolynomialCounters.Period17));

    private int Bit17(int index) => (_bits17[index >> 3] >> (index & 7)) & 1;

    private int Volume(int channel)
    {
        byte control = _s.Audc[channel];
        int output = _s.Output[channel];
        if (channel < 2)
        {
            // Without the filter its flip-flop is held set, and inverts.
            bool filtered = (_s.Audctl & (channel == 0 ? 4 : 2)) != 0;
            output ^= filtered ? (_s.HighPass >> channel) & 1 : 1;
        }

        return (control & 0x10) != 0 || output != 0 ? control & 15 : 0;
    }

    // Puts a change of the output's level at its place between two samples.
    private void ShowLevel(long now)
    {
        int level = _mixed[Volume(0) + Volume(1) + Volume(2) + Volume(3)] + (_s.Speaker * SpeakerLevel);
        if (level != _s.Level)
        {
            MakeSound(now);
            PutStep(level - _s.Level);
            _s.Level = level;
        }
    }

    private void MakeSound(long now)
    {
        ulong whole = Math.BigMul((ulong)(now - _s.SoundAt), _samplesPerCycle, out ulong part);
        _s.SoundAt = now;
        _s.SampleFraction += part;
        ulong samples = whole + (_s.SampleFraction < part ? 1UL : 0);
        if (samples != 0)
        {
            FinishSamples(samples);
        }
    }

    private void FinishSamples(ulong count)
    {
        Span<int> steps = _s.Steps;
        var (head, integral, mean) = (_s.StepHead, _s.Integral, _s.Mean);
        for (; count > 0; count--)
        {
            integral += steps[head];
            if (++head == 3 * StepKernel.Taps)
            {
                steps[head..].CopyTo(steps);
                steps[StepKernel.Taps..].Clear();
                head = 0;
            }

            long centred = ((long)integral << MeanShift) - mean;
            mean += centred >> MeanShift;
            short value = (short)Math.Clamp(centred >> (MeanShift + StepKernel.UnitBits), short.MinValue, short.MaxValue);
            _audio.Append(value, value);
        }

        (_s.StepHead, _s.Integral, _s.Mean) = (head, integral, mean);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutStep(int difference)
    {
        int phase = (int)(_s.SampleFraction >> (64 - StepKernel.PhaseBits));
        var kernel = _kernel.AsSpan(phase * StepKernel.Taps, StepKernel.Taps);
        var target = ((Span<int>)_s.Steps).Slice(_s.StepHead, StepKernel.Taps);
        for (int tap = 0; tap < StepKernel.Taps; tap += Vector128<int>.Count)
        {
            var step = Vector128.Create<int>(kernel[tap..]) * difference;
            (Vector128.Create<int>(target[tap..]) + step).CopyTo(target[tap..]);
        }
    }
}
