using Attic.FujiNet.Protocols;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.FujiNet.Tests.Protocols;

public class SlipTests
{
    [Fact]
    public void Special_bytes_are_escaped_between_two_ends() =>
        Assert.Equal("C0DBDC21DBDDC0", Convert.ToHexString(Encode([0xC0, 0x21, 0xDB])));

    [Fact]
    public void Decoding_undoes_encoding_for_any_bytes_in_any_pieces() =>
        Prop.ForAll(Wires.SpecialBytes.ToArbitrary(), Gen.Choose(1, 100).ToArbitrary(), (byte[] frame, int piece) =>
        {
            var frames = Decode(new SlipDecoder(), Encode(frame), piece);
            return frame.Length == 0 ? frames.Count == 0 : frames.Count == 1 && frames[0].AsSpan().SequenceEqual(frame);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_length_round_trips_whatever_stands_at_its_edges()
    {
        var decoder = new SlipDecoder();
        foreach (byte filler in (byte[])[0x00, Slip.End, Slip.Escape])
        {
            for (int length = 1; length < 200; length++)
            {
                byte[] frame = new byte[length];
                frame.AsSpan().Fill(filler);
                frame[length / 2] = 0x55;
                Assert.Equal(frame, Assert.Single(Decode(decoder, Encode(frame), 7)));
            }
        }
    }

    [Fact]
    public void After_any_soup_of_bytes_the_next_frame_is_read() =>
        Prop.ForAll(Wires.SpecialBytes.ToArbitrary(), (byte[] soup) =>
        {
            var decoder = new SlipDecoder(64);
            Decode(decoder, soup, 5);
            return Decode(decoder, Encode([1, 2, 0xC0, 3]), 3).Any(frame => frame.AsSpan().SequenceEqual((byte[])[1, 2, 0xC0, 3]));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("C0C0C00102C0", "0102", "doubled")]
    [InlineData("C00102C00304C0", "0102 0304", "shared")]
    [InlineData("FFFFDBC00102C0", "0102", "after noise")]
    [InlineData("0102C00304C0", "0304", "the start is missing")]
    [InlineData("C001DB4102C00304C0", "0304", "an unknown escape pair")]
    [InlineData("C001DBC00304C0", "0304", "an escape before the end")]
    public void Frames_are_found(string wire, string expected, string when)
    {
        var frames = Decode(new SlipDecoder(), Convert.FromHexString(wire), 1).Select(Convert.ToHexString);
        Assert.True(expected == string.Join(' ', frames), when);
    }

    [Fact]
    public void A_frame_over_the_limit_is_dropped_alone()
    {
        var decoder = new SlipDecoder(100);
        byte[] wire = [.. Encode(new byte[101]), .. Encode(new byte[100]), .. Encode([.. Enumerable.Repeat(Slip.End, 101)])];
        Assert.Equal(100, Assert.Single(Decode(decoder, wire, 1000)).Length);
        Assert.Equal(2, decoder.Dropped);
    }

    [Fact]
    public void Decoding_allocates_nothing()
    {
        byte[] wire = Encode(new byte[512]);
        var decoder = new SlipDecoder();
        Assert.Equal(0, Allocation.Of(() =>
        {
            ReadOnlySpan<byte> rest = wire;
            decoder.TryRead(ref rest, out ReadOnlySpan<byte> _);
        }));
    }

    private static byte[] Encode(byte[] frame)
    {
        byte[] wire = new byte[Slip.MaxEncodedLength(frame.Length)];
        return wire[..Slip.Encode(frame, wire)];
    }

    private static List<byte[]> Decode(SlipDecoder decoder, byte[] wire, int piece)
    {
        var frames = new List<byte[]>();
        for (int at = 0; at < wire.Length; at += piece)
        {
            ReadOnlySpan<byte> rest = wire.AsSpan(at, Math.Min(piece, wire.Length - at));
            while (decoder.TryRead(ref rest, out ReadOnlySpan<byte> frame))
            {
                frames.Add(frame.ToArray());
            }
        }

        return frames;
    }
}
