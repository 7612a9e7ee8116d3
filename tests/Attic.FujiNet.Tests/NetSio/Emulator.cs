using Attic.Abi.AtariXl;
using Attic.FujiNet.Core;
using Attic.FujiNet.NetSio;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Sio;

namespace Attic.FujiNet.Tests.NetSio;

/// <summary>An emulator's end of NetSIO, a device's end, and a device that stores what is written: all in one thread, datagrams in queues.</summary>
internal sealed class Emulator : IDisposable
{
    public const byte Device = 0x31;
    private readonly Queue<byte[]> _toDevice = new();
    private readonly Queue<byte[]> _toEmulator = new();
    private readonly CoreContext _context = new();
    private byte _sync;

    public Emulator()
    {
        Chain.Attach(Device, Store);
        Transport = new NetSioTransport(new Link(this), Chain, _context, ownThread: false);
        Exchange();
    }

    public SioChain Chain { get; } = new();

    public CoreContext Context => _context;

    public Store Store { get; } = new();

    public NetSioTransport Transport { get; }

    public List<byte[]> Received { get; } = [];

    /// <summary>Connects as atari800 does.</summary>
    public Emulator Connect()
    {
        Send(0xC3);
        Received.Clear();
        return this;
    }

    public void Send(params byte[] datagram)
    {
        _toDevice.Enqueue(datagram);
        Exchange();
    }

    /// <summary>Sends a command frame as atari800 does, and gives the answer to it.</summary>
    public byte[] Command(byte device, byte command, ushort aux = 0, byte wrong = 0)
    {
        Received.Clear();
        byte[] frame = FrameOf(device, command, aux);
        frame[4] ^= wrong;
        Send(0x11);
        Send([0x02, .. frame, 0xFF]);
        Send(0x18, ++_sync);
        return Received[0];
    }

    public static byte[] FrameOf(byte device, byte command, ushort aux = 0)
    {
        byte[] frame = [device, command, (byte)aux, (byte)(aux >> 8)];
        return [.. frame, SioFrame.Checksum(frame)];
    }

    /// <summary>Sends a data frame in blocks of 64 bytes.</summary>
    public byte[] Write(byte[] data, byte wrong = 0)
    {
        Received.Clear();
        foreach (byte[] block in data.Chunk(64))
        {
            Send([0x02, .. block, 0xFF]);
        }

        Send(0x09, (byte)(FoldedChecksum.Of(data) ^ wrong), ++_sync);
        return Received[0];
    }

    /// <summary>The bytes of the bus in what was received.</summary>
    public byte[] BusBytes() => [.. Received.Where(datagram => datagram[0] is 0x01 or 0x02).SelectMany(datagram => datagram[1..])];

    public void Exchange()
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        do
        {
            while (Transport.Pump(TimeSpan.Zero))
            {
                // Everything that was sent is taken.
            }

            _context.Drain();
        }
        while (_toDevice.Count > 0 || _context.HasWork);
        SynchronizationContext.SetSynchronizationContext(outer);
        while (_toEmulator.TryDequeue(out byte[]? datagram))
        {
            if (datagram[0] == 0xC6)
            {
                Send(0xC7, 3);
            }
            else
            {
                Received.Add(datagram);
            }
        }
    }

    public void Dispose() => Transport.Dispose();

    private sealed class Link(Emulator owner) : IDatagramLink
    {
        public string Name => "memory";

        public int Receive(Span<byte> buffer, TimeSpan limit)
        {
            if (!owner._toDevice.TryDequeue(out byte[]? datagram))
            {
                return 0;
            }

            datagram.CopyTo(buffer);
            return datagram.Length;
        }

        public void Send(ReadOnlySpan<byte> datagram) => owner._toEmulator.Enqueue(datagram.ToArray());

        public void Dispose()
        {
            // Queues need no closing.
        }
    }
}

/// <summary>R reads 128 bytes that W wrote; S has no data; F fails.</summary>
internal sealed class Store : SioPeripheral
{
    public byte[] Data { get; private set; } = new byte[128];

    public List<bool> Resets { get; } = [];

    public int Executed { get; private set; }

    public override SioReception Accept(SioCommand command) => command.Command switch
    {
        (byte)'R' or (byte)'S' or (byte)'F' => SioReception.Ack,
        (byte)'W' => SioReception.AckWrite(128),
        _ => SioReception.Nak,
    };

    public override ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        Executed++;
        switch (command.Command)
        {
            case (byte)'R': return new(SioResult.Read(Data));
            case (byte)'F': throw new InvalidOperationException("broken");
            case (byte)'W':
                Data = data.ToArray();
                break;
        }

        return new(SioResult.Complete);
    }

    public override void Reset(bool cold) => Resets.Add(cold);
}
