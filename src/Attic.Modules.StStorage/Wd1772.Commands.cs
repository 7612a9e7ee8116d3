namespace Attic.Modules.StStorage;

/// <content>Commands: their start, force interrupt, and type I (heads).</content>
internal sealed partial class Wd1772
{
    private const byte NoSpinUpFlag = 0x08;
    private const byte VerifyFlag = 0x04;
    private const byte SettleFlag = 0x04;
    private const byte UpdateFlag = 0x10;
    private const byte MultipleFlag = 0x10;

    // Step rates r1 r0 of the WD1772 in milliseconds.
    private static ReadOnlySpan<byte> StepRates => [6, 12, 2, 3];

    private bool IsTypeOne => (_s.Command & 0x80) == 0;

    private bool IsWriteSector => (_s.Command & 0xE0) == 0xA0;

    private bool IsReadAddress => (_s.Command & 0xF0) == 0xC0;

    private bool IsWriteTrack => (_s.Command & 0xF0) == 0xF0;

    private bool IsTrackTransfer => (_s.Command & 0xE0) == 0xE0;

    private long StepTime => StepRates[_s.Command & 3] * _millisecond;

    private long SettleTime => 15 * _millisecond;

    private void WriteCommand(byte value, long at)
    {
        if ((value & 0xF0) == 0xD0)
        {
            ForceInterrupt(value, at);
            return;
        }

        if ((_s.Status & FdcStatus.Busy) != FdcStatus.None)
        {
            return;
        }

        _s.Command = value;
        _s.Activity++;
        _s.Status = FdcStatus.Busy;
        _s.TypeOneStatus = IsTypeOne;
        _s.Request = false;
        _s.IndexInterrupts = false;
        if (!_s.InterruptHeld)
        {
            SetInterrupt(false, at);
        }

        // Only a motor that stands is waited for: one that runs is taken to have its speed.
        bool running = _s.Motor;
        if (!running)
        {
            StartMotor(at);
        }

        if ((value & NoSpinUpFlag) != 0 || running)
        {
            Begin(at);
        }
        else
        {
            _s.IndexCount = 0;
            After(FdcPhase.SpinUp, Never);
        }
    }

    // D0 ends quietly, D4 interrupts at every index pulse, D8 at once and until D0.
    private void ForceInterrupt(byte value, long at)
    {
        if ((_s.Status & FdcStatus.Busy) != FdcStatus.None)
        {
            _s.Status &= ~FdcStatus.Busy;
        }
        else
        {
            _s.Status = FdcStatus.None;
            _s.TypeOneStatus = true;
        }

        _s.Command = value;
        _s.Request = false;
        _s.IndexCount = 0;
        _s.IndexInterrupts = (value & 4) != 0;
        _s.InterruptHeld = (value & 8) != 0;
        After(FdcPhase.Idle, Never);
        SetInterrupt(_s.InterruptHeld, at);
    }

    // The motor has its speed, or is not waited for.
    private void Begin(long at)
    {
        if (IsTypeOne)
        {
            After(FdcPhase.Preparing, at + (90 * _millisecond / 1000));
        }
        else if ((_s.Command & SettleFlag) != 0)
        {
            After(FdcPhase.Settling, at + SettleTime);
        }
        else
        {
            Settled(at);
        }
    }

    private void Settled(long at)
    {
        bool writes = IsWriteSector || IsWriteTrack;
        if (writes && Drive?.Protected(at) == true)
        {
            _s.Status |= FdcStatus.WriteProtect;
            Finish(at);
        }
        else if (!IsTypeOne && IsTrackTransfer)
        {
            BeginTrackCommand(at);
        }
        else
        {
            Search(at);
        }
    }

    private void BeginSteps(long at)
    {
        switch (_s.Command >> 4)
        {
            case 0:
                _s.Track = 0xFF;
                _s.Data = 0;
                _s.StepsLeft = 0xFF;
                StepOn(at);
                break;
            case 1:
                StepOn(at);
                break;
            default:
                _s.Inwards = (_s.Command & 0x60) switch { 0x40 => true, 0x60 => false, _ => _s.Inwards };
                if ((_s.Command & UpdateFlag) != 0)
                {
                    _s.Track += (byte)(_s.Inwards ? 1 : -1);
                }

                Step(at);
                break;
        }
    }

    // Restore and Seek take the next step or have arrived; the Step commands have waited for their only one.
    private void StepOn(long at)
    {
        switch (_s.Command >> 4)
        {
            case 0 when Drive?.AtTrack0 == true:
                _s.Track = 0;
                StepsDone(at);
                break;
            case 0 when _s.StepsLeft == 0:
                _s.Track = 0;
                _s.Status |= (_s.Command & VerifyFlag) != 0 ? FdcStatus.RecordNotFound : FdcStatus.None;
                Finish(at);
                break;
            case 0:
                _s.StepsLeft--;
                _s.Inwards = false;
                Step(at);
                break;
            case 1 when _s.Track != _s.Data:
                _s.Inwards = _s.Data > _s.Track;
                _s.Track += (byte)(_s.Inwards ? 1 : -1);
                Step(at);
                break;
            default:
                StepsDone(at);
                break;
        }
    }

    // No pulse is given towards the outside at track 0; the register is then known.
    private void Step(long at)
    {
        if (!_s.Inwards && Drive?.AtTrack0 == true)
        {
            _s.Track = 0;
            StepsDone(at);
            return;
        }

        Drive?.Step(_s.Inwards);
        After(FdcPhase.Stepping, at + StepTime);
    }

    private void StepsDone(long at)
    {
        if ((_s.Command & VerifyFlag) != 0)
        {
            After(FdcPhase.Settling, at + SettleTime);
        }
        else
        {
            Finish(at);
        }
    }
}
