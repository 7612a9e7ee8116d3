using System.Collections.Concurrent;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Sio.Serial;

/// <summary>
/// A chain of devices on a cable: a thread of its own listens for command frames and keeps the bus's times, the core's thread does the work.
/// A computer that gives a command up and sends another is served the other.
/// </summary>
/// <remarks>
/// Times: Atari Operating System User's Manual, chapter 9: an ACK follows COMMAND's rise within 16 ms, and a data frame not before
/// 850 µs (T4); COMPLETE follows ACK not before 250 µs (T5).
/// </remarks>
public sealed class SioSerialTransport : ITransport
{
    private const int FailuresUntilOtherRate = 2;
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_busy = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_gap = TimeSpan.FromMilliseconds(3);

    // An adapter on USB hands over what it has every 16 ms at worst.
    private static readonly TimeSpan s_adapter = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_dataLimit = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_release = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_beforeAck = TimeSpan.FromMicroseconds(300);
    private static readonly TimeSpan s_beforeDataAck = TimeSpan.FromMicroseconds(1000);
    private static readonly TimeSpan s_beforeComplete = TimeSpan.FromMicroseconds(300);

    private readonly ConcurrentQueue<Action> _orders = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly byte[] _buffer = new byte[1024];
    private readonly byte[] _data = new byte[SioChain.MostWriteBytes + 1];
    private readonly byte[] _frame = new byte[SioCommand.FrameBytes];
    private readonly ISioLine _line;
    private readonly SioChain _chain;
    private readonly CoreContext _context;
    private readonly int _highBaud;
    private readonly Thread? _thread;
    private int _length;
    private bool _overrun;
    private int _failures;
    private int _nextBaud;
    private int _baud = SioChain.StandardBaud;
    private volatile int _transaction;
    private volatile bool _working;
    private long _served;

    /// <summary>A transport; chain and line belong to it from then on.</summary>
    /// <param name="line">The cable.</param>
    /// <param name="chain">The devices.</param>
    /// <param name="context">Brings commands onto the core's thread.</param>
    /// <param name="highBaud">The rate to which command frames that cannot be read lead, and back; 0 for none.</param>
    /// <param name="ownThread">Whether it listens by itself; else <see cref="Pump"/> is called.</param>
    public SioSerialTransport(ISioLine line, SioChain chain, CoreContext context, int highBaud = 0, bool ownThread = true)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(chain);
        (_line, _chain, _context, _highBaud) = (line, chain, context, highBaud);
        _line.SetBaud(_baud);
        _chain.AttentionChanged = wanted => Order(() => _line.SetProceed(wanted));
        _chain.SendStream = bytes => Order(() => _line.Write(bytes.Span));
        _chain.SetBaud = baud => Order(() => ChangeBaud(baud));
        if (ownThread)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = _line.Name, Priority = ThreadPriority.AboveNormal };
            _thread.Start();
        }
    }

    /// <inheritdoc />
    public string Name => _line.Name;

    /// <inheritdoc />
    public bool IsClosed { get; private set; }

    /// <summary>Commands that were answered.</summary>
    public long Served => Interlocked.Read(ref _served);

    /// <summary>Bits per second at present.</summary>
    public int Baud => Volatile.Read(ref _baud);

    /// <summary>What <see cref="Baud"/> is for AUDF3 of an Atari: its clock by 2 × (divisor + 7), between NTSC's and PAL's.</summary>
    /// <param name="index">The divisor that drives offer as their high-speed index.</param>
    public static int BaudOf(int index)
    {
        const double ntsc = 1_789_772.5;
        const double pal = 1_773_447;
        return (int)Math.Round((ntsc + pal) / 2 / (2 * (index + 7)));
    }

    /// <inheritdoc />
    public void Poll()
    {
        // Its own thread listens, the context executes.
    }

    /// <inheritdoc />
    public bool Receive(IORequest request) => false;

    /// <inheritdoc />
    public void Send(in IOResponse response) => throw new InvalidOperationException("The serial bus makes no requests of the FujiBus.");

    /// <inheritdoc />
    public void Interest(ReadinessSet set, bool wantRequests)
    {
        // The context wakes the core.
    }

    /// <summary>Does what is due, and takes what comes.</summary>
    /// <returns>Whether anything came or was done.</returns>
    /// <exception cref="IOException">The port is gone.</exception>
    public bool Pump()
    {
        bool did = false;
        while (_orders.TryDequeue(out var order))
        {
            order();
            did = true;
        }

        if (_chain.Stream is { } stream && _line.IsCommand == true)
        {
            // At a stream's rate the frame itself may not be readable; the next try is.
            stream.OnCommand();
        }

        bool hurries = _working || _chain.Stream is not null;
        int count = _line.Read(_buffer, _length > 0 ? _line.IsCommand == true ? s_adapter : s_gap : hurries ? s_busy : s_idle);
        if (count == 0)
        {
            EndBurst();
            return did;
        }

        Take(_buffer.AsSpan(0, count));
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        _chain.AttentionChanged = null;
        _chain.SendStream = null;
        _chain.SetBaud = null;
        _line.Dispose();
        _chain.Dispose();
        _stop.Dispose();
        _turn.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                Pump();
            }
        }
        catch (IOException)
        {
            // The adapter was pulled out; the core takes the transport away.
            IsClosed = true;
        }
    }

    private void Order(Action order) => _orders.Enqueue(order);

    /// <summary>The answer to the command that asked for it goes out before.</summary>
    private void ChangeBaud(int baud)
    {
        if (_working)
        {
            _nextBaud = baud;
        }
        else
        {
            SetBaud(baud);
        }
    }

    private void SetBaud(int baud)
    {
        Volatile.Write(ref _baud, baud);
        _line.SetBaud(baud);
    }

    /// <summary>
    /// With a COMMAND line the bytes that come while it is low are a command frame, and all others are a stream's, or another device's. Without
    /// one a frame is what comes as exactly five bytes with the right checksum between two pauses.
    /// </summary>
    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (_line.IsCommand == false && _length == 0)
        {
            // An adapter that is slow hands a frame over when COMMAND is up again.
            bool isLate = _chain.Stream is null && SioCommand.TryRead(bytes, out _);
            if (!isLate)
            {
                Stream(bytes);
                return;
            }
        }

        int fits = Math.Min(bytes.Length, SioCommand.FrameBytes - _length);
        bytes[..fits].CopyTo(_frame.AsSpan(_length));
        _length += fits;
        bool tooLong = fits < bytes.Length;
        if (_line.IsCommand is null)
        {
            // Whether it ends here the pause will tell.
            if (tooLong && !_overrun)
            {
                Stream(_frame.AsSpan(0, _length - fits));
            }

            _overrun |= tooLong;
            if (_overrun)
            {
                Stream(bytes);
            }
        }
        else if (_length == SioCommand.FrameBytes)
        {
            TakeFrame(tooLong);
        }
    }

    private void Stream(ReadOnlySpan<byte> bytes)
    {
        if (_chain.Stream is null || bytes.IsEmpty)
        {
            return;
        }

        byte[] kept = bytes.ToArray();
        _context.Post(_ => _chain.Stream?.OnBytes(kept), null);
    }

    /// <summary>Nothing came for a while.</summary>
    private void EndBurst()
    {
        if (_length == 0)
        {
            return;
        }

        if (_line.IsCommand is null && (_overrun || !SioCommand.TryRead(_frame.AsSpan(0, _length), out _)))
        {
            // Data of another device, a stream, or a frame that cannot be read, which only its length shows.
            bool isFrame = !_overrun && _length == SioCommand.FrameBytes && _chain.Stream is null;
            if (!_overrun)
            {
                Stream(_frame.AsSpan(0, _length));
            }

            (_length, _overrun) = (0, false);
            if (isFrame)
            {
                TryOtherRate();
            }

            return;
        }

        TakeFrame(damaged: _length != SioCommand.FrameBytes);
    }

    private void TakeFrame(bool damaged)
    {
        int length = _length;
        (_length, _overrun) = (0, false);
        _transaction++;
        (_working, _nextBaud) = (false, 0);
        if (damaged || !SioCommand.TryRead(_frame.AsSpan(0, length), out var command))
        {
            TryOtherRate();
            return;
        }

        _failures = 0;
        var reception = _chain.Accept(command);
        if (reception.Answer == 0)
        {
            return;
        }

        AwaitRelease();
        _line.Pause(s_beforeAck);
        _line.Write([reception.Answer]);
        if (reception.Answer != SioFrame.Ack)
        {
            return;
        }

        byte[] data = [];
        if (reception.WriteBytes > 0)
        {
            if (!TryReceive(reception.WriteBytes, out data))
            {
                return;
            }

            _line.Pause(s_beforeComplete);
        }

        Execute(_transaction, command, data);
    }

    /// <summary>A computer that speaks at another rate is not understood: after two such frames the other rate is tried.</summary>
    private void TryOtherRate()
    {
        if (_highBaud > 0 && _chain.Stream is null && ++_failures >= FailuresUntilOtherRate)
        {
            _failures = 0;
            SetBaud(_baud == _highBaud ? SioChain.StandardBaud : _highBaud);
        }
    }

    private void AwaitRelease()
    {
        var step = TimeSpan.FromMicroseconds(100);
        for (var waited = TimeSpan.Zero; _line.IsCommand == true && waited < s_release; waited += step)
        {
            _line.Pause(step);
        }
    }

    /// <summary>Takes a data frame with its checksum and answers it.</summary>
    /// <returns>Whether it came whole.</returns>
    private bool TryReceive(int bytes, out byte[] data)
    {
        int got = 0;
        while (got <= bytes)
        {
            int count = _line.Read(_data.AsSpan(got, bytes + 1 - got), s_dataLimit);
            if (count == 0)
            {
                // The computer has given up.
                data = [];
                return false;
            }

            got += count;
        }

        bool whole = FoldedChecksum.Of(_data.AsSpan(0, bytes)) == _data[bytes];
        data = _data[..bytes];
        _line.Pause(s_beforeDataAck);
        _line.Write([whole ? SioFrame.Ack : SioFrame.Nak]);
        return whole;
    }

    private void Execute(int transaction, SioCommand command, byte[] data)
    {
        _working = true;
        _context.Post(_ => _ = ExecuteAsync(transaction, command, data), null);
    }

    private async Task ExecuteAsync(int transaction, SioCommand command, byte[] data)
    {
        await _turn.WaitAsync();
        try
        {
            if (transaction == _transaction)
            {
                var result = await _chain.ExecuteAsync(command, data);
                Order(() => Finish(transaction, result));
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Finish(int transaction, SioResult result)
    {
        if (transaction != _transaction)
        {
            return;
        }

        Interlocked.Increment(ref _served);
        var data = result.Data.Span;
        _line.Pause(s_beforeComplete);
        _line.Write(data.IsEmpty ? [result.Answer] : [result.Answer, .. data, FoldedChecksum.Of(data)]);
        _working = false;
        if (_nextBaud > 0)
        {
            SetBaud(_nextBaud);
            _nextBaud = 0;
        }
    }
}
