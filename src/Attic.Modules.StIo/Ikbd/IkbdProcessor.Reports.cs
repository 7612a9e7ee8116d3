namespace Attic.Modules.StIo.Ikbd;

/// <summary>What the keyboard sends of its own accord.</summary>
public sealed partial class IkbdProcessor
{
    private const byte CursorUp = 0x48;
    private const byte CursorLeft = 0x4B;
    private const byte CursorRight = 0x4D;
    private const byte CursorDown = 0x50;
    private const byte LeftButtonKey = 0x74;
    private const byte RightButtonKey = 0x75;
    private const byte Break = 0x80;
    private const byte Fire = 0x80;
    private const int FireSampleMicroseconds = 160;

    private bool IsMonitoring => _state.JoysticksEnabled != 0 && _state.JoystickMode is 0x17 or 0x18;

    private bool HasMouse => _state.MouseEnabled != 0 && _state.Port0IsMouse != 0;

    // The lines as they are wired: bit 0 right button and fire 1, bit 1 left button and fire 0.
    private byte FireLines => (byte)(_state.Buttons | ((_state.Stick0 & Fire) >> 6) | ((_state.Stick1 & Fire) >> 7));

    private byte Stick0 => (byte)((_state.Stick0 & 0x0F) | ((FireLines & LeftBit) << 6));

    // With a mouse in use both fire lines are its buttons.
    private byte Stick1 => (byte)((_state.Stick1 & 0x0F) | (HasMouse ? 0 : (FireLines & RightBit) << 7));

    private byte Stick1WithFire => (byte)((_state.Stick1 & 0x0F) | ((FireLines & RightBit) << 7));

    private void Scan(long at)
    {
        if (at < _state.ResetEnd)
        {
            return;
        }

        // A change is taken when there is room for whatever it may lead to.
        if (HasRoomFor(LargestReport))
        {
            TakeEvent();
        }

        if (IsMonitoring)
        {
            return;
        }

        ReportButtons();
        ReportMotion();
        if (_state.JoysticksEnabled != 0)
        {
            ReportSticks(at);
        }
    }

    private void ReportButtons()
    {
        byte now = FireLines;
        int changed = now ^ _state.ReportedButtons;
        if (!HasMouse)
        {
            _state.ReportedButtons = now;
            return;
        }

        if (changed == 0 || !HasRoomFor(LargestReport))
        {
            return;
        }

        _state.ReportedButtons = now;
        RememberButtons(changed, now);
        bool asKeys = (_state.ButtonAction & 4) != 0 || _state.MouseMode == 0x0A;
        bool pressed = (changed & now) != 0;
        if (asKeys)
        {
            SendButtonKey(changed & LeftBit, now & LeftBit, LeftButtonKey);
            SendButtonKey(changed & RightBit, now & RightBit, RightButtonKey);
        }
        else if (_state.MouseMode == 0x08)
        {
            SendRelative();
        }
        else if ((_state.ButtonAction & (pressed ? 1 : 2)) != 0)
        {
            SendAbsolute();
        }
    }

    // Bits of the absolute report: 0 right down, 1 right up, 2 left down, 3 left up.
    private void RememberButtons(int changed, int now)
    {
        int history = (changed & RightBit) != 0 ? 1 << ((now & RightBit) != 0 ? 0 : 1) : 0;
        history |= (changed & LeftBit) != 0 ? 4 << ((now & LeftBit) != 0 ? 0 : 1) : 0;
        _state.ButtonHistory |= (byte)history;
    }

    private void SendButtonKey(int changed, int down, byte key)
    {
        if (changed != 0)
        {
            Send([down != 0 ? key : (byte)(key | Break)]);
        }
    }

    private void ReportMotion()
    {
        if (!HasMouse)
        {
            (_state.MouseX, _state.MouseY) = (0, 0);
        }
        else if (_state.MouseMode == 0x09)
        {
            MoveAbsolute();
        }
        else if (_state.MouseMode == 0x0A)
        {
            SendCursorKeys();
        }
        else if (IsPastThreshold && _state.OutputCount == 0 && _state.TransmitEnd == Never && _state.Paused == 0)
        {
            // Motion gathers while anything is being sent.
            SendRelative();
        }
    }

    private void SendRelative()
    {
        int x = Math.Clamp(_state.MouseX, sbyte.MinValue, sbyte.MaxValue);
        int y = Math.Clamp(_state.MouseY, sbyte.MinValue + 1, sbyte.MaxValue);
        _state.MouseX -= x;
        _state.MouseY -= y;
        Send([(byte)(0xF8 | FireLines), (byte)x, (byte)(_state.OriginAtBottom != 0 ? -y : y)]);
    }

    private void MoveAbsolute()
    {
        int x = TakeUnits(ref _state.MouseX, _state.ScaleX);
        int y = TakeUnits(ref _state.MouseY, _state.ScaleY);
        _state.AbsoluteX = Math.Clamp(_state.AbsoluteX + x, 0, _state.MaximumX);
        _state.AbsoluteY = Math.Clamp(_state.AbsoluteY + (_state.OriginAtBottom != 0 ? -y : y), 0, _state.MaximumY);
    }

    private static int TakeUnits(ref int clicks, byte clicksPerUnit)
    {
        int scale = Math.Max((byte)1, clicksPerUnit);
        int units = clicks / scale;
        clicks -= units * scale;
        return units;
    }

    private void SendAbsolute()
    {
        MoveAbsolute();
        Send(
        [
            0xF7, _state.ButtonHistory,
            (byte)(_state.AbsoluteX >> 8), (byte)_state.AbsoluteX, (byte)(_state.AbsoluteY >> 8), (byte)_state.AbsoluteY,
        ]);
        _state.ButtonHistory = 0;
    }

    private void SendCursorKeys()
    {
        if (!HasRoomFor(4))
        {
            return;
        }

        int deltaX = Math.Max((byte)1, _state.DeltaX);
        int deltaY = Math.Max((byte)1, _state.DeltaY);
        if (Math.Abs(_state.MouseX) >= deltaX)
        {
            SendStroke(_state.MouseX < 0 ? CursorLeft : CursorRight);
            _state.MouseX -= Math.Sign(_state.MouseX) * deltaX;
        }

        if (Math.Abs(_state.MouseY) >= deltaY)
        {
            SendStroke(_state.MouseY < 0 ? CursorUp : CursorDown);
            _state.MouseY -= Math.Sign(_state.MouseY) * deltaY;
        }
    }

    private void SendStroke(byte key) => Send([key, (byte)(key | Break)]);

    private void ReportSticks(long at)
    {
        if (_state.JoystickMode == 0x19)
        {
            ReportStickKeys(at);
            return;
        }

        if (_state.JoystickMode != 0x14 || !HasRoomFor(4))
        {
            return;
        }

        byte first = Stick0;
        if (_state.Port0IsMouse == 0 && first != _state.ReportedStick0)
        {
            Send([0xFE, first]);
            _state.ReportedStick0 = first;
        }

        byte second = Stick1;
        if (second != _state.ReportedStick1)
        {
            Send([0xFF, second]);
            _state.ReportedStick1 = second;
        }
    }

    private void ReportStickKeys(long at)
    {
        if (!HasRoomFor(LargestReport))
        {
            return;
        }

        int fire = ((FireLines & LeftBit) >> 1) | ((FireLines & RightBit) << 1);
        int changed = fire ^ _state.ReportedFire;
        _state.ReportedFire = (byte)fire;
        SendButtonKey(changed & 1, fire & 1, LeftButtonKey);
        SendButtonKey(changed & 2, fire & 2, RightButtonKey);
        int stick = _state.Stick0;
        Repeat(ref _state.Horizontal, (stick & 4) != 0 ? CursorLeft : (stick & 8) != 0 ? CursorRight : 0, 0, at);
        Repeat(ref _state.Vertical, (stick & 1) != 0 ? CursorUp : (stick & 2) != 0 ? CursorDown : 0, 1, at);
    }

    // One keystroke at once, then every T tenths of a second until R tenths have passed, then every V tenths.
    private void Repeat(ref IkbdState.AxisRepeat axis, int key, int times, long at)
    {
        long tenth = _hundredth * 10;
        if (key != axis.Key)
        {
            (axis.Key, axis.Since, axis.Next) = (key, at, at);
        }

        if (key == 0 || at < axis.Next)
        {
            return;
        }

        SendStroke((byte)key);
        int breakpoint = _state.JoystickTimes[times];
        int interval = at - axis.Since < breakpoint * tenth ? _state.JoystickTimes[2 + times] : _state.JoystickTimes[4 + times];
        axis.Next = interval == 0 ? Never : at + (interval * tenth);
    }

    private void StartSampling(long at)
    {
        (_state.NextSample, _state.FireSamples) = (at, 0);
    }

    // Monitoring modes: output that does not fit, or is paused, is not kept.
    private void Sample(long at)
    {
        if (!IsMonitoring)
        {
            _state.NextSample = Never;
        }
        else if (_state.JoystickMode == 0x17)
        {
            _state.NextSample = at + (Math.Max((byte)1, _state.MonitorRate) * _hundredth);
            if (_state.Paused == 0)
            {
                byte first = Stick0;
                byte second = Stick1WithFire;
                Send([(byte)(((first >> 7) << 1) | (second >> 7)), (byte)((first << 4) | (second & 0x0F))]);
            }
        }
        else
        {
            SampleFireButton(at);
        }
    }

    private void SampleFireButton(long at)
    {
        _state.NextSample = at + CyclesIn(FireSampleMicroseconds);
        if (_state.Paused != 0)
        {
            return;
        }

        int bits = ((_state.FireSamples & 0x7F) << 1) | (FireLines & RightBit);
        int count = (_state.FireSamples >> 8) + 1;
        if (count == 8)
        {
            Send([(byte)bits]);
            (bits, count) = (0, 0);
        }

        _state.FireSamples = bits | (count << 8);
    }
}
