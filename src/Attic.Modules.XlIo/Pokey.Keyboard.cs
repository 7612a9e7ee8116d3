using Attic.Abi.AtariXl;
using Attic.Abi.Time;

namespace Attic.Modules.XlIo;

/// <content>The keyboard scan: one of 64 keys in each tick of the 15 kHz clock.</content>
/// <remarks>
/// The debouncer has four states (Altirra Hardware Reference Manual, 5.8): waiting; a key was seen and must be seen again; the
/// key is down; it was missed once. CONTROL, SHIFT and BREAK answer on a line of their own (KR2) in rows $00, $10 and $30.
/// </remarks>
internal sealed partial class Pokey
{
    private const byte Shift = (byte)XlModifiers.Shift;
    private const byte Control = (byte)XlModifiers.Control;
    private const byte Break = (byte)XlModifiers.Break;

    private bool ScansKeys => (_s.Skctl & 2) != 0;

    private bool Debounces => (_s.Skctl & 1) != 0;

    /// <inheritdoc/>
    public void SetKey(int code, bool down, MasterCycles at)
    {
        Advance(Cycle(at));
        ulong bit = 1UL << (code & 63);
        _s.Keys = down ? _s.Keys | bit : _s.Keys & ~bit;
        AwaitKeyTick();
    }

    /// <inheritdoc/>
    public void SetModifier(XlModifiers which, bool down, MasterCycles at)
    {
        Advance(Cycle(at));
        _s.Modifiers = (byte)(down ? _s.Modifiers | (int)which : _s.Modifiers & ~(int)which);
        AwaitKeyTick();
    }

    /// <inheritdoc/>
    public bool KeyboardBusy =>
        (_s.KeyTick != Never && (_s.KeyState < 2 || _s.Keys == 0 || _s.Modifiers != _s.ModifiersSeen))
        || (_s.Irqen & ~_s.Irqst & (KeyPressed | BreakPressed)) != 0;

    private void AwaitKeyTick()
    {
        bool wanted = ScansKeys && _s.Slow15 != Never && (_s.Keys != 0 || _s.KeyState != 0 || _s.Modifiers != _s.ModifiersSeen);
        _s.KeyTick = wanted ? TickAfter(_s.Slow15, Period15, _s.Now) : Never;
        Schedule();
    }

    private void ScanKey(long now)
    {
        int code = (int)(TicksUpTo(_s.Slow15, Period15, now) & 63);
        ScanModifier(code, now);
        bool down = (_s.Keys >> code & 1) != 0;
        bool same = !Debounces || code == _s.KeyLatch;
        switch (_s.KeyState)
        {
            case 0 when down:
                (_s.KeyState, _s.KeyLatch) = (1, (byte)code);
                break;
            case 1 when down && same:
                _s.KeyState = 2;
                TakeKey(code, now);
                break;
            case 1 when down || same:
                _s.KeyState = 0;
                break;
            case 2 when !down && same:
                _s.KeyState = 3;
                break;
            case 3 when same:
                _s.KeyState = (byte)(down ? 2 : 0);
                break;
            default:
                break;
        }

        AwaitKeyTick();
    }

    private void ScanModifier(int code, long now)
    {
        byte key = code switch { 0x00 => Control, 0x10 => Shift, 0x30 => Break, _ => 0 };
        if (((_s.Modifiers ^ _s.ModifiersSeen) & key) == 0)
        {
            return;
        }

        _s.ModifiersSeen ^= key;
        if (key == Break && (_s.ModifiersSeen & Break) != 0)
        {
            Raise(BreakPressed, now);
        }
    }

    private void TakeKey(int code, long now)
    {
        _s.KeysSeen++;
        _s.Kbcode = (byte)(code | ((_s.ModifiersSeen & Shift) != 0 ? 0x40 : 0) | ((_s.ModifiersSeen & Control) != 0 ? 0x80 : 0));
        if ((_s.Irqen & KeyPressed) != 0 && (_s.Irqst & KeyPressed) == 0)
        {
            _s.Errors &= unchecked((byte)~KeyOverrun);
        }

        Raise(KeyPressed, now);
    }

    private void ChangeKeyboardMode(long now)
    {
        if (!ScansKeys)
        {
            (_s.KeyState, _s.ModifiersSeen) = (0, (byte)(_s.ModifiersSeen & ~(Control | Break)));
        }

        _s.Now = Math.Max(_s.Now, now);
        AwaitKeyTick();
    }
}
