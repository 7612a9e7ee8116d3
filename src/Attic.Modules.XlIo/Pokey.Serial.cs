using Attic.Abi.Time;

namespace Attic.Modules.XlIo;

/// <content>The serial port: ten bits a byte, each two borrows of a timer long.</content>
internal sealed partial class Pokey
{
    private const byte FramingError = 0x80;
    private const byte KeyOverrun = 0x40;
    private const byte InputOverrun = 0x20;

    // From a timer's borrow to the output's shift register.
    private const int OutputDelay = 2;

    private bool IsAsynchronous => (_s.Skctl & 0x10) != 0;

    // The timer that clocks the output by SKCTL bits 6–4: 1 (timer 2), 3 (timer 4) or -1 (the external clock).
    private int OutputClock => (_s.Skctl >> 4 & 7) switch
    {
        0 or 1 => -1,
        6 or 7 => 1,
        _ => 3,
    };

    // Receiving without the asynchronous reset needs timer 4 on the clock line, else the external clock.
    private bool InputUsesTimer => IsAsynchronous || (_s.Skctl & 0x20) != 0;

    /// <inheritdoc/>
    public void OnStartBit(byte value, int cyclesPerBit, MasterCycles at)
    {
        long now = Cycle(at);
        Advance(now);
        (_s.InSince, _s.InBitCycles, _s.InLine) = (now, Math.Max(1, cyclesPerBit), (ushort)((value << 1) | 0x200));
        StartReceiving(now);
        Schedule();
    }

    /// <inheritdoc/>
    public void OnInputLine(bool level, MasterCycles at)
    {
        long now = Cycle(at);
        Advance(now);

        // A level that stays is a byte of ten equal bits without end.
        (_s.InSince, _s.InBitCycles, _s.InLine) = level ? (now, 1, (ushort)0x3FF) : (now, int.MaxValue, (ushort)0);
        StartReceiving(now);
        Schedule();
    }

    // SKCTL bit 7 forces a break.
    private bool OutputLine => _s.OutLine != 0 && (_s.Skctl & 0x80) == 0;

    private bool InputLine(long now)
    {
        long bit = (now - _s.InSince) / Math.Max(1, _s.InBitCycles);
        return bit >= 10 || (_s.InLine >> (int)bit & 1) != 0;
    }

    private void StartReceiving(long now)
    {
        if (!IsAsynchronous || IsInitialising || _s.InRunning != 0 || InputLine(now))
        {
            return;
        }

        (_s.InRunning, _s.InPhase) = (1, 0);
        Reload(2, now);
        Reload(3, now);
    }

    private void ClockInput(long now)
    {
        if (IsInitialising || !InputUsesTimer || (_s.InPhase ^= 1) == 0)
        {
            return;
        }

        bool level = InputLine(now);
        if (_s.InBits == 0)
        {
            (_s.InBits, _s.InShift) = ((byte)(level ? 0 : 1), 0);
            StopReceiving(level, now);
        }
        else if (_s.InBits < 9)
        {
            _s.InShift |= (ushort)((level ? 1 : 0) << (_s.InBits++ - 1));
        }
        else
        {
            TakeByte(level, now);
            StopReceiving(true, now);
        }
    }

    private void TakeByte(bool stopBit, long now)
    {
        _s.SerialBytes++;
        _s.InBits = 0;
        _s.Serin = (byte)_s.InShift;
        _s.Errors &= (byte)(stopBit ? 0xFF : ~FramingError);
        if ((_s.Irqen & InputReady) != 0 && (_s.Irqst & InputReady) == 0)
        {
            _s.Errors &= unchecked((byte)~InputOverrun);
        }

        Raise(InputReady, now);
    }

    private void StopReceiving(bool done, long now)
    {
        if (done && IsAsynchronous)
        {
            _s.InRunning = 0;
            Reload(2, now);
            Reload(3, now);
            StartReceiving(now);
        }
    }

    private void WriteSerout(byte value) => (_s.Serout, _s.SeroutFull) = (value, 1);

    private void AwaitOutput(int channel, long now)
    {
        if (!IsInitialising && OutputClock == channel)
        {
            _s.OutTick = now + OutputDelay;
        }
    }

    private void ClockOutput(long now)
    {
        _s.OutTick = Never;
        if ((_s.OutPhase ^= 1) == 0)
        {
            return;
        }

        if (_s.OutBits > 1)
        {
            _s.OutBits--;
            _s.OutShift >>= 1;
            SetOutputLine(now);
            return;
        }

        EndOutputByte(now);
        if (_s.SeroutFull != 0)
        {
            (_s.SeroutFull, _s.OutByte, _s.OutBits, _s.OutSince) = (0, _s.Serout, 10, now);
            _s.OutShift = (ushort)((_s.Serout << 1) | 0x200);
            SetOutputLine(now);
            ShowOutputIdle(false, now);
            Raise(OutputNeeded, now);
        }
        else
        {
            ShowOutputIdle(true, now);
        }
    }

    private void EndOutputByte(long now)
    {
        if (_s.OutBits == 0)
        {
            return;
        }

        _s.OutBits = 0;
        _s.SerialBytes++;
        int cyclesPerBit = (int)Math.Clamp((now - _s.OutSince + 5) / 10, 1, int.MaxValue);
        bool broken = (_s.Skctl & 0x80) != 0;
        _sio.FromHost(broken ? (byte)0 : _s.OutByte, !broken, cyclesPerBit, At(now));
    }

    private void SetOutputLine(long now)
    {
        _s.OutLine = (byte)(_s.OutBits == 0 || (_s.OutShift & 1) != 0 ? 1 : 0);
        ShowLevel(now);
    }

    private void ChangeSerialMode(long now)
    {
        if ((_s.Skctl & 0x70) == 0)
        {
            (_s.OutPhase, _s.InPhase) = (0, 0);
        }

        if (IsInitialising)
        {
            (_s.InBits, _s.InShift, _s.InRunning) = (0, 0, 0);
            (_s.OutBits, _s.SeroutFull, _s.OutTick) = (0, 0, Never);
            ShowOutputIdle(true, now);
        }

        if (!IsAsynchronous)
        {
            _s.InRunning = 0;
        }

        for (int channel = 2; channel < 4; channel++)
        {
            if (IsHeld(channel))
            {
                Reload(channel, now);
            }
        }

        StartReceiving(now);
    }
}
