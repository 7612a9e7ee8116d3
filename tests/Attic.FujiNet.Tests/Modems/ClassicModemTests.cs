using System.Net;
using System.Net.Sockets;
using System.Text;
using Attic.FujiNet.Devices.Modems;
using Attic.FujiNet.Network;
using Attic.FujiNet.Sio.Classic;
using Attic.FujiNet.Tests.NetSio;

namespace Attic.FujiNet.Tests.Modems;

/// <summary>R1: as a program on an emulated Atari uses it: AT commands in blocks and in concurrent mode, a call, and what ends it.</summary>
public sealed class ClassicModemTests : IDisposable
{
    private readonly SetTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly Emulator _emulator = new();
    private readonly ClassicModem _device;
    private readonly StringBuilder _heard = new();

    public ClassicModemTests()
    {
        _device = new(new Modem(new EgressPolicy(), _time), _emulator.Chain, _emulator.Context, _time);
        _emulator.Chain.Attach(ClassicModem.Id, _device);
        _emulator.Connect();
    }

    public void Dispose() => _emulator.Dispose();

    [Fact]
    public void A_block_holds_a_command_and_status_tells_that_something_has_come()
    {
        Assert.Equal([0, 0], Bus('S')[1..3]);
        Block("AT\r");
        Assert.Equal([0, 1], Bus('S')[1..3]);
        Assert.Equal("AT\r\r\nOK\r\n", Stream(() => _heard.ToString().EndsWith("OK\r\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_command_that_ends_as_the_Atari_ends_lines_is_answered_so()
    {
        Block("ATE0\x9B");
        Assert.Equal("ATE0\x9B\x9BOK\x9B", Stream(() => _heard.ToString().EndsWith("OK\x9B", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0x08, 0x0BA0, 300)]
    [InlineData(0x09, 0x05CC, 600)]
    [InlineData(0x0A, 0x02E3, 1200)]
    [InlineData(0x0B, 0x01EA, 1800)]
    [InlineData(0x0C, 0x016E, 2400)]
    [InlineData(0x0D, 0x00B3, 4800)]
    [InlineData(0x0E, 0x0056, 9600)]
    [InlineData(0x0F, 0x0028, 19200)]
    public void Concurrent_mode_tells_what_to_write_to_pokey_and_changes_the_rate(byte code, int divisor, int baud)
    {
        Bus('B', code);
        byte[] pokey = Bus('X', 3);
        byte[] half = [(byte)divisor, 0xA0, (byte)(divisor >> 8), 0xA0];
        Assert.Equal([.. half, .. half, 0x78], pokey[1..10]);
        Assert.Equal([0x80, .. BitConverter.GetBytes(baud)], _emulator.Received[^1]);
    }

    [Fact]
    public async Task A_call_is_dialled_in_concurrent_mode_and_carries_bytes_until_DTR_falls()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        Block("ATNET0\r");
        Bus('X', 3);
        Type($"ATDT127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}\r");
        using var peer = await server.AcceptTcpClientAsync();
        Pump(() => _heard.ToString().Contains("CONNECT 9600", StringComparison.Ordinal));
        await peer.GetStream().WriteAsync("hello"u8.ToArray());
        Pump(() => _heard.ToString().EndsWith("hello", StringComparison.Ordinal));
        Type("there");
        byte[] came = new byte[5];
        await peer.GetStream().ReadExactlyAsync(came);
        Assert.Equal("there"u8.ToArray(), came);

        // Any command ends concurrent mode; the call goes on.
        Assert.Equal(0xCC, Bus('S')[2]);
        Assert.Null(_emulator.Chain.Stream);
        Bus('A', 0x80);
        Assert.Equal(0, Bus('S')[2] & 0xC0);
        Assert.Equal(0, await peer.GetStream().ReadAsync(came));
    }

    [Fact]
    public void A_command_for_another_device_ends_concurrent_mode_and_the_bus_has_its_rate_again()
    {
        Bus('X', 3);
        Assert.Same(_device, _emulator.Chain.Stream);
        _emulator.Command(Emulator.Device, (byte)'S');
        Assert.Null(_emulator.Chain.Stream);
        Assert.Contains(_emulator.Received, datagram => datagram.SequenceEqual(new byte[] { 0x80, 0x00, 0x4B, 0x00, 0x00 }));
    }

    [Fact]
    public void The_computer_gets_no_more_than_the_line_takes_in_the_time()
    {
        Bus('B', 0x08);
        Block(new string('x', 60));
        Bus('X', 3);
        _emulator.Received.Clear();
        Turn(TimeSpan.FromMilliseconds(100));
        Assert.Equal(3, _emulator.BusBytes().Length);
    }

    [Fact]
    public void A_locked_rate_stays_and_a_port_is_listened_on_until_it_is_not()
    {
        Bus('N', 2400 & 0xFF, 2400 >> 8);
        Bus('B', 0x0F);
        Assert.Equal(2400, _device.Modem.Baud);
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            int port = ((IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            Assert.Equal((byte)'C', Bus('M', (byte)port, (byte)(port >> 8))[0]);
            Assert.Equal(port, _device.Modem.ListenPort);
        }

        Bus('O', 1);
        Assert.True(_device.Modem.AutoAnswer);
        Bus('L');
        Assert.False(_device.Modem.IsListening);
    }

    [Theory]
    [InlineData('?')]
    [InlineData('@')]
    public void Polls_for_a_handler_are_not_answered(char poll) =>
        Assert.Equal([0x81, 1, 0, 0, 0, 0], _emulator.Command(ClassicModem.Id, (byte)poll));

    private byte[] Bus(char command, byte aux1 = 0, byte aux2 = 0)
    {
        _emulator.Command(ClassicModem.Id, (byte)command, (ushort)(aux1 | (aux2 << 8)));
        Assert.Equal((byte)'A', _emulator.Received.Find(datagram => datagram[0] == 0x81)![3]);
        return _emulator.BusBytes();
    }

    private void Block(string text)
    {
        byte[] block = new byte[64];
        Encoding.Latin1.GetBytes(text, block);
        Bus('W', (byte)text.Length);
        _emulator.Write(block);
        Assert.Equal([(byte)'C'], _emulator.BusBytes());
    }

    private void Type(string text) => _emulator.Send([0x02, .. Encoding.Latin1.GetBytes(text), 0xFF]);

    private string Stream(Func<bool> done)
    {
        Bus('X', 3);
        Pump(done);
        return _heard.ToString();
    }

    private void Turn(TimeSpan time)
    {
        _time.Advance(time);
        _device.Poll();
        _emulator.Exchange();
    }

    // Sockets take their time; the modem's own time goes on by itself.
    private void Pump(Func<bool> done)
    {
        _emulator.Received.Clear();
        long start = Environment.TickCount64;
        while (!done())
        {
            Turn(TimeSpan.FromMilliseconds(50));
            _heard.Append(Encoding.Latin1.GetString(_emulator.BusBytes()));
            _emulator.Received.Clear();
            Assert.True(Environment.TickCount64 - start < 20_000, _heard.ToString());
            Thread.Yield();
        }
    }
}
