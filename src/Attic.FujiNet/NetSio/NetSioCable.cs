using Attic.Abi.AtariXl;

namespace Attic.FujiNet.NetSio;

/// <summary>
/// A cable from our own XL to a FujiNet elsewhere: the emulator's end of NetSIO at the machine's serial socket. The machine stands still
/// while a FujiNet says whether it takes a frame, as the protocol has it. Everything happens on the machine's thread.
/// </summary>
public sealed class NetSioCable : ISioCable, INetSioComputer, IDisposable
{
    private const int BlockBytes = 64;
    private const int AckDelay = 200;

    // "Serial I/O Interface User's Handbook": at least 850 µs between a data frame and its acknowledgement.
    private const int DataAckDelay = 1_000;
    private const int AnswerDelay = 300;
    private const int BitsOfByte = 10;
    private const int LookEvery = 1_000;
    private const int SlowestBaud = 300;
    private const int FastestBaud = 130_000;
    private const int MostWaiting = 64 * 1024;

    /// <summary>How long the machine stands still for an answer to a frame, as the public hub has it.</summary>
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_askAgain = TimeSpan.FromMilliseconds(30);

    /// <summary>How long a machine that does not keep real time stands still for what a command brings: as long as disk drives have.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(7);

    private readonly IDatagramLink _link;
    private readonly NetSioEmulator _emulator;
    private readonly TimeProvider _time;
    private readonly bool _isPaced;
    private readonly byte[] _datagram = new byte[NetSioFormat.MaxDatagram];
    private readonly Queue<byte> _toComputer = new();
    private readonly List<byte> _block = [];
    private bool _isCommand;
    private bool _isDeaf = true;
    private bool _isOwed;
    private bool _ackWaits;
    private long _owedSince;
    private int _writeLeft;
    private int _computerBaud = NetSioFormat.StandardBaud;
    private int _deviceBaud = NetSioFormat.StandardBaud;
    private long _notBefore;
    private long _nextLook;
    private byte _answer;

    /// <summary>A cable over a link, which belongs to it from then on.</summary>
    /// <param name="link">Datagrams to and from a FujiNet.</param>
    /// <param name="isPaced">Whether the machine keeps real time; one that does not stands still until a command has brought something.</param>
    /// <param name="time">Measures the waits.</param>
    public NetSioCable(IDatagramLink link, bool isPaced, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(link);
        (_link, _isPaced, _time) = (link, isPaced, time ?? TimeProvider.System);
        _emulator = new NetSioEmulator(this, asksForNumbers: true);
    }

    /// <summary>Whether a FujiNet is there.</summary>
    public bool IsConnected => _emulator.IsConnected;

    /// <summary>Whether the FujiNet numbers its messages, so that lost, repeated and swapped ones are noticed.</summary>
    public bool IsNumbered => _emulator.IsNumbered;

    /// <summary>Frames that a FujiNet answered.</summary>
    public long Answered { get; private set; }

    /// <summary>Frames that nobody answered in time.</summary>
    public long Unanswered { get; private set; }

    /// <summary>Messages of the FujiNet that came twice or too late.</summary>
    public long Dropped => _emulator.Dropped;

    /// <inheritdoc/>
    public bool Proceed { get; private set; }

    /// <inheritdoc/>
    public bool Interrupt { get; private set; }

    int INetSioComputer.Room => _toComputer.Count < MostWaiting / 2 ? 3 : 0;

    /// <summary>Waits until a FujiNet is there.</summary>
    /// <returns>Whether one is.</returns>
    public bool WaitForDevice(TimeSpan limit)
    {
        long start = _time.GetTimestamp();
        while (!IsConnected && Left(start, limit) is { Ticks: > 0 } left)
        {
            Receive(left);
        }

        return IsConnected;
    }

    /// <inheritdoc/>
    public void CommandChanged(bool low, long at)
    {
        Drain();
        if (low == _isCommand)
        {
            return;
        }

        _isCommand = low;
        if (low)
        {
            (_isDeaf, _isOwed, _ackWaits, _writeLeft) = (true, false, false, 0);
            _toComputer.Clear();
            _block.Clear();
            _emulator.Send(NetSioMessage.CommandOn);
        }
        else if (_block.Count != SioCommand.FrameBytes)
        {
            _emulator.Send(NetSioMessage.CommandOff);
        }
        else
        {
            SendBlock();
            Ask(NetSioMessage.CommandOffSync, [], at + AckDelay);
        }
    }

    /// <inheritdoc/>
    public void MotorChanged(bool on, long at) => _emulator.Send(on ? NetSioMessage.MotorOn : NetSioMessage.MotorOff);

    /// <inheritdoc/>
    public void ByteSent(byte value, int baud, long at)
    {
        TellSpeed(baud);
        if (_isCommand)
        {
            // A sixth byte makes the frame none.
            if (_block.Count <= SioCommand.FrameBytes)
            {
                _block.Add(value);
            }
        }
        else if (_writeLeft == 0)
        {
            _emulator.Send(NetSioMessage.DataByte, value);
        }
        else if (--_writeLeft == 0)
        {
            SendBlock();
            Ask(NetSioMessage.DataByteSync, [value], at + DataAckDelay);
        }
        else
        {
            _block.Add(value);
            if (_block.Count == BlockBytes)
            {
                SendBlock();
            }
        }
    }

    /// <inheritdoc/>
    public bool TryTake(long at, out SioCableByte next)
    {
        next = default;
        if (_toComputer.Count == 0)
        {
            Look(at);
        }

        if (at < _notBefore || !_toComputer.TryDequeue(out byte value))
        {
            return false;
        }

        if (_ackWaits)
        {
            _ackWaits = false;
            _notBefore = at + (BitsOfByte * 1_000_000L / _deviceBaud) + AnswerDelay;
        }

        _emulator.GrantCredit();
        next = new(value, _deviceBaud);
        return true;
    }

    /// <inheritdoc/>
    public void Reset(bool cold)
    {
        (_isCommand, _isDeaf, _isOwed, _ackWaits, _writeLeft) = (false, true, false, false, 0);
        _toComputer.Clear();
        _block.Clear();
        _notBefore = _nextLook = 0;
        _emulator.Send(cold ? NetSioMessage.ColdReset : NetSioMessage.WarmReset);
    }

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();

    void INetSioComputer.Send(ReadOnlySpan<byte> datagram) => _link.Send(datagram);

    void INetSioComputer.OnBytes(ReadOnlySpan<byte> bytes)
    {
        // What comes of a frame that is over, or was never answered, is for nobody.
        if (_isDeaf || _toComputer.Count + bytes.Length > MostWaiting)
        {
            return;
        }

        _isOwed = false;
        foreach (byte value in bytes)
        {
            _toComputer.Enqueue(value);
        }
    }

    void INetSioComputer.OnAnswer(byte answer, int writeBytes)
    {
        _answer = answer;
        if (answer == 0)
        {
            return;
        }

        _toComputer.Enqueue(answer);
        (_isDeaf, _ackWaits, _writeLeft) = (false, true, answer == SioFrame.Ack ? writeBytes : 0);
        (_isOwed, _owedSince) = (answer == SioFrame.Ack && writeBytes == 0, _time.GetTimestamp());
    }

    void INetSioComputer.OnLine(NetSioMessage line)
    {
        switch (line)
        {
            case NetSioMessage.ProceedOff or NetSioMessage.ProceedOn:
                Proceed = line == NetSioMessage.ProceedOn;
                break;
            default:
                Interrupt = line == NetSioMessage.InterruptOn;
                break;
        }
    }

    void INetSioComputer.OnSpeed(int baud) => _deviceBaud = Math.Clamp(baud, SlowestBaud, FastestBaud);

    // Nothing follows too soon here anyway.
    void INetSioComputer.OnIdle(int milliseconds) => _notBefore += milliseconds;

    void INetSioComputer.OnConnected(bool connected)
    {
        (_isOwed, _isDeaf, _writeLeft, Proceed, Interrupt) = (false, true, 0, false, false);
        (_computerBaud, _deviceBaud) = (NetSioFormat.StandardBaud, NetSioFormat.StandardBaud);
    }

    private void SendBlock()
    {
        if (_block.Count > 0)
        {
            _emulator.Send(NetSioMessage.DataBlock, _block.ToArray());
            _block.Clear();
        }
    }

    // Asks what becomes of a frame, and lets the machine stand still until that is known.
    private void Ask(NetSioMessage message, ReadOnlySpan<byte> parameters, long notBefore)
    {
        _answer = 0;
        _notBefore = notBefore;
        _emulator.Ask(message, parameters);
        long start = _time.GetTimestamp();
        var again = s_askAgain;
        while (_emulator.IsWaiting && Left(start, s_answerLimit) is { Ticks: > 0 } left)
        {
            var untilAgain = Left(start, again);
            if (untilAgain <= TimeSpan.Zero)
            {
                again += s_askAgain;
                _emulator.AskAgain();
                continue;
            }

            Receive(untilAgain < left ? untilAgain : left);
        }

        if (_emulator.IsWaiting)
        {
            _emulator.GiveUp();
            Unanswered++;
        }
        else
        {
            Answered += _answer == 0 ? 0 : 1;
        }
    }

    private void Look(long at)
    {
        if (_isOwed && !_isPaced)
        {
            while (_isOwed && Left(_owedSince, s_patience) is { Ticks: > 0 } left)
            {
                Receive(left);
            }

            // What has not come by now may come, but the machine goes on.
            _isOwed = false;
        }
        else if (at >= _nextLook || _isOwed)
        {
            _nextLook = at + LookEvery;
            Drain();
        }
    }

    private void Drain()
    {
        while (Receive(TimeSpan.Zero))
        {
            // Everything that has come.
        }
    }

    private bool Receive(TimeSpan limit)
    {
        int length = _link.Receive(_datagram, limit);
        _emulator.Receive(_datagram.AsSpan(0, length));
        return length > 0;
    }

    private TimeSpan Left(long start, TimeSpan limit) => limit - _time.GetElapsedTime(start);

    // Devices listen at the rate that they are told; a difference that no receiver notices is none.
    private void TellSpeed(int baud)
    {
        if (Math.Abs(baud - _computerBaud) * 20 > _computerBaud)
        {
            _computerBaud = baud;
            _emulator.SendSpeed(baud);
        }
    }
}
