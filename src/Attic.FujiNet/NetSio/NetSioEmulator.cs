using System.Buffers.Binary;

namespace Attic.FujiNet.NetSio;

/// <summary>What the emulator's end of NetSIO asks of its surroundings.</summary>
internal interface INetSioComputer
{
    /// <summary>Messages of the device that can be taken now.</summary>
    int Room { get; }

    /// <summary>Sends a datagram to the device.</summary>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Bytes for the computer.</summary>
    void OnBytes(ReadOnlySpan<byte> bytes);

    /// <summary>The device has said what it makes of a frame.</summary>
    /// <param name="answer">ACK, NAK, or 0 for silence.</param>
    /// <param name="writeBytes">Bytes that the computer sends next, with its checksum; 0 for none.</param>
    void OnAnswer(byte answer, int writeBytes);

    /// <summary>PROCEED or INTERRUPT has changed.</summary>
    void OnLine(NetSioMessage line);

    /// <summary>The device sends at another rate from now on.</summary>
    void OnSpeed(int baud);

    /// <summary>The device leaves the bus alone for a while.</summary>
    void OnIdle(int milliseconds);

    /// <summary>A device is there, or no longer.</summary>
    void OnConnected(bool connected);
}

/// <summary>
/// The emulator's end of NetSIO with one device: answers its greetings, grants it credit, numbers every message of the bus as a hub does,
/// and pairs the device's answers with the frames they belong to. It has no thread and no clock: whoever owns it waits.
/// </summary>
/// <remarks>
/// A device of ours numbers its messages as well when it is asked to (<see cref="NetSioMessage.NumberedRequest"/>): then lost, repeated
/// and swapped ones are noticed here, and the number in an answer to a frame tells which bytes belong to earlier frames. Others
/// do not know the question and go on as ever.
/// </remarks>
internal sealed class NetSioEmulator(INetSioComputer computer, bool asksForNumbers)
{
    private const int MostHeld = 64;
    private const int SyncBytes = 6;
    private readonly Dictionary<byte, byte[]> _held = [];
    private byte _sequence;
    private byte _next;
    private byte _sync;
    private byte[] _question = [];
    private bool _creditWanted;

    /// <summary>Whether a device is there.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Whether the device numbers its messages.</summary>
    public bool IsNumbered { get; private set; }

    /// <summary>Whether a frame waits for its answer.</summary>
    public bool IsWaiting => _question.Length > 0;

    /// <summary>Messages that came twice, too late, or while a frame waited for its answer.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes a datagram of the device.</summary>
    public void Receive(ReadOnlySpan<byte> datagram)
    {
        if (datagram.IsEmpty)
        {
            return;
        }

        switch ((NetSioMessage)datagram[0])
        {
            case NetSioMessage.PingRequest:
                computer.Send([(byte)NetSioMessage.PingResponse]);
                break;
            case NetSioMessage.DeviceConnected:
                Connect();
                break;
            case NetSioMessage.DeviceDisconnected:
                SetConnected(false);
                break;
            case NetSioMessage.AliveRequest:
                // One that was there before this end was.
                if (!IsConnected)
                {
                    Connect();
                }

                AskForNumbers();
                computer.Send([(byte)NetSioMessage.AliveResponse]);
                break;
            case NetSioMessage.CreditStatus:
                _creditWanted = true;
                GrantCredit();
                break;
            case NetSioMessage.NumberedResponse when datagram.Length >= 2 && !IsNumbered:
                (IsNumbered, _next) = (true, datagram[1]);
                break;
            default:
                if (IsConnected)
                {
                    OnBus(datagram);
                }

                break;
        }
    }

    /// <summary>Sends a message of the bus.</summary>
    public void Send(NetSioMessage message, params ReadOnlySpan<byte> parameters)
    {
        if (IsConnected)
        {
            computer.Send(Numbered(message, parameters));
        }
    }

    /// <summary>Says how fast the computer sends.</summary>
    public void SendSpeed(int baud)
    {
        Span<byte> rate = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(rate, baud);
        Send(NetSioMessage.SpeedChange, rate);
    }

    /// <summary>Sends the end of a frame, which the device answers: <see cref="IsWaiting"/> until then.</summary>
    public void Ask(NetSioMessage message, params ReadOnlySpan<byte> parameters)
    {
        if (IsConnected)
        {
            _question = Numbered(message, [.. parameters, ++_sync]);
            computer.Send(_question);
        }
    }

    /// <summary>Asks the same again, where the device is known to see that it is the same.</summary>
    public void AskAgain()
    {
        if (IsNumbered && IsWaiting)
        {
            computer.Send(_question);
        }
    }

    /// <summary>Waits no longer for an answer.</summary>
    public void GiveUp() => _question = [];

    /// <summary>Gives the device credit if it has asked for some and there is room.</summary>
    public void GrantCredit()
    {
        // As many as a hub has at most; a device may not know what to do with more.
        const int most = 3;
        int room = Math.Min(most, computer.Room);
        if (_creditWanted && room > 0)
        {
            _creditWanted = false;
            computer.Send([(byte)NetSioMessage.CreditUpdate, (byte)room]);
        }
    }

    private void Connect()
    {
        IsNumbered = false;
        _held.Clear();
        _creditWanted = true;
        SetConnected(true);
        GrantCredit();
        AskForNumbers();
    }

    private void AskForNumbers()
    {
        if (asksForNumbers && !IsNumbered)
        {
            computer.Send(Numbered(NetSioMessage.NumberedRequest, []));
        }
    }

    private void SetConnected(bool connected)
    {
        GiveUp();
        IsConnected = connected;
        computer.OnConnected(connected);
    }

    private byte[] Numbered(NetSioMessage message, ReadOnlySpan<byte> parameters) => [(byte)message, .. parameters, _sequence++];

    private void OnBus(ReadOnlySpan<byte> datagram)
    {
        var message = (NetSioMessage)datagram[0];
        if (message == NetSioMessage.SyncResponse)
        {
            if (datagram.Length >= SyncBytes)
            {
                OnSync(datagram);
            }
        }
        else if (!IsNumbered || datagram.Length == NetSioFormat.LengthOf(message))
        {
            if (IsWaiting && message is NetSioMessage.DataByte or NetSioMessage.DataBlock)
            {
                // Of a frame before: the device has not seen this one yet.
                Dropped++;
                return;
            }

            Deliver(datagram);
        }
        else if (datagram.Length > 1)
        {
            OnNumbered(datagram[^1], datagram[..^1]);
        }
    }

    private void OnNumbered(byte number, ReadOnlySpan<byte> message)
    {
        // Before the answer nobody knows whether it belongs to the frame that waits.
        if ((sbyte)(number - _next) < 0 || _held.Count == MostHeld || !_held.TryAdd(number, message.ToArray()))
        {
            Dropped++;
        }
        else if (!IsWaiting)
        {
            DeliverHeld();
        }
    }

    private void OnSync(ReadOnlySpan<byte> message)
    {
        if (!IsWaiting || message[1] != _sync)
        {
            Dropped++;
            return;
        }

        GiveUp();
        computer.OnAnswer(message[2] == 0 ? (byte)0 : message[3], BinaryPrimitives.ReadUInt16LittleEndian(message[4..]));
        if (IsNumbered && message.Length > SyncBytes)
        {
            _next = message[SyncBytes];
            foreach (byte number in _held.Keys.Where(number => (sbyte)(number - _next) < 0).ToArray())
            {
                _held.Remove(number);
                Dropped++;
            }
        }

        DeliverHeld();
    }

    private void DeliverHeld()
    {
        while (_held.Remove(_next, out byte[]? message))
        {
            _next++;
            Deliver(message);
        }
    }

    private void Deliver(ReadOnlySpan<byte> message)
    {
        switch ((NetSioMessage)message[0])
        {
            case NetSioMessage.DataByte when message.Length >= 2:
                computer.OnBytes(message.Slice(1, 1));
                break;
            case NetSioMessage.DataBlock:
                computer.OnBytes(message[1..]);
                break;
            case NetSioMessage.ProceedOff or NetSioMessage.ProceedOn or NetSioMessage.InterruptOff or NetSioMessage.InterruptOn:
                computer.OnLine((NetSioMessage)message[0]);
                break;
            case NetSioMessage.SpeedChange when message.Length >= 5:
                computer.OnSpeed(BinaryPrimitives.ReadInt32LittleEndian(message[1..]));
                break;
            case NetSioMessage.BusIdle when message.Length >= 3:
                computer.OnIdle(BinaryPrimitives.ReadUInt16LittleEndian(message[1..]));
                break;
            default:
                break;
        }
    }
}
