using System.Diagnostics;
using System.Globalization;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Bench;

/// <summary>Encodes and decodes packets of 512 bytes: SLIP, checksum, descriptors. One core; the best of several runs.</summary>
internal static class CodecBench
{
    private const int PayloadBytes = 512;
    private const int Packets = 4096;
    private const int Runs = 15;

    public static void Run()
    {
        Measure("random bytes", static payload => new Random(1).NextBytes(payload));
        Measure("all C0", static payload => payload.Fill(0xC0));
    }

    private static void Measure(string name, Action<Span<byte>> fill)
    {
        byte[] payloads = new byte[Packets * PayloadBytes];
        fill(payloads);
        byte[] wire = new byte[Packets * Slip.MaxEncodedLength(PayloadBytes + FujiBusPacket.HeaderBytes + 1)];
        int length = 0;
        double encode = Best(() => length = Encode(payloads, wire));
        int decoded = 0;
        double decode = Best(() => decoded = Decode(wire.AsSpan(0, length)));
        if (decoded != Packets)
        {
            throw new InvalidOperationException($"{decoded} of {Packets} packets were decoded.");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"codec, {name}: encode {payloads.Length / encode / 1e9:0.00} GB/s, decode {payloads.Length / decode / 1e9:0.00} GB/s of payload"));
    }

    private static int Encode(byte[] payloads, byte[] wire)
    {
        int at = 0;
        for (int packet = 0; packet < Packets; packet++)
        {
            at += FujiBusPacket.WriteResponseFrame(0xFE, 3, 0, payloads.AsSpan(packet * PayloadBytes, PayloadBytes), wire.AsSpan(at));
        }

        return at;
    }

    private static int Decode(ReadOnlySpan<byte> wire)
    {
        var decoder = new SlipDecoder();
        int count = 0;
        while (decoder.TryRead(ref wire, out ReadOnlySpan<byte> frame))
        {
            count += FujiBusPacket.Read(frame, out var packet) == FujiBusFault.None && packet.Payload.Length == PayloadBytes ? 1 : 0;
        }

        return count;
    }

    private static double Best(Action work)
    {
        double best = double.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            // Enough work for the JIT to have its last word before the best run.
            long start = Stopwatch.GetTimestamp();
            for (int turn = 0; turn < 10; turn++)
            {
                work();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / 10);
        }

        return best;
    }
}
