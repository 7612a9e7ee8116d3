using Attic.Abi.Time;
using Attic.Modules.StIo.Serial;

namespace Attic.Modules.StIo.Mfp;

/// <summary>
/// The USART (MC68901 data sheet, chapter of the USART). Its clock is the square wave of TDO: two time-outs of timer D are
/// one clock, 16 clocks (or one) are one bit.
/// </summary>
public sealed partial class Mfp68901
{
    private const int BufferFull = 0x80;
    private const int OverrunError = 0x40;
    private const int FoundSearch = 0x08;
    private const int CharacterInProgress = 0x04;
    private const int StripSync = 0x02;
    private const int ReceiverEnable = 0x01;

    private const int BufferEmpty = 0x80;
    private const int Underrun = 0x40;
    private const int AutoTurnaround = 0x20;
    private const int EndOfTransmission = 0x10;
    private const int LoopBack = 0x06;
    private const int TransmitterEnable = 0x01;

    private readonly SerialOutput _output = new();

    /// <inheritdoc/>
    public string PortName => "rs232";

    /// <inheritdoc/>
    public long Dropped => _output.Dropped;

    private bool IsAsynchronous => (_state.UsartControl & 0x18) != 0;

    private bool IsLoopedBack => (_state.TransmitterStatus & LoopBack) == LoopBack;

    /// <inheritdoc/>
    public int Deliver(ReadOnlySpan<byte> bytes, MasterCycles at)
    {
        Advance(at);
        int taken = 0;
        while (taken < bytes.Length && _state.Line.TryAdd(bytes[taken]))
        {
            taken++;
        }

        StartReceiving();
        Settle(at);
        return taken;
    }

    /// <inheritdoc/>
    public int Take(Span<byte> bytes) => _output.Take(bytes);

    private void ResetUsart()
    {
        (_state.UsartControl, _state.SyncCharacter, _state.ReceiverStatus) = (0, 0, 0);
        _state.TransmitterStatus = BufferEmpty;
        (_state.TransmitLeft, _state.ReceiveLeft, _state.Overrun) = (0, 0, 0);
    }

    // Time-outs of timer D for one character. Half bits, since there are 1.5 stop bits.
    private int CharacterTimeOuts()
    {
        int data = 8 - ((_state.UsartControl >> 5) & 3);
        int parity = (_state.UsartControl >> 2) & 1;
        int halfBits = 2 * (data + parity);
        if (IsAsynchronous)
        {
            halfBits += 2 + ((_state.UsartControl >> 3) & 3) + 1;
        }

        return halfBits * ((_state.UsartControl & 0x80) != 0 ? 16 : 1);
    }

    private long NextUsartEvent()
    {
        int transmit = _state.TransmitLeft == 0 ? int.MaxValue : _state.TransmitLeft;
        int receive = _state.ReceiveLeft == 0 ? int.MaxValue : _state.ReceiveLeft;
        ref var clock = ref _state.Timers[TimerD];
        return clock.NextTimeOut + ((Math.Min(transmit, receive) - 1) * clock.Period);
    }

    private void ClockUsart(long timeOuts, long first, long period)
    {
        long done = 0;
        while (done < timeOuts && (_state.TransmitLeft | _state.ReceiveLeft) != 0)
        {
            long step = timeOuts - done;
            step = _state.TransmitLeft == 0 ? step : Math.Min(step, _state.TransmitLeft);
            step = _state.ReceiveLeft == 0 ? step : Math.Min(step, _state.ReceiveLeft);
            done += step;
            var at = _crystal.MomentOf(first + ((done - 1) * period));
            bool received = _state.ReceiveLeft != 0 && (_state.ReceiveLeft -= (int)step) == 0;
            bool sent = _state.TransmitLeft != 0 && (_state.TransmitLeft -= (int)step) == 0;
            if (received)
            {
                EndReceiving(_state.ReceiveShift, at);
            }

            if (sent)
            {
                EndTransmitting(at);
            }
        }
    }

    private void StartTransmitting(MasterCycles at)
    {
        bool full = (_state.TransmitterStatus & BufferEmpty) == 0;
        if (_state.TransmitLeft != 0 || (_state.TransmitterStatus & TransmitterEnable) == 0)
        {
            return;
        }

        if (full)
        {
            _state.TransmitShift = _state.TransmitBuffer;
            _state.TransmitterStatus |= BufferEmpty;
            _state.TransmitLeft = CharacterTimeOuts();
            Signal(MfpChannels.TransmitEmpty, at);
        }
        else if (!IsAsynchronous)
        {
            // A synchronous line never rests: sync characters fill the gaps.
            _state.TransmitShift = _state.SyncCharacter;
            _state.TransmitLeft = CharacterTimeOuts();
        }
    }

    private void EndTransmitting(MasterCycles at)
    {
        if (IsLoopedBack)
        {
            EndReceiving(_state.TransmitShift, at);
        }
        else
        {
            _output.Add(_state.TransmitShift);
        }

        if ((_state.TransmitterStatus & TransmitterEnable) == 0)
        {
            EndTransmission(at);
            return;
        }

        if ((_state.TransmitterStatus & BufferEmpty) != 0)
        {
            _state.TransmitterStatus |= Underrun;
            Signal(MfpChannels.TransmitError, at);
        }

        StartTransmitting(at);
    }

    private void EndTransmission(MasterCycles at)
    {
        _state.TransmitterStatus |= EndOfTransmission;
        Signal(MfpChannels.TransmitError, at);
        if ((_state.TransmitterStatus & AutoTurnaround) != 0)
        {
            _state.TransmitterStatus &= unchecked((byte)~AutoTurnaround);
            _state.ReceiverStatus |= ReceiverEnable;
            StartReceiving();
        }
    }

    private void StartReceiving()
    {
        bool enabled = (_state.ReceiverStatus & ReceiverEnable) != 0;
        if (enabled && !IsLoopedBack && _state.ReceiveLeft == 0 && _state.Line.Count != 0)
        {
            _state.ReceiveShift = _state.Line.Take();
            _state.ReceiveLeft = CharacterTimeOuts();
            _state.ReceiverStatus |= IsAsynchronous ? (byte)CharacterInProgress : (byte)0;
        }
    }

    private void EndReceiving(byte value, MasterCycles at)
    {
        value &= (byte)(0xFF >> ((_state.UsartControl >> 5) & 3));
        _state.ReceiverStatus &= IsAsynchronous ? unchecked((byte)~CharacterInProgress) : (byte)0xFF;
        if ((_state.ReceiverStatus & ReceiverEnable) != 0 && (IsAsynchronous || PassesSync(value, at)))
        {
            Store(value, at);
        }

        StartReceiving();
    }

    private void Store(byte value, MasterCycles at)
    {
        if ((_state.ReceiverStatus & BufferFull) != 0)
        {
            _state.Overrun = 1;
            return;
        }

        _state.ReceiveBuffer = value;
        _state.ReceiverStatus |= BufferFull;
        Signal(MfpChannels.ReceiveFull, at);
    }

    // Synchronous reception begins with the first sync character, which F/S tells.
    private bool PassesSync(byte value, MasterCycles at)
    {
        bool sync = value == _state.SyncCharacter;
        if ((_state.ReceiverStatus & FoundSearch) != 0)
        {
            return !sync || (_state.ReceiverStatus & StripSync) == 0;
        }

        if (sync)
        {
            _state.ReceiverStatus |= FoundSearch;
            SignalReceiveError(at);
        }

        return false;
    }

    private void SignalReceiveError(MasterCycles at)
    {
        bool separate = ((_state.Enabled >> MfpChannels.ReceiveError) & 1) != 0;
        Signal(separate ? MfpChannels.ReceiveError : MfpChannels.ReceiveFull, at);
    }

    private void ReadUsart(Register register, MasterCycles at)
    {
        switch (register)
        {
            case Register.Rsr:
                _state.ReceiverStatus &= unchecked((byte)~OverrunError);
                break;
            case Register.Tsr:
                _state.TransmitterStatus &= unchecked((byte)~Underrun);
                break;
            case Register.Udr:
                _state.ReceiverStatus &= unchecked((byte)~BufferFull);
                if (_state.Overrun != 0)
                {
                    // The error shows once the character before the lost one has been read.
                    _state.Overrun = 0;
                    _state.ReceiverStatus |= OverrunError;
                    SignalReceiveError(at);
                }

                break;
            default:
                break;
        }
    }

    private void WriteUsart(Register register, byte value, MasterCycles at)
    {
        switch (register)
        {
            case Register.Scr:
                _state.SyncCharacter = value;
                break;
            case Register.Ucr:
                _state.UsartControl = (byte)(value & 0xFE);
                break;
            case Register.Rsr:
                ControlReceiver(value);
                break;
            case Register.Tsr:
                ControlTransmitter(value, at);
                break;
            case Register.Udr:
                _state.TransmitBuffer = value;
                _state.TransmitterStatus &= unchecked((byte)~BufferEmpty);
                StartTransmitting(at);
                break;
            default:
                break;
        }
    }

    private void ControlReceiver(byte value)
    {
        if ((value & ReceiverEnable) == 0)
        {
            (_state.ReceiverStatus, _state.ReceiveLeft, _state.Overrun) = ((byte)(value & StripSync), 0, 0);
            return;
        }

        // Of F/S a program can only order a new search, by writing 0.
        const int Writable = StripSync | ReceiverEnable;
        int kept = _state.ReceiverStatus & ~Writable & (IsAsynchronous ? 0xFF : value | ~FoundSearch);
        _state.ReceiverStatus = (byte)(kept | (value & Writable));
        StartReceiving();
    }

    private void ControlTransmitter(byte value, MasterCycles at)
    {
        const int Writable = AutoTurnaround | 0x08 | LoopBack | TransmitterEnable;
        bool was = (_state.TransmitterStatus & TransmitterEnable) != 0;
        bool will = (value & TransmitterEnable) != 0;
        _state.TransmitterStatus = (byte)((_state.TransmitterStatus & ~Writable) | (value & Writable));
        if (will)
        {
            _state.TransmitterStatus &= was ? (byte)0xFF : unchecked((byte)~(Underrun | EndOfTransmission));
            StartTransmitting(at);
        }
        else if (was)
        {
            _state.TransmitterStatus &= unchecked((byte)~Underrun);
            if (_state.TransmitLeft == 0)
            {
                EndTransmission(at);
            }
        }
    }
}
