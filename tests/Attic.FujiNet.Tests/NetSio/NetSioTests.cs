using FsCheck.Fluent;
using FsCheck;

namespace Attic.FujiNet.Tests.NetSio;

public sealed class NetSioTests : IDisposable
{
    private static readonly byte[] Sector = [.. Enumerable.Range(0, 128).Select(value => (byte)(value * 3))];
    private readonly Emulator _emulator = new();

    public void Dispose() => _emulator.Dispose();

    [Fact]
    public void The_device_speaks_first_and_announces_itself_when_answered()
    {
        Assert.Equal([0xC2], _emulator.Received[0]);
        _emulator.Received.Clear();
        _emulator.Send(0xC3);
        Assert.Equal([0xC1], _emulator.Received[0]);
        Assert.Equal([0x80, 0x00, 0x4B, 0x00, 0x00], _emulator.Received[1]);
        Assert.True(_emulator.Transport.IsConnected);
    }

    [Fact]
    public void A_read_is_acknowledged_at_once_and_followed_by_complete_data_and_checksum()
    {
        Connected().Command(0x31, (byte)'W');
        _emulator.Write(Sector);
        Assert.Equal([0x81, 3, 1, 0x41, 0, 0], _emulator.Command(0x31, (byte)'R'));
        byte[] bus = _emulator.BusBytes();
        Assert.Equal([(byte)'C', .. Sector], bus[..^1]);
        Assert.Equal(FujiNet.Protocols.FoldedChecksum.Of(Sector), bus[^1]);
    }

    [Fact]
    public void A_write_asks_for_its_data_and_one_byte_more()
    {
        Assert.Equal([0x81, 1, 1, 0x41, 129, 0], Connected().Command(0x31, (byte)'W'));
        Assert.Equal([0x81, 2, 1, 0x41, 0, 0], _emulator.Write(Sector));
        Assert.Equal([(byte)'C'], _emulator.BusBytes());
        Assert.Equal(Sector, _emulator.Store.Data);
    }

    [Fact]
    public void A_damaged_write_is_refused_and_changes_nothing()
    {
        Connected().Command(0x31, (byte)'W');
        Assert.Equal([0x81, 2, 1, 0x4E, 0, 0], _emulator.Write(Sector, wrong: 1));
        Assert.Equal(0, _emulator.Store.Executed);
    }

    [Fact]
    public void A_short_write_is_refused()
    {
        Connected().Command(0x31, (byte)'W');
        Assert.Equal(0x4E, _emulator.Write(Sector[..127])[3]);
    }

    [Theory]
    [InlineData(0x32, 'R', 0)]
    [InlineData(0x31, 'R', 0x40)]
    public void A_frame_for_nobody_or_with_a_wrong_checksum_releases_the_emulator(byte device, char command, byte wrong) =>
        Assert.Equal([0x81, 1, 0, 0, 0, 0], Connected().Command(device, (byte)command, wrong: wrong));

    [Fact]
    public void An_unknown_command_is_refused() => Assert.Equal([0x81, 1, 1, 0x4E, 0, 0], Connected().Command(0x31, (byte)'?'));

    [Fact]
    public void A_fault_of_a_device_is_an_error_to_the_Atari()
    {
        Connected().Command(0x31, (byte)'F');
        Assert.Equal([(byte)'E'], _emulator.BusBytes());
        Assert.Equal(0x41, _emulator.Command(0x31, (byte)'S')[3]);
    }

    [Fact]
    public void The_same_end_of_command_again_gets_the_same_answer_and_is_not_done_twice()
    {
        Connected().Command(0x31, (byte)'R');
        _emulator.Received.Clear();
        _emulator.Send(0x18, 1);
        Assert.Equal([0x81, 1, 1, 0x41, 0, 0], _emulator.Received.Single());
        Assert.Equal(1, _emulator.Store.Executed);
    }

    [Fact]
    public void A_lost_block_of_a_hub_is_noticed_by_its_number()
    {
        Connected();
        byte[] frame = Emulator.FrameOf(0x31, (byte)'W');
        _emulator.Send(0x11, 1);
        _emulator.Send([0x02, .. frame, 2]);
        _emulator.Send(0x18, 1, 3);
        _emulator.Send([0x02, .. Sector[..64], 4]);
        _emulator.Received.Clear();
        _emulator.Send([0x02, .. Sector[64..], 6]);
        _emulator.Send(0x09, FujiNet.Protocols.FoldedChecksum.Of(Sector), 2, 7);
        Assert.Equal(0x4E, _emulator.Received[0][3]);
    }

    [Fact]
    public void Swapped_blocks_have_the_right_checksum_and_are_refused_all_the_same()
    {
        Connected();
        byte[] frame = Emulator.FrameOf(0x31, (byte)'W');
        _emulator.Send(0x11, 1);
        _emulator.Send([0x02, .. frame, 2]);
        _emulator.Send(0x18, 1, 3);
        _emulator.Send([0x02, .. Sector[64..], 5]);
        _emulator.Send([0x02, .. Sector[..64], 4]);
        _emulator.Received.Clear();
        _emulator.Send(0x09, FujiNet.Protocols.FoldedChecksum.Of(Sector), 2, 6);
        Assert.Equal(0x4E, _emulator.Received[0][3]);
    }

    [Fact]
    public void Resets_reach_the_devices()
    {
        Connected().Send(0xFF);
        _emulator.Send(0xFE);
        Assert.Equal([true, false], _emulator.Store.Resets);
    }

    [Fact]
    public void Pings_and_alive_requests_are_answered()
    {
        Connected().Send(0xC2);
        _emulator.Send(0xC4);
        Assert.Equal([[0xC3], [0xC5]], _emulator.Received);
    }

    [Fact]
    public void Attention_is_shown_by_PROCEED()
    {
        Connected();
        _emulator.Chain.SetAttention(wanted: true);
        _emulator.Chain.SetAttention(wanted: false);
        _emulator.Exchange();
        Assert.Equal([[0x31], [0x30]], _emulator.Received);
    }

    [Fact]
    public void Any_datagrams_are_survived_and_the_next_command_is_answered()
    {
        Connected();
        var soup = Gen.Choose(0, 255).Select(value => (byte)value).NonEmptyListOf().Select(list => list.ToArray());
        Prop.ForAll(soup.ToArbitrary(), bytes =>
        {
            _emulator.Send(bytes.Length > 500 ? bytes[..500] : bytes);
            return _emulator.Command(0x31, (byte)'R') is [0x81, _, 1, 0x41, 0, 0, ..];
        }).QuickCheckThrowOnFailure();
    }

    private Emulator Connected() => _emulator.Connect();
}
