using Attic.Abi.AtariXl;

namespace Attic.FujiNet.NetSio.Hub;

/// <summary>
/// One emulator at the hub: what its custom device's script says becomes messages of NetSIO, and the device's messages become events
/// for the script. The emulation stands still while it waits for the answer to a frame; it has one within a tenth of a second in any case.
/// </summary>
internal sealed class HubClient : INetSioComputer
{
    private const byte Version = 2;
    private const int FirstProbe = 0x7F000001;
    private const int MostWaiting = 8;
    private const int SyncAnswer = 0x81;

    private static readonly TimeSpan s_answerLimit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_readyLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly CustomDeviceStream _stream;
    private readonly NetSioEmulator _emulator;
    private readonly Queue<byte[]> _waiting = new();
    private readonly Action<string> _log;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<int>? _answer;
    private bool _isReady = true;
    private bool _isDeaf;
    private long _busySince;
    private byte _sendSegment;
    private byte _receiveSegment = 1;

    /// <summary>A client that is not served yet.</summary>
    /// <param name="stream">To and from the emulator.</param>
    /// <param name="name">Who it is, for people.</param>
    /// <param name="log">Told what people should know.</param>
    /// <param name="time">Measures the waits.</param>
    public HubClient(Stream stream, string name, Action<string> log, TimeProvider time)
    {
        (_stream, _log, _time) = (new CustomDeviceStream(stream), log, time);
        _emulator = new NetSioEmulator(this, asksForNumbers: false);
        Link = new HubLink(name, OnDatagram);
    }

    /// <summary>Done when the emulator has said which protocol it speaks: it expects nothing else before.</summary>
    public Task Greeted => _greeted.Task;

    /// <summary>The device's end.</summary>
    public HubLink Link { get; }

    int INetSioComputer.Room => Math.Max(0, MostWaiting - _waiting.Count);

    /// <summary>Serves the emulator until it goes.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var writing = _stream.WriteAsync(end.Token);
        try
        {
            await await Task.WhenAny(ServeAsync(end.Token), writing).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The emulator ended, or the hub does.
        }
        catch (InvalidDataException wrong)
        {
            _log($"{Link.Name}: {wrong.Message}");
        }
        finally
        {
            Link.Close();
            await end.CancelAsync().ConfigureAwait(false);
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    void INetSioComputer.Send(ReadOnlySpan<byte> datagram) => Link.SendToDevice(datagram);

    void INetSioComputer.OnBytes(ReadOnlySpan<byte> bytes)
    {
        // What comes of a frame whose answer was too late is for nobody.
        if (!_isDeaf)
        {
            Enqueue([(byte)NetSioMessage.DataBlock, .. bytes]);
        }
    }

    void INetSioComputer.OnAnswer(byte answer, int writeBytes)
    {
        // The script sends the byte itself, and is busy with it until it says that it is ready.
        SetReady(answer == 0);
        _isDeaf &= answer == 0;
        _answer?.TrySetResult(answer == 0 ? 0 : SyncAnswer | (answer << 8) | (writeBytes << 16));
    }

    void INetSioComputer.OnLine(NetSioMessage line) => Enqueue([(byte)line]);

    void INetSioComputer.OnSpeed(int baud) => Enqueue([(byte)NetSioMessage.SpeedChange, .. BitConverter.GetBytes(baud)]);

    void INetSioComputer.OnIdle(int milliseconds) => Enqueue([(byte)NetSioMessage.BusIdle, .. BitConverter.GetBytes(milliseconds)]);

    void INetSioComputer.OnConnected(bool connected) =>
        _stream.Interrupt((uint)(connected ? NetSioMessage.DeviceConnected : NetSioMessage.DeviceDisconnected), 0);

    private void OnDatagram(ReadOnlyMemory<byte> datagram)
    {
        lock (_lock)
        {
            _emulator.Receive(datagram.Span);
        }
    }

    private async Task ServeAsync(CancellationToken stop)
    {
        while (true)
        {
            var request = await _stream.ReadAsync(stop).ConfigureAwait(false);
            switch (request.Command)
            {
                case CustomDeviceCommand.None:
                    break;
                case CustomDeviceCommand.DebugReadByte or CustomDeviceCommand.ReadByte or CustomDeviceCommand.WriteByte:
                    // The script maps no memory here.
                    _stream.Answer(0);
                    break;
                case CustomDeviceCommand.ColdReset:
                    await StartAsync(request, stop).ConfigureAwait(false);
                    break;
                case CustomDeviceCommand.WarmReset:
                    Post((int)NetSioMessage.WarmReset, 0);
                    _stream.Answer(0);
                    break;
                case CustomDeviceCommand.Error:
                    throw new InvalidDataException($"The emulator reports an error: {await _stream.ReadErrorAsync(request.Second, stop).ConfigureAwait(false)}");
                case CustomDeviceCommand.ScriptEvent:
                    _stream.Answer(await AnswerAsync((int)request.First, request.Second, stop).ConfigureAwait(false));
                    break;
                case CustomDeviceCommand.ScriptPost:
                    Post((int)request.First, request.Second);
                    break;
                default:
                    throw new InvalidDataException($"The emulator sends command {(byte)request.Command}; 0 to 8 are expected.");
            }
        }
    }

    // The script itself tells of cold resets; the emulator says so too when it only looks who is there.
    private async Task StartAsync(CustomDeviceRequest request, CancellationToken stop)
    {
        if (request.Second >= FirstProbe)
        {
            _stream.AnswerVersion(Version);
            string[] names = await _stream.ReadSegmentNamesAsync(stop).ConfigureAwait(false);
            _sendSegment = IndexOf(names, "txbuffer", _sendSegment);
            _receiveSegment = IndexOf(names, "rxbuffer", _receiveSegment);
        }

        _stream.Answer(0);
        _greeted.TrySetResult();
    }

    private static byte IndexOf(string[] names, string name, byte usual) =>
        Array.IndexOf(names, name) is var index && index >= 0 ? (byte)index : usual;

    private void Post(int script, int argument)
    {
        lock (_lock)
        {
            switch (script)
            {
                case ScriptEvent.Ready:
                    SetReady(true);
                    SendWaiting();
                    _emulator.GrantCredit();
                    break;
                case (int)NetSioMessage.DataByte:
                    _emulator.Send(NetSioMessage.DataByte, (byte)argument);
                    break;
                case (int)NetSioMessage.SpeedChange:
                    _emulator.SendSpeed(argument);
                    break;
                case (int)NetSioMessage.ColdReset or (int)NetSioMessage.WarmReset:
                    Forget();
                    SetReady(true);
                    _emulator.Send((NetSioMessage)script);
                    break;
                case (int)NetSioMessage.CommandOn:
                    // Whatever waits belongs to a frame before.
                    Forget();
                    _isDeaf = true;
                    _emulator.Send(NetSioMessage.CommandOn);
                    break;
                case (int)NetSioMessage.CommandOff or (int)NetSioMessage.MotorOff or (int)NetSioMessage.MotorOn:
                    _emulator.Send((NetSioMessage)script);
                    break;
                default:
                    break;
            }
        }
    }

    private async ValueTask<int> AnswerAsync(int script, int argument, CancellationToken stop)
    {
        switch (script)
        {
            case (int)NetSioMessage.DataBlock:
                if (argument is < 1 or > NetSioFormat.MaxBlock)
                {
                    return 0;
                }

                byte[] content = await _stream.ReadSegmentAsync(_receiveSegment, argument, stop).ConfigureAwait(false);
                lock (_lock)
                {
                    _emulator.Send(NetSioMessage.DataBlock, content);
                }

                return 0;
            case (int)NetSioMessage.CommandOffSync:
                return await AskAsync(NetSioMessage.CommandOffSync, [], stop).ConfigureAwait(false);
            case (int)NetSioMessage.DataByteSync:
                return await AskAsync(NetSioMessage.DataByteSync, [(byte)argument], stop).ConfigureAwait(false);
            case ScriptEvent.Nothing:
                return argument;
            default:
                return 0;
        }
    }

    private async ValueTask<int> AskAsync(NetSioMessage message, byte[] parameters, CancellationToken stop)
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            Forget();
            _answer = answer;
            _emulator.Ask(message, parameters);
            if (!_emulator.IsWaiting)
            {
                // No device is there yet, or it has answered already.
                answer.TrySetResult(0);
            }
        }

        try
        {
            return await answer.Task.WaitAsync(s_answerLimit, _time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            lock (_lock)
            {
                _emulator.GiveUp();
                return answer.Task.IsCompletedSuccessfully ? answer.Task.Result : 0;
            }
        }
    }

    private void Forget() => _waiting.Clear();

    private void Enqueue(byte[] message)
    {
        _waiting.Enqueue(message);
        SendWaiting();
    }

    // One message that takes the line at a time: the script says when it has passed.
    private void SendWaiting()
    {
        if (!_isReady && _time.GetElapsedTime(_busySince) > s_readyLimit)
        {
            SetReady(true);
        }

        while (_isReady && _waiting.TryDequeue(out byte[]? message))
        {
            var kind = (NetSioMessage)message[0];
            SetReady(kind is not (NetSioMessage.DataBlock or NetSioMessage.BusIdle));
            switch (kind)
            {
                case NetSioMessage.DataBlock:
                    SendBytes(message.AsSpan(1));
                    break;
                case NetSioMessage.SpeedChange or NetSioMessage.BusIdle:
                    _stream.Interrupt(message[0], BitConverter.ToUInt32(message, 1));
                    break;
                default:
                    _stream.Interrupt(message[0], 0);
                    break;
            }
        }
    }

    private void SendBytes(ReadOnlySpan<byte> bytes)
    {
        switch (bytes.Length)
        {
            case 1:
                _stream.Interrupt((uint)NetSioMessage.DataByte, bytes[0]);
                break;
            case <= ScriptEvent.CompactBytes:
                ulong packed = 0;
                for (int at = bytes.Length - 1; at >= 0; at--)
                {
                    packed = (packed << 8) | bytes[at];
                }

                _stream.Interrupt(ScriptEvent.Transmit | ((uint)bytes.Length << 9) | ((uint)(packed & 0xFFFF) << 16), (uint)(packed >> 16));
                break;
            default:
                _stream.WriteSegment(_sendSegment, bytes);
                _stream.Interrupt(ScriptEvent.Transmit, (uint)bytes.Length);
                break;
        }
    }

    private void SetReady(bool ready)
    {
        _isReady = ready;
        _busySince = _time.GetTimestamp();
    }
}
