using Attic.FujiNet.NetSio;

namespace Attic.FujiNet.Tests.NetSio;

/// <summary>What a net does to datagrams.</summary>
/// <param name="Loss">The part that is lost, 0 to 1, each way.</param>
/// <param name="Duplication">The part that comes twice, each way.</param>
/// <param name="Delay">The longest that a datagram to the emulator takes; different ones overtake each other.</param>
/// <param name="Stragglers">The part of those to the emulator that takes up to a second more, so that others belong to later commands by then.</param>
public sealed record NetFaults(double Loss, double Duplication, TimeSpan Delay, double Stragglers = 0);

/// <summary>
/// A net in memory between an emulator and a device, with a clock of its own: everything happens in one thread and in the same
/// order each time. While the emulator waits the device works and time passes.
/// </summary>
public sealed class LossyNet : TimeProvider
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(0.5);

    private readonly Queue<byte[]> _toDevice = new();
    private readonly PriorityQueue<byte[], (long Due, long Order)> _toEmulator = new();
    private readonly NetFaults _faults;
    private readonly Random _random;
    private long _order;
    private long _now;

    /// <param name="seed">What chance is made of.</param>
    /// <param name="faults">What happens to datagrams.</param>
    public LossyNet(int seed, NetFaults faults)
    {
        (_random, _faults) = (new Random(seed), faults);
        EmulatorEnd = new End("emulator", Receive, SendToDevice);
        DeviceEnd = new End("device", (buffer, _) => Take(_toDevice.TryDequeue(out byte[]? datagram) ? datagram : [], buffer), SendToEmulator);
    }

    private delegate int Receiver(Span<byte> buffer, TimeSpan limit);

    private delegate void Sender(ReadOnlySpan<byte> datagram);

    public IDatagramLink EmulatorEnd { get; }

    public IDatagramLink DeviceEnd { get; }

    /// <summary>Lets the device work off what has come.</summary>
    public Action Work { get; set; } = () => { };

    public long Sent { get; private set; }

    public long Lost { get; private set; }

    public long Repeated { get; private set; }

    public long Overtaken { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    private static int Take(byte[] datagram, Span<byte> buffer)
    {
        datagram.CopyTo(buffer);
        return datagram.Length;
    }

    private void SendToDevice(ReadOnlySpan<byte> datagram)
    {
        for (int copies = Copies(); copies > 0; copies--)
        {
            _toDevice.Enqueue(datagram.ToArray());
        }
    }

    private void SendToEmulator(ReadOnlySpan<byte> datagram)
    {
        for (int copies = Copies(); copies > 0; copies--)
        {
            bool straggles = _random.NextDouble() < _faults.Stragglers;
            long due = _now + (long)(_random.NextDouble() * (_faults.Delay.Ticks + (straggles ? TimeSpan.TicksPerSecond : 0)));
            Overtaken += _toEmulator.UnorderedItems.Any(other => other.Priority.Due > due) ? 1 : 0;
            _toEmulator.Enqueue(datagram.ToArray(), (due, _order++));
        }
    }

    private int Copies()
    {
        Sent++;
        if (_random.NextDouble() < _faults.Loss)
        {
            Lost++;
            return 0;
        }

        bool twice = _random.NextDouble() < _faults.Duplication;
        Repeated += twice ? 1 : 0;
        return twice ? 2 : 1;
    }

    private int Receive(Span<byte> buffer, TimeSpan limit)
    {
        long end = _now + limit.Ticks;
        while (true)
        {
            Work();
            if (_toEmulator.TryPeek(out _, out var first) && first.Due <= _now)
            {
                return Take(_toEmulator.Dequeue(), buffer);
            }

            // Time passes for a machine that only looks as well.
            _now += s_step.Ticks;
            if (_now >= end)
            {
                return 0;
            }
        }
    }

    private sealed class End(string name, Receiver receive, Sender send) : IDatagramLink
    {
        public string Name => name;

        public int Receive(Span<byte> buffer, TimeSpan limit) => receive(buffer, limit);

        public void Send(ReadOnlySpan<byte> datagram) => send(datagram);

        public void Dispose()
        {
            // Queues need no closing.
        }
    }
}
