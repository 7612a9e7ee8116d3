namespace Attic.Modules.StIo.Ikbd;

/// <summary>What the computer can tell the keyboard.</summary>
public sealed partial class IkbdProcessor
{
    private const int MemoryStart = 0x80;

    // Bytes of a command with its parameters; what is not in the protocol does nothing.
    private static int LengthOf(byte command) => command switch
    {
        0x80 or 0x07 or 0x17 => 2,
        0x0A or 0x0B or 0x0C or 0x21 or 0x22 => 3,
        0x20 => 4,
        0x09 => 5,
        0x0E => 6,
        0x19 or 0x1B => 7,
        _ => 1,
    };

    private static bool IsCommand(byte command) =>
        command is (>= 0x07 and <= 0x1C) or (>= 0x20 and <= 0x22) or 0x80 || IsInquiry(command);

    private static bool IsInquiry(byte command) =>
        command is (>= 0x87 and <= 0x8C) or 0x8F or 0x90 or 0x92 or (>= 0x94 and <= 0x9A);

    private void TakeCommandByte(byte value, long at)
    {
        bool late = at - _state.LastCommandByte > CyclesIn(LoadGapMicroseconds);
        _state.LastCommandByte = at;
        if (_state.LoadLeft > 0 && !late)
        {
            LoadMemory(value);
            return;
        }

        _state.LoadLeft = 0;
        _state.Command[_state.CommandLength++] = value;
        if (_state.CommandLength < LengthOf(_state.Command[0]))
        {
            return;
        }

        _state.CommandLength = 0;
        Span<byte> command = stackalloc byte[CommandCapacity];
        ((ReadOnlySpan<byte>)_state.Command).CopyTo(command);
        if (IsCommand(command[0]))
        {
            Carry(command, at);
        }
    }

    private void Carry(ReadOnlySpan<byte> command, long at)
    {
        // Any command but the one that pauses it lets output go on.
        _state.Paused = 0;
        switch (command[0])
        {
            case 0x80:
                if (command[1] == 0x01)
                {
                    StartSelfTest(new(at));
                }

                break;
            case 0x13:
                _state.Paused = 1;
                break;
            case <= 0x10 or 0x12:
                CarryMouse(command);
                break;
            case (>= 0x14 and <= 0x1A) and not 0x16:
                CarryJoystick(command, at);
                break;
            case 0x16:
                Send([0xFD, Stick0, Stick1WithFire]);
                break;
            case 0x1B:
                AdvanceClock(at);
                _state.Clock.SetPacked(command[1..7]);
                _state.Clock.Moment = at;
                break;
            case 0x1C:
                SendClock(at);
                break;
            case >= 0x20 and <= 0x22:
                CarryMemory(command);
                break;
            case > 0x80:
                Answer(command[0]);
                break;
            default:
                break;
        }
    }

    private void CarryMouse(ReadOnlySpan<byte> command)
    {
        switch (command[0])
        {
            case 0x07:
                _state.ButtonAction = (byte)(command[1] & 7);
                break;
            case 0x08:
                UseMouse(0x08);
                break;
            case 0x09:
                UseMouse(0x09);
                (_state.MaximumX, _state.MaximumY) = (Word(command, 1), Word(command, 3));
                (_state.AbsoluteX, _state.AbsoluteY, _state.ButtonHistory) = (0, 0, 0);
                break;
            case 0x0A:
                UseMouse(0x0A);
                (_state.DeltaX, _state.DeltaY) = (command[1], command[2]);
                break;
            case 0x0B:
                (_state.ThresholdX, _state.ThresholdY) = (command[1], command[2]);
                break;
            case 0x0C:
                (_state.ScaleX, _state.ScaleY) = (command[1], command[2]);
                break;
            case 0x0D:
                if (_state.MouseMode == 0x09)
                {
                    SendAbsolute();
                }

                break;
            case 0x0E:
                _state.AbsoluteX = Math.Min(Word(command, 2), _state.MaximumX);
                _state.AbsoluteY = Math.Min(Word(command, 4), _state.MaximumY);
                break;
            case 0x0F:
                _state.OriginAtBottom = 1;
                break;
            case 0x10:
                _state.OriginAtBottom = 0;
                break;
            default:
                _state.MouseEnabled = 0;
                break;
        }
    }

    private static int Word(ReadOnlySpan<byte> bytes, int index) => (bytes[index] << 8) | bytes[index + 1];

    private void UseMouse(byte mode) =>
        (_state.MouseMode, _state.MouseEnabled, _state.Port0IsMouse, _state.MouseX, _state.MouseY) = (mode, 1, 1, 0, 0);

    private void CarryJoystick(ReadOnlySpan<byte> command, long at)
    {
        if (command[0] == 0x1A)
        {
            _state.JoysticksEnabled = 0;
            return;
        }

        (_state.JoystickMode, _state.JoysticksEnabled) = (command[0], 1);

        // A joystick command takes port 0 from the mouse, but not while the self-test runs: games rely on having both.
        if (at >= _state.ResetEnd)
        {
            _state.Port0IsMouse = 0;
        }

        (_state.ReportedStick0, _state.ReportedStick1) = (Stick0, Stick1);
        switch (command[0])
        {
            case 0x17:
                _state.MonitorRate = command[1];
                StartSampling(at);
                break;
            case 0x18:
                StartSampling(at);
                break;
            case 0x19:
                command[1..7].CopyTo(_state.JoystickTimes);
                (_state.Horizontal, _state.Vertical, _state.ReportedFire) = (default, default, 0);
                break;
            default:
                break;
        }
    }

    private void AdvanceClock(long at)
    {
        long seconds = _configuration.MasterClock.MicrosecondsOf(at - _state.Clock.Moment) / 1_000_000;
        _state.Clock.AddSeconds(seconds);
        _state.Clock.Moment += CyclesIn(seconds * 1_000_000);
    }

    private void SendClock(long at)
    {
        AdvanceClock(at);
        Span<byte> packet = [0xFC, 0, 0, 0, 0, 0, 0];
        _state.Clock.ReadPacked(packet[1..]);
        Send(packet);
    }

    private void CarryMemory(ReadOnlySpan<byte> command)
    {
        int address = Word(command, 1);
        if (command[0] == 0x20)
        {
            (_state.LoadAddress, _state.LoadLeft) = (address, Math.Min(command[3], (byte)128));
        }
        else if (command[0] == 0x21)
        {
            Span<byte> packet = [0xF6, 0x20, 0, 0, 0, 0, 0, 0];
            for (int index = 0; index < 6; index++)
            {
                int offset = address + index - MemoryStart;
                packet[2 + index] = offset is >= 0 and < 128 ? _state.Memory[offset] : (byte)0;
            }

            Send(packet);
        }
    }

    private void LoadMemory(byte value)
    {
        int offset = _state.LoadAddress - MemoryStart;
        if (offset is >= 0 and < 128)
        {
            _state.Memory[offset] = value;
        }

        _state.LoadAddress++;
        _state.LoadLeft--;
    }

    private void Answer(byte inquiry)
    {
        if (IsMonitoring)
        {
            return;
        }

        Span<byte> packet = [0xF6, 0, 0, 0, 0, 0, 0, 0];
        switch (inquiry)
        {
            case 0x87:
                (packet[1], packet[2]) = (0x07, _state.ButtonAction);
                break;
            case 0x88 or 0x89 or 0x8A:
                DescribeMouseMode(packet);
                break;
            case 0x8B:
                (packet[1], packet[2], packet[3]) = (0x0B, _state.ThresholdX, _state.ThresholdY);
                break;
            case 0x8C:
                (packet[1], packet[2], packet[3]) = (0x0C, _state.ScaleX, _state.ScaleY);
                break;
            case 0x8F or 0x90:
                packet[1] = _state.OriginAtBottom != 0 ? (byte)0x0F : (byte)0x10;
                break;
            case 0x92:
                packet[1] = _state.MouseEnabled != 0 ? (byte)0 : (byte)0x12;
                break;
            case 0x9A:
                packet[1] = _state.JoysticksEnabled != 0 ? (byte)0 : (byte)0x1A;
                break;
            default:
                DescribeJoystickMode(packet);
                break;
        }

        Send(packet);
    }

    private void DescribeMouseMode(Span<byte> packet)
    {
        packet[1] = _state.MouseMode;
        if (_state.MouseMode == 0x09)
        {
            (packet[2], packet[3]) = ((byte)(_state.MaximumX >> 8), (byte)_state.MaximumX);
            (packet[4], packet[5]) = ((byte)(_state.MaximumY >> 8), (byte)_state.MaximumY);
        }
        else if (_state.MouseMode == 0x0A)
        {
            (packet[2], packet[3]) = (_state.DeltaX, _state.DeltaY);
        }
    }

    private void DescribeJoystickMode(Span<byte> packet)
    {
        packet[1] = _state.JoystickMode;
        if (_state.JoystickMode == 0x19)
        {
            ((ReadOnlySpan<byte>)_state.JoystickTimes).CopyTo(packet[2..]);
        }
        else if (_state.JoystickMode == 0x17)
        {
            packet[2] = _state.MonitorRate;
        }
    }
}
