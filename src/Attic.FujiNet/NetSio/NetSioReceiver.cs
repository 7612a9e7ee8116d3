using Attic.Abi.AtariXl;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Sio;

namespace Attic.FujiNet.NetSio;

/// <summary>What a device's end of NetSIO asks of its surroundings.</summary>
internal interface INetSioHost
{
    /// <summary>Sends a message of the bus to the emulator, when there is credit.</summary>
    void Send(ReadOnlySpan<byte> message);

    /// <summary>Sends a message that needs no credit.</summary>
    void SendNow(ReadOnlySpan<byte> message);

    /// <summary>Says whether a command is taken.</summary>
    SioReception Accept(SioCommand command);

    /// <summary>Starts a command; the result comes by <see cref="NetSioReceiver.Finish"/>.</summary>
    void Execute(int transaction, SioCommand command, byte[] data);

    /// <summary>The computer was reset.</summary>
    void Reset(bool cold);

    /// <summary>The cassette's motor turns, or stops.</summary>
    void Motor(bool on);

    /// <summary>Bytes outside of any frame: a stream, or the host's side of one.</summary>
    void Stream(ReadOnlySpan<byte> bytes);
}

/// <summary>
/// The device's end of NetSIO: follows the emulator's messages, answers command frames at once, gathers writes, and sends
/// results. Messages of a hub carry a number, by which lost, repeated and swapped ones are noticed.
/// </summary>
internal sealed class NetSioReceiver(INetSioHost host)
{
    private const int MaxWrite = 4096;
    private const byte AcknowledgeType = 1;
    private readonly byte[] _frame = new byte[MaxWrite + 64];
    private int _length;
    private bool _command;
    private bool _damaged;
    private SioCommand _write;
    private int _writeBytes;
    private int _transaction;
    private int _lastNumber = -1;
    private bool _isNumbered;
    private byte _number;
    private byte[] _lastSync = [];

    /// <summary>Whether the motor turns.</summary>
    public bool MotorOn { get; private set; }

    /// <summary>Commands so far; a result of an older one is no longer wanted.</summary>
    public int Transaction => _transaction;

    /// <summary>Commands that were answered.</summary>
    public long Served { get; private set; }

    /// <summary>Forgets everything: the link is new.</summary>
    public void Restart()
    {
        _length = _writeBytes = 0;
        _command = _damaged = _isNumbered = false;
        _lastNumber = -1;
        _lastSync = [];
    }

    /// <summary>Takes a message that is part of the bus's traffic.</summary>
    public void OnMessage(ReadOnlySpan<byte> datagram)
    {
        var message = (NetSioMessage)datagram[0];
        if (message is NetSioMessage.NumberedRequest or NetSioMessage.ColdReset)
        {
            // An emulator that has just started counts anew.
            _lastNumber = -1;
        }

        if (!InOrder(message, datagram))
        {
            return;
        }

        switch (message)
        {
            case NetSioMessage.CommandOn:
                _command = true;
                (_length, _writeBytes, _damaged) = (0, 0, false);
                _lastSync = [];
                break;
            case NetSioMessage.CommandOff:
                _command = false;
                break;
            case NetSioMessage.CommandOffSync when datagram.Length >= 2:
                EndOfCommand(datagram[1]);
                break;
            case NetSioMessage.DataByte when datagram.Length >= 2:
                Append(datagram.Slice(1, 1));
                break;
            case NetSioMessage.DataBlock when datagram.Length >= 3:
                // The byte at the end is none of the bus's: a number, or FF.
                Append(datagram[1..^1]);
                break;
            case NetSioMessage.DataByteSync when datagram.Length >= 3:
                EndOfWrite(datagram[1], datagram[2]);
                break;
            case NetSioMessage.MotorOn or NetSioMessage.MotorOff:
                MotorOn = message == NetSioMessage.MotorOn;
                host.Motor(MotorOn);
                break;
            case NetSioMessage.WarmReset or NetSioMessage.ColdReset:
                _transaction++;
                host.Reset(message == NetSioMessage.ColdReset);
                break;
            case NetSioMessage.NumberedRequest:
                _isNumbered = true;
                host.SendNow([(byte)NetSioMessage.NumberedResponse, _number]);
                break;
            default:
                break;
        }
    }

    /// <summary>Sends the result of a command, unless the computer has started another one meanwhile.</summary>
    public void Finish(int transaction, SioResult result)
    {
        if (transaction != _transaction)
        {
            return;
        }

        Served++;
        var data = result.Data.Span;
        if (data.IsEmpty)
        {
            SendBytes([result.Answer]);
            return;
        }

        // Answer, data and checksum in one datagram where they fit: then none of them can overtake another.
        byte[] bytes = [result.Answer, .. data, FoldedChecksum.Of(data)];
        for (int at = 0; at < bytes.Length; at += NetSioFormat.MaxBlock)
        {
            SendBytes(bytes.AsSpan(at, Math.Min(NetSioFormat.MaxBlock, bytes.Length - at)));
        }
    }

    /// <summary>Sends bytes of the bus.</summary>
    public void SendBytes(ReadOnlySpan<byte> bytes)
    {
        Span<byte> message = stackalloc byte[NetSioFormat.MaxDatagram];
        message[0] = (byte)(bytes.Length == 1 ? NetSioMessage.DataByte : NetSioMessage.DataBlock);
        bytes.CopyTo(message[1..]);
        SendNumbered(message, 1 + bytes.Length);
    }

    /// <summary>Sets PROCEED.</summary>
    public void SetAttention(bool wanted)
    {
        Span<byte> message = stackalloc byte[2];
        message[0] = (byte)(wanted ? NetSioMessage.ProceedOn : NetSioMessage.ProceedOff);
        SendNumbered(message, 1);
    }

    private void SendNumbered(Span<byte> message, int length)
    {
        if (_isNumbered)
        {
            message[length++] = _number++;
        }

        host.Send(message[..length]);
    }

    private void EndOfCommand(byte sync)
    {
        _command = false;
        if (_lastSync.Length > 0 && _lastSync[1] == sync)
        {
            // The same again, by the net: the same answer, and nothing is done twice.
            host.Send(_lastSync);
            return;
        }

        bool understood = SioCommand.TryRead(_frame.AsSpan(0, _length), out var command) && !_damaged;
        var reception = understood ? host.Accept(command) : SioReception.Silent;
        _length = 0;
        Respond(sync, reception.Answer, reception.WriteBytes);
        if (reception.Answer != SioFrame.Ack)
        {
            return;
        }

        _transaction++;
        (_write, _writeBytes) = (command, reception.WriteBytes);
        if (reception.WriteBytes == 0)
        {
            host.Execute(_transaction, command, []);
        }
    }

    private void EndOfWrite(byte checksum, byte sync)
    {
        if (_lastSync.Length > 0 && _lastSync[1] == sync)
        {
            host.Send(_lastSync);
            return;
        }

        if (_writeBytes == 0)
        {
            Respond(sync, 0, 0);
            return;
        }

        bool whole = !_damaged && _length == _writeBytes && FoldedChecksum.Of(_frame.AsSpan(0, _length)) == checksum;
        byte[] data = whole ? _frame[.._length] : [];
        (_length, _writeBytes) = (0, 0);
        Respond(sync, whole ? SioFrame.Ack : SioFrame.Nak, 0);
        if (whole)
        {
            host.Execute(_transaction, _write, data);
        }
    }

    private void Respond(byte sync, byte answer, int writeBytes)
    {
        int size = writeBytes == 0 ? 0 : writeBytes + 1;
        byte type = answer == 0 ? (byte)0 : AcknowledgeType;
        _lastSync = [(byte)NetSioMessage.SyncResponse, sync, type, answer, (byte)size, (byte)(size >> 8)];
        if (_isNumbered)
        {
            // What has a number before this one belongs to earlier frames.
            _lastSync = [.. _lastSync, _number];
        }

        host.Send(_lastSync);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (!_command && _writeBytes == 0)
        {
            host.Stream(bytes);
        }
        else if (_length + bytes.Length <= _frame.Length)
        {
            bytes.CopyTo(_frame.AsSpan(_length));
            _length += bytes.Length;
        }
        else
        {
            _damaged = true;
        }
    }

    /// <summary>Looks at the number that a hub puts behind every message. Without one there is nothing to see, and messages count as in order.</summary>
    private bool InOrder(NetSioMessage message, ReadOnlySpan<byte> datagram)
    {
        int length = NetSioFormat.LengthOf(message);
        bool numbered = length > 0 && datagram.Length == length + 1;
        if (length > 0)
        {
            _lastNumber = numbered ? _lastNumber : -1;
        }

        if (!numbered && (length > 0 || _lastNumber < 0))
        {
            return true;
        }

        byte number = datagram[^1];
        sbyte ahead = (sbyte)(number - _lastNumber);
        if (_lastNumber >= 0 && ahead <= 0)
        {
            // Repeated, or overtaken by a later one, which has marked the frame as damaged.
            return message is NetSioMessage.CommandOffSync or NetSioMessage.DataByteSync && ahead == 0;
        }

        _damaged |= _lastNumber >= 0 && ahead > 1;
        _lastNumber = number;
        return true;
    }
}
