using Attic.Abi.AtariXl;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Sio;
using Attic.FujiNet.Sio.Serial;
using Attic.FujiNet.Tests.NetSio;

namespace Attic.FujiNet.Tests.Sio;

/// <summary>SIO over a serial port, which is a pseudo terminal here; only the modem's lines are made up.</summary>
public sealed class SioSerialTests : IDisposable
{
    private static readonly byte[] Sector = [.. Enumerable.Range(0, 128).Select(value => (byte)(value * 5))];

    private readonly CancellationTokenSource _stop = new();
    private readonly IReadinessWaiter? _waiter;
    private readonly PtyChannel? _atari;
    private readonly Lines _lines = new();
    private readonly Store _store = new();
    private readonly SioChain _chain = new();
    private readonly FujinetCore? _core;
    private readonly SioSerialTransport? _transport;
    private readonly Thread? _thread;

    public SioSerialTests()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        _waiter = HostPlatform.CreateWaiter();
        _atari = PtyChannel.Open(string.Empty);
        var routing = new RoutingManager(new IODeviceManager());
        _core = new FujinetCore(new IOService(routing), routing, new EventHub(), new CoreContext(_waiter));
        _chain.Attach(Emulator.Device, _store);
        _chain.Attach(Echo.Id, new Echo(_chain, _core.Context));
        _transport = new SioSerialTransport(SerialSioLine.Open(_atari.Path, _ => _lines), _chain, _core.Context, highBaud: SioSerialTransport.BaudOf(6));
        _core.IO.Add(_transport);
        _thread = new Thread(() => new CoreRunner(_core, _waiter).Run(_stop.Token)) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        _core?.Dispose();
        _waiter?.Dispose();
        _atari?.Dispose();
        _stop.Dispose();
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sector_is_written_and_read_back(bool hasLine)
    {
        Use(hasLine);
        Command('W');
        Assert.Equal([SioFrame.Ack], Hear(1));
        Say([.. Sector, FoldedChecksum.Of(Sector)]);
        Assert.Equal([SioFrame.Ack, SioFrame.Complete], Hear(2));
        Command('R');
        Assert.Equal([SioFrame.Ack, SioFrame.Complete, .. Sector, FoldedChecksum.Of(Sector)], Hear(131));
        Assert.Equal(2, _transport!.Served);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_not_for_us_is_not_answered(bool hasLine)
    {
        Use(hasLine);

        // Another drive's write: its frame, then data that hold a frame of ours.
        Command('W', device: 0x32);
        byte[] data = [.. Emulator.FrameOf(Emulator.Device, (byte)'R'), .. new byte[60], .. Emulator.FrameOf(Emulator.Device, (byte)'R')];
        SayAndRest([.. data, FoldedChecksum.Of(data)], looks: hasLine ? 1 : 4);
        Command('S');
        Assert.Equal([SioFrame.Ack, SioFrame.Complete], Hear(2));
        Assert.Equal(1, _store.Executed);
    }

    [SkippableFact]
    public void A_damaged_frame_is_not_answered_and_damaged_data_are_refused()
    {
        Use(hasLine: true);
        byte[] frame = Emulator.FrameOf(Emulator.Device, (byte)'S');
        frame[4] ^= 1;
        Command(frame);
        Command('W');
        Assert.Equal([SioFrame.Ack], Hear(1));
        Say([.. Sector, (byte)~FoldedChecksum.Of(Sector)]);
        Assert.Equal([SioFrame.Nak], Hear(1));
        Assert.Equal(0, _store.Executed);
    }

    [SkippableFact]
    public void An_unknown_command_is_refused_and_a_fault_is_an_error()
    {
        Use(hasLine: true);
        Command('?');
        Assert.Equal([SioFrame.Nak], Hear(1));
        Command('F');
        Assert.Equal([SioFrame.Ack, SioFrame.Error], Hear(2));
    }

    [SkippableFact]
    public void Two_frames_that_cannot_be_read_lead_to_the_other_rate_and_back()
    {
        Use(hasLine: true);
        foreach (int baud in (int[])[SioSerialTransport.BaudOf(6), SioChain.StandardBaud])
        {
            Command([1, 2, 3]);
            Command([1, 2, 3]);
            Wait(() => _transport!.Baud == baud);
            Command('S');
            Assert.Equal([SioFrame.Ack, SioFrame.Complete], Hear(2));
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stream_passes_at_its_rate_until_a_command_ends_it(bool hasLine)
    {
        Use(hasLine);
        Command('X', device: Echo.Id);
        Assert.Equal([SioFrame.Ack, SioFrame.Complete], Hear(2));
        Wait(() => _transport!.Baud == 9600);

        // While a stream is there the port looks at the line all the time.
        SayAndRest("hello, this is long"u8.ToArray(), looks: 12);
        Assert.Equal("HELLO, THIS IS LONG"u8.ToArray(), Hear(19));
        Command('S');
        Assert.Equal([SioFrame.Ack, SioFrame.Complete], Hear(2));
        Wait(() => _transport!.Baud == SioChain.StandardBaud);
    }

    [SkippableFact]
    public void PROCEED_follows_the_devices()
    {
        Use(hasLine: true);
        _chain.SetAttention(wanted: true);
        Wait(() => _lines.Proceed);
        _chain.SetAttention(wanted: false);
        Wait(() => !_lines.Proceed);
    }

    [Fact]
    public void The_index_of_high_speed_is_a_rate()
    {
        Assert.Equal(127_258, SioSerialTransport.BaudOf(0));
        Assert.Equal(68_523, SioSerialTransport.BaudOf(6));
        Assert.InRange(SioSerialTransport.BaudOf(40), 18_900, 19_200);
    }

    [SkippableFact]
    public void An_adapter_that_is_pulled_out_takes_the_transport_away()
    {
        Use(hasLine: true);
        _atari!.Dispose();
        Wait(() => _transport!.IsClosed);
    }

    private void Use(bool hasLine)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Serial ports are for Linux.");
        _lines.Command = hasLine ? 0 : -1;
    }

    private void Command(char command, byte device = Emulator.Device) => Command(Emulator.FrameOf(device, (byte)command));

    // The line is low until the port has looked at the frame; without a line a pause follows.
    private void Command(byte[] frame)
    {
        bool hasLine = _lines.Command >= 0;
        _lines.Command = hasLine ? 1 : -1;
        SayAndRest(frame, looks: hasLine && frame.Length == SioCommand.FrameBytes ? 2 : 4);
        _lines.Command = hasLine ? 0 : -1;
    }

    private void Say(byte[] bytes)
    {
        _atari!.Write(bytes);
        _atari.Poll();
    }

    // Each burst of bytes has the port look at the line so many times: when it comes, while it waits, and when it is over.
    private void SayAndRest(byte[] bytes, int looks)
    {
        long before = _lines.Looks;
        Say(bytes);
        Wait(() => _lines.Looks >= before + looks);
    }

    private byte[] Hear(int count)
    {
        byte[] heard = new byte[count];
        int got = 0;
        Wait(() => (got += _atari!.Read(heard.AsSpan(got))) == count);
        return heard;
    }

    private static void Wait(Func<bool> done) => Assert.True(SpinWait.SpinUntil(done, TimeSpan.FromSeconds(20)));

    private sealed class Lines : IControlLines
    {
        private long _looks;
        private volatile int _command = -1;
        private volatile bool _proceed;

        /// <summary>1 low, 0 high, -1 not connected.</summary>
        public int Command
        {
            get => _command;
            set => _command = value;
        }

        public long Looks => Interlocked.Read(ref _looks);

        public bool Proceed => _proceed;

        public bool? IsCommand
        {
            get
            {
                Interlocked.Increment(ref _looks);
                return _command < 0 ? null : _command == 1;
            }
        }

        public void SetProceed(bool low) => _proceed = low;
    }

    /// <summary>X starts a stream in which small letters come back as large ones.</summary>
    private sealed class Echo(SioChain chain, CoreContext context) : SioPeripheral, ISioStream
    {
        public const byte Id = 0x50;

        public override SioReception Accept(SioCommand command) => SioReception.Ack;

        public override ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
        {
            chain.Stream = this;
            chain.SetBaud!(9600);
            return new(SioResult.Complete);
        }

        public void OnBytes(ReadOnlyMemory<byte> bytes) =>
            chain.SendStream!(bytes.ToArray().Select(value => value is >= (byte)'a' and <= (byte)'z' ? (byte)(value - 32) : value).ToArray());

        public void OnCommand() => context.Post(
            _ =>
            {
                chain.Stream = null;
                chain.SetBaud!(SioChain.StandardBaud);
            },
            null);
    }
}
