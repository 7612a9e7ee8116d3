using System.Text;
using Attic.Abi.Machines;

namespace Attic.Modules.StIo.Ikbd;

/// <summary>The side that the user's hands are on.</summary>
public sealed partial class IkbdProcessor
{
    private const int Released = 0x8000;
    private const int MotionLimit = 32_767;
    private const byte LeftBit = 2;
    private const byte RightBit = 1;

    /// <inheritdoc/>
    public int Pending
    {
        get
        {
            int sending = _state.TransmitEnd == Never ? 0 : 1;
            int motion = MovesMouse && IsPastThreshold ? 1 : 0;
            return _state.EventCount + _state.OutputCount + sending + motion + _acia.Unread;
        }
    }

    private bool MovesMouse => _state.MouseEnabled != 0 && _state.Port0IsMouse != 0 && _state.MouseMode == 0x08;

    private bool IsPastThreshold =>
        Math.Abs(_state.MouseX) >= Math.Max((byte)1, _state.ThresholdX) || Math.Abs(_state.MouseY) >= Math.Max((byte)1, _state.ThresholdY);

    /// <inheritdoc/>
    public bool TryResolve(string target, string? value, out int control) => IkbdControls.TryResolve(target, value, out control);

    /// <inheritdoc/>
    public IReadOnlyList<int> KeysFor(Rune character) => UsLayout.KeysFor(character);

    /// <inheritdoc/>
    public void Apply(int control, InputPhase phase, int amount)
    {
        if (control is IkbdControls.MouseX or IkbdControls.MouseY)
        {
            ref int axis = ref control == IkbdControls.MouseX ? ref _state.MouseX : ref _state.MouseY;
            axis = (int)Math.Clamp((long)axis + amount, -MotionLimit, MotionLimit);
        }
        else if (control is > 0 and < IkbdControls.Count && phase != InputPhase.Repeat)
        {
            bool down = phase == InputPhase.Press;
            SetWanted(control, down);
            Queue(down ? control : control | Released);
        }
    }

    private static void SetBit(ref byte levels, byte bit, bool on) => levels = (byte)(on ? levels | bit : levels & ~bit);

    private void SetWanted(int control, bool down)
    {
        switch (control)
        {
            case < 0x80:
                _state.Wanted.Set(control, down);
                break;
            case IkbdControls.LeftButton:
                SetBit(ref _state.WantedButtons, LeftBit, down);
                break;
            case IkbdControls.RightButton:
                SetBit(ref _state.WantedButtons, RightBit, down);
                break;
            case >= IkbdControls.Stick1:
                SetBit(ref _state.WantedStick1, IkbdControls.StickBit(control), down);
                break;
            case >= IkbdControls.Stick0:
                SetBit(ref _state.WantedStick0, IkbdControls.StickBit(control), down);
                break;
            default:
                break;
        }
    }

    // A change that finds the queue full is made up for when the queue is empty: see Reconcile.
    private void Queue(int change)
    {
        if (_state.EventCount < EventCapacity)
        {
            _state.Events[(_state.EventFirst + _state.EventCount) % EventCapacity] = (ushort)change;
            _state.EventCount++;
        }
    }

    private void TakeEvent()
    {
        if (_state.EventCount == 0)
        {
            Reconcile();
            return;
        }

        int change = _state.Events[_state.EventFirst];
        _state.EventFirst = (_state.EventFirst + 1) % EventCapacity;
        _state.EventCount--;
        bool down = (change & Released) == 0;
        int control = change & ~Released;
        switch (control)
        {
            case < 0x80:
                Key(control, down);
                break;
            case IkbdControls.LeftButton:
                SetBit(ref _state.Buttons, LeftBit, down);
                break;
            case IkbdControls.RightButton:
                SetBit(ref _state.Buttons, RightBit, down);
                break;
            case >= IkbdControls.Stick1:
                SetBit(ref _state.Stick1, IkbdControls.StickBit(control), down);
                break;
            default:
                SetBit(ref _state.Stick0, IkbdControls.StickBit(control), down);
                break;
        }
    }

    private void Reconcile()
    {
        (_state.Buttons, _state.Stick0, _state.Stick1) = (_state.WantedButtons, _state.WantedStick0, _state.WantedStick1);
        for (int word = 0; word < 2; word++)
        {
            ulong different = _state.Wanted[word] ^ _state.Held[word];
            if (different != 0)
            {
                int key = (word * 64) + System.Numerics.BitOperations.TrailingZeroCount(different);
                Key(key, _state.Wanted.Has(key));
                return;
            }
        }
    }

    private void Key(int key, bool down)
    {
        if (_state.Held.Has(key) == down)
        {
            return;
        }

        _state.Held.Set(key, down);
        if (!IsMonitoring)
        {
            Send([(byte)(down ? key : key | 0x80)]);
        }
    }
}
