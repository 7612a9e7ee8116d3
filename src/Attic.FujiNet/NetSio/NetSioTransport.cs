using System.Buffers.Binary;
using System.Collections.Concurrent;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Core;
using Attic.FujiNet.Sio;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.NetSio;

/// <summary>
/// A FujiNet for an emulator that speaks NetSIO: it greets the emulator, stays in touch, and serves the devices of a chain.
/// Datagrams are received on a thread of its own, which acknowledges frames at once; the work is done on the core's thread.
/// </summary>
public sealed class NetSioTransport : ITransport, INetSioHost
{
    private static readonly TimeSpan s_ping = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_pingAtRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_alive = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lost = TimeSpan.FromSeconds(5);
    private readonly IDatagramLink _link;
    private readonly SioChain _chain;
    private readonly CoreContext _context;
    private readonly NetSioReceiver _receiver;
    private readonly Lock _lock = new();
    private readonly Thread? _thread;
    private readonly CancellationTokenSource _stop = new();
    private Task _lastWork = Task.CompletedTask;
    private readonly NetSioCredit _credit;
    private readonly TimeProvider _time;
    private readonly byte[] _datagram = new byte[NetSioFormat.MaxDatagram];
    private bool _connected;
    private int _pings;
    private long _nextSend;
    private long _lastHeard;

    /// <summary>A transport over a link, which belongs to it from then on, as the chain does.</summary>
    /// <param name="link">Datagrams to the emulator.</param>
    /// <param name="chain">The devices.</param>
    /// <param name="context">Brings commands onto the core's thread.</param>
    /// <param name="ownThread">Whether a thread receives; otherwise <see cref="Pump"/> is called.</param>
    /// <param name="time">When pings and the like are due.</param>
    public NetSioTransport(IDatagramLink link, SioChain chain, CoreContext context, bool ownThread = true, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(chain);
        (_link, _chain, _context) = (link, chain, context);
        _time = time ?? TimeProvider.System;
        _credit = new NetSioCredit(link, _time);
        _receiver = new NetSioReceiver(this);
        _chain.AttentionChanged = OnAttention;
        _chain.SendStream = SendStream;
        _chain.SetBaud = SetBaud;
        _chain.SetMotor(on: false);
        if (ownThread)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = link.Name };
            _thread.Start();
        }
    }

    /// <summary>Told when the emulator is there, or no longer.</summary>
    public Action<bool>? ConnectedChanged { get; set; }

    /// <inheritdoc />
    public string Name => _link.Name;

    /// <inheritdoc />
    public bool IsClosed => _link.IsClosed;

    /// <summary>Whether an emulator answers.</summary>
    public bool IsConnected => Volatile.Read(ref _connected);

    /// <summary>Commands that were answered.</summary>
    public long Served => _receiver.Served;

    /// <inheritdoc />
    public void Poll()
    {
        // The thread receives, the context executes.
    }

    /// <inheritdoc />
    public bool Receive(IORequest request) => false;

    /// <inheritdoc />
    public void Send(in IOResponse response) => throw new InvalidOperationException("NetSIO makes no requests of the FujiBus.");

    /// <inheritdoc />
    public void Interest(ReadinessSet set, bool wantRequests)
    {
        // The context wakes the core.
    }

    /// <summary>Does what is due: greet, keep in touch, take what has come.</summary>
    /// <param name="limit">How long to wait for a datagram.</param>
    /// <returns>Whether one came.</returns>
    public bool Pump(TimeSpan limit)
    {
        KeepInTouch(_time.GetTimestamp());
        int length = _link.Receive(_datagram, _credit.Limit(limit));
        lock (_lock)
        {
            if (length > 0)
            {
                OnDatagram(_datagram.AsSpan(0, length));
            }

            _credit.Poll();
        }

        return length > 0;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        if (_connected)
        {
            _link.Send([(byte)NetSioMessage.DeviceDisconnected]);
        }

        _chain.AttentionChanged = null;
        _chain.SendStream = null;
        _chain.SetBaud = null;
        _link.Dispose();
        _chain.Dispose();
        _stop.Dispose();
    }

    void INetSioHost.Send(ReadOnlySpan<byte> message) => _credit.Send(message);

    void INetSioHost.SendNow(ReadOnlySpan<byte> message) => _link.Send(message);

    SioReception INetSioHost.Accept(SioCommand command) => _chain.Accept(command);

    void INetSioHost.Execute(int transaction, SioCommand command, byte[] data) =>
        _context.Post(_ => _ = ExecuteAsync(transaction, command, data), null);

    void INetSioHost.Reset(bool cold) => _context.Post(_ => _chain.Reset(cold), null);

    void INetSioHost.Motor(bool on) => _context.Post(_ => _chain.SetMotor(on), null);

    void INetSioHost.Stream(ReadOnlySpan<byte> bytes)
    {
        byte[] kept = bytes.ToArray();
        _context.Post(_ => _chain.Stream?.OnBytes(kept), null);
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    private void Run()
    {
        while (!_stop.IsCancellationRequested && !_link.IsClosed)
        {
            Pump(s_ping);
        }
    }

    private void KeepInTouch(long now)
    {
        if (_connected && now - _lastHeard > Ticks(s_lost))
        {
            SetConnected(false);
        }

        if (now < _nextSend)
        {
            return;
        }

        _link.Send([(byte)(_connected ? NetSioMessage.AliveRequest : NetSioMessage.PingRequest)]);
        _pings++;
        _nextSend = now + Ticks(_connected ? s_alive : _pings <= 3 ? s_ping : s_pingAtRest);
    }

    private void OnDatagram(ReadOnlySpan<byte> datagram)
    {
        _lastHeard = _time.GetTimestamp();
        switch ((NetSioMessage)datagram[0])
        {
            case NetSioMessage.PingResponse:
                Greet();
                break;
            case NetSioMessage.PingRequest:
                _link.Send([(byte)NetSioMessage.PingResponse]);
                break;
            case NetSioMessage.AliveRequest:
                _link.Send([(byte)NetSioMessage.AliveResponse]);
                break;
            case NetSioMessage.AliveResponse:
                break;
            case NetSioMessage.CreditUpdate when datagram.Length >= 2:
                _credit.Grant(datagram[1]);
                break;
            default:
                _receiver.OnMessage(datagram);
                break;
        }
    }

    private void Greet()
    {
        if (_connected)
        {
            return;
        }

        _receiver.Restart();
        _credit.Restart();
        _link.Send([(byte)NetSioMessage.DeviceConnected]);
        SetBaud(NetSioFormat.StandardBaud);
        SetConnected(true);
    }

    private void SetBaud(int baud)
    {
        Span<byte> speed = [(byte)NetSioMessage.SpeedChange, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(speed[1..], baud);
        lock (_lock)
        {
            // Not before what was sent at the rate until now.
            _credit.Send(speed);
        }
    }

    private void SendStream(ReadOnlyMemory<byte> bytes)
    {
        lock (_lock)
        {
            for (; bytes.Length > 0; bytes = bytes[Math.Min(bytes.Length, NetSioFormat.MaxBlock)..])
            {
                _receiver.SendBytes(bytes.Span[..Math.Min(bytes.Length, NetSioFormat.MaxBlock)]);
            }
        }
    }

    private void SetConnected(bool connected)
    {
        Volatile.Write(ref _connected, connected);
        _pings = 0;
        _nextSend = 0;
        ConnectedChanged?.Invoke(connected);
    }

    /// <summary>Carries a command out and sends its result. One that comes while another is under way waits for it, unless the computer gave it up.</summary>
    private async Task ExecuteAsync(int transaction, SioCommand command, byte[] data)
    {
        var before = _lastWork;
        var done = new TaskCompletionSource();
        _lastWork = done.Task;
        await before;
        try
        {
            if (transaction == _receiver.Transaction)
            {
                var result = await _chain.ExecuteAsync(command, data);
                lock (_lock)
                {
                    _receiver.Finish(transaction, result);
                }
            }
        }
        finally
        {
            done.SetResult();
        }
    }

    private void OnAttention(bool wanted)
    {
        lock (_lock)
        {
            if (_connected)
            {
                _receiver.SetAttention(wanted);
            }
        }
    }
}
