using Attic.FujiNet.Protocols;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.FujiNet.Tests.Protocols;

public class FujiBusPacketTests
{
    [Fact]
    public void A_request_of_the_clock_reads_as_captured()
    {
        Assert.Equal(FujiBusFault.None, FujiBusPacket.Read(Convert.FromHexString("450107004E0001"), out var packet));
        Assert.Equal((0x45, 1, 0), (packet.Device, packet.Command, packet.Parameters.Count));
        Assert.Equal([1], packet.Payload.ToArray());
    }

    [Fact]
    public void Parameters_of_three_sizes_take_three_descriptors() =>
        Assert.Equal(
            "45041000BA81850705341207000000" + "01",
            Hex(0x45, 4, [FujiBusParameter.Byte(5), FujiBusParameter.Word(0x1234), FujiBusParameter.Long(7)], [1]));

    [Fact]
    public void Runs_of_parameters_share_a_descriptor_of_at_most_four_bytes()
    {
        FujiBusParameter[] bytes = [.. Enumerable.Range(1, 5).Select(value => FujiBusParameter.Byte((byte)value))];
        byte[] packet = Convert.FromHexString(Hex(1, 2, bytes, []));
        Assert.Equal([0x84, 0x01], packet[5..7]);
        FujiBusParameter[] words = [FujiBusParameter.Word(1), FujiBusParameter.Word(2), FujiBusParameter.Word(3)];
        Assert.Equal([0x86, 0x05], Convert.FromHexString(Hex(1, 2, words, []))[5..7]);
    }

    [Fact]
    public void Reading_undoes_writing() =>
        Prop.ForAll(Parameters().ToArbitrary(), Wires.Bytes.ToArbitrary(), (FujiBusParameter[] parameters, byte[] payload) =>
        {
            byte[] bytes = Convert.FromHexString(Hex(0xFE, 3, parameters, payload));
            if (FujiBusPacket.Read(bytes, out var packet) != FujiBusFault.None)
            {
                return false;
            }

            var read = new List<FujiBusParameter>();
            foreach (var parameter in packet.Parameters)
            {
                read.Add(parameter);
            }

            return read.SequenceEqual(parameters) && packet.Payload.SequenceEqual(payload) && packet.Device == 0xFE && packet.Command == 3;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_are_a_packet_or_a_fault() =>
        Prop.ForAll(Wires.Bytes.ToArbitrary(), bytes => Enum.IsDefined(FujiBusPacket.Read(bytes, out _))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("45010700", FujiBusFault.TooShort)]
    [InlineData("450108004F0001", FujiBusFault.WrongLength)]
    [InlineData("450107004F0001", FujiBusFault.WrongChecksum)]
    [InlineData("45010600CC80", FujiBusFault.MissingDescriptor)]
    [InlineData("450107005307" + "00", FujiBusFault.WrongChecksum)]
    [InlineData("450107005407" + "00", FujiBusFault.MissingParameters)]
    public void A_damaged_packet_is_told_from_a_whole_one(string bytes, FujiBusFault fault) =>
        Assert.Equal(fault, FujiBusPacket.Read(Convert.FromHexString(bytes), out _));

    [Fact]
    public void The_checksum_brings_the_carry_round_like_a_loop_over_the_bytes() =>
        Prop.ForAll(Wires.Bytes.ToArbitrary(), bytes =>
        {
            int sum = 0;
            foreach (byte value in bytes)
            {
                sum += value;
                sum = (sum & 0xFF) + (sum >> 8);
            }

            return FoldedChecksum.Of(bytes) == sum;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(8191)]
    [InlineData(65_535)]
    public void The_checksum_of_many_large_bytes_overflows_nowhere(int length)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill(0xFF);
        Assert.Equal(255UL * (ulong)length, FoldedChecksum.Sum(bytes));
        Assert.Equal(0xFF, FoldedChecksum.Of(bytes));
    }

    [Fact]
    public void A_packet_over_the_limit_is_refused() =>
        Assert.Throws<ArgumentException>(() => FujiBusPacket.Write(1, 2, [], new byte[65_530], new byte[70_000]));

    private static Gen<FujiBusParameter[]> Parameters() => Gen.ArrayOf(
        Gen.OneOf(
            Gen.Choose(0, 255).Select(value => FujiBusParameter.Byte((byte)value)),
            Gen.Choose(0, 65_535).Select(value => FujiBusParameter.Word((ushort)value)),
            Gen.Choose(0, int.MaxValue).Select(value => FujiBusParameter.Long((uint)value))));

    private static string Hex(byte device, byte command, FujiBusParameter[] parameters, byte[] payload)
    {
        byte[] bytes = new byte[FujiBusPacket.Measure(parameters, payload.Length)];
        Assert.Equal(bytes.Length, FujiBusPacket.Write(device, command, parameters, payload, bytes));
        return Convert.ToHexString(bytes);
    }
}
