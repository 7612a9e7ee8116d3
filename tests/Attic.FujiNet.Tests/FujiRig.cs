using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Tests;

/// <summary>A core with memory channels, ticked by the test itself.</summary>
internal sealed class FujiRig : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly SlipDecoder _decoder = new();
    private readonly ManualResetEventSlim _woken = new();

    public FujiRig()
    {
        var wakeup = new Wakeup(_woken);
        var context = new CoreContext(wakeup);
        Shared = new IODeviceManager((where, fault) => Faults.Add($"{where}: {fault}"));
        var routing = new RoutingManager(Shared, (where, fault) => Faults.Add($"{where}: {fault}"));
        Core = new FujinetCore(new IOService(routing), routing, new EventHub(), context);
        Host = Connect();
    }

    public FujinetCore Core { get; }

    public IODeviceManager Shared { get; }

    /// <summary>The host's end of the first transport.</summary>
    public MemoryChannel Host { get; }

    public List<string> Faults { get; } = [];

    /// <summary>Adds a transport.</summary>
    /// <returns>The host's end of it.</returns>
    public MemoryChannel Connect()
    {
        var (device, host) = MemoryChannel.CreatePair("test", new Wakeup(_woken));
        Core.IO.Add(new FujiBusTransport(device));
        return host;
    }

    /// <summary>Ticks until something is true.</summary>
    public void TickUntil(Func<bool> done)
    {
        long start = Environment.TickCount64;
        while (!done())
        {
            _woken.Reset();
            if (!Core.Tick() && !done())
            {
                _woken.Wait(5);
            }

            Assert.True(Environment.TickCount64 - start < s_patience.TotalMilliseconds, "It never came. " + string.Join('\n', Faults));
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <returns>The status and the payload.</returns>
    public (IOStatus Status, byte[] Payload) Call(byte device, byte command, byte[] payload, MemoryChannel? host = null)
    {
        Send(device, command, payload, host);
        return Receive(device, command, host);
    }

    public void Send(byte device, byte command, byte[] payload, MemoryChannel? host = null)
    {
        byte[] packet = new byte[FujiBusPacket.HeaderBytes + payload.Length];
        FujiBusPacket.Write(device, command, [], payload, packet);
        byte[] wire = new byte[Slip.MaxEncodedLength(packet.Length)];
        (host ?? Host).Write(wire.AsSpan(0, Slip.Encode(packet, wire)));
    }

    public (IOStatus Status, byte[] Payload) Receive(byte device, byte command, MemoryChannel? host = null)
    {
        byte[] packet = ReceivePacket(host ?? Host);
        Assert.Equal(FujiBusFault.None, FujiBusPacket.Read(packet, out var answer));
        Assert.Equal((device, command), (answer.Device, answer.Command));
        Assert.Equal(1, answer.Parameters.Count);
        return ((IOStatus)packet[6], answer.Payload.ToArray());
    }

    public void Dispose()
    {
        Core.Dispose();
        _woken.Dispose();
    }

    private byte[] ReceivePacket(MemoryChannel host)
    {
        byte[]? found = null;
        byte[] one = new byte[1];
        TickUntil(() =>
        {
            while (found is null && host.Read(one) > 0)
            {
                ReadOnlySpan<byte> rest = one;
                if (_decoder.TryRead(ref rest, out ReadOnlySpan<byte> frame))
                {
                    found = frame.ToArray();
                }
            }

            return found is not null;
        });
        return found!;
    }

    private sealed class Wakeup(ManualResetEventSlim woken) : IWakeup
    {
        public void Wake() => woken.Set();
    }
}
