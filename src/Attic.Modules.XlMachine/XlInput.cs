using System.Globalization;
using System.Text;
using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Modules.XlMachine.Cartridges;

namespace Attic.Modules.XlMachine;

/// <summary>
/// Everything that hands move: <c>keyboard.matrix</c> with a key's name or scan code, <c>keyboard.char</c> with a character,
/// <c>console.start</c>, <c>.select</c>, <c>.option</c>, <c>.reset</c>, <c>joystick.port0.up</c> … <c>.button</c>, <c>joystick.port1</c> likewise,
/// <c>paddle.0</c> … <c>.7</c> (the amount turns it), <c>pen.x</c>, <c>pen.y</c> (the amount moves a light pen in port 1, in colour
/// clocks and lines of the standard picture from its middle on), <c>pen.button</c>.
/// </summary>
internal sealed class XlInput(IXlKeyboard keyboard, IXlSticks sticks, IXlVideo video, IMachine machine, IMemoryInspector memory, BootKeys boot, CartridgeSlot slot) : IInputPort, IStateful
{
    private const int Console = 70;
    private const int Stick = 80;
    private const int StickControls = 5;
    private const int Paddle = 100;
    private const int Pen = 110;
    private const int PenControls = 3;
    private const byte ResetHeld = 0x80;

    // The operating system's variables (Operating System User's Manual, data base): frames until the same key counts again, the last
    // key's code, and the key that no program has taken yet.
    private const uint KeyDelay = 0x02F1;
    private const uint LastKey = 0x02F2;
    private const uint Key = 0x02FC;
    private const byte NoKey = 0xFF;

    private static readonly string[] Consoles = ["start", "select", "option"];
    private static readonly string[] PenParts = ["x", "y", "button"];
    private static readonly string[] Directions = ["up", "down", "left", "right", "button"];

    private InputState _s;

    /// <inheritdoc/>
    public int Pending => keyboard.KeyboardBusy ? 1 : 0;

    /// <inheritdoc/>
    // A key that waits for a program is also the last one: so a program that uses this memory for itself seldom looks like it.
    public bool TakesKey
    {
        get
        {
            byte waiting = Peek(Key);
            return Pending == 0 && (waiting == NoKey || waiting != Peek(LastKey)) && Peek(KeyDelay) == 0;
        }
    }

    /// <summary>All controls at rest, as they are at power-on.</summary>
    public void PowerOn()
    {
        _s = new() { Sticks = 0xFF };
        for (int paddle = 0; paddle < 8; paddle++)
        {
            _s.Paddles |= 228UL << (8 * paddle);
        }

        Drive();
    }

    /// <inheritdoc/>
    public bool TryResolve(string target, string? value, out int control)
    {
        control = -1;
        string[] parts = target.Split('.');
        control = parts switch
        {
            ["keyboard", "matrix"] => MatrixKey(value),
            ["keyboard", "char"] => Typed(value),
            ["console", "reset"] => XlKeys.Reset,
            ["console", var name] when Array.IndexOf(Consoles, name) is >= 0 and var index => Console + index,
            ["joystick", "port0", var name] when Array.IndexOf(Directions, name) is >= 0 and var index => Stick + index,
            ["joystick", "port1", var name] when Array.IndexOf(Directions, name) is >= 0 and var index => Stick + StickControls + index,
            ["paddle", [>= '0' and <= '7' and var digit]] => Paddle + digit - '0',
            ["pen", var name] when Array.IndexOf(PenParts, name) is >= 0 and var index => Pen + index,
            _ => -1,
        };
        return control >= 0;
    }

    /// <inheritdoc/>
    public void Apply(int control, InputPhase phase, int amount)
    {
        if (phase == InputPhase.Repeat)
        {
            return;
        }

        bool down = phase == InputPhase.Press;
        var now = machine.Now;
        machine.Synchronize();
        _s.Changes++;
        switch (control)
        {
            case >= XlKeys.Exact:
                PressExactly(control, down, now);
                break;
            case >= Pen:
                MovePen(control - Pen, down, amount);
                break;
            case >= Paddle:
                Turn(control - Paddle, amount);
                break;
            case >= Stick:
                MoveStick(control - Stick, down);
                break;
            case >= Console:
                _s.Console = (byte)(down ? _s.Console | (1 << (control - Console)) : _s.Console & ~(1 << (control - Console)));
                break;
            case XlKeys.Reset:
                Reset(down);
                break;
            case >= XlKeys.Shift:
                SetModifier((XlModifiers)(1 << (control - XlKeys.Shift)), down, now);
                break;
            case >= 0:
                keyboard.SetKey(control, down, now);
                break;
            default:
                break;
        }

        Drive();
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> KeysFor(Rune character) => character.IsBmp ? XlKeys.For((char)character.Value) : [];

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor) => visitor.Struct("controls", ref _s);

    private static int MatrixKey(string? value)
    {
        if (value is null)
        {
            return -1;
        }

        if (XlKeys.TryFind(value, out int control))
        {
            return control;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && code < 64 ? code : -1;
    }

    private static int Typed(string? value)
    {
        int[] keys = value is { Length: 1 } ? XlKeys.For(value[0]) : [];
        return keys switch
        {
            [var key] => XlKeys.Exact | key,
            [XlKeys.Shift, var key] => XlKeys.Exact | XlKeys.WithShift | key,
            _ => -1,
        };
    }

    private byte Peek(uint address)
    {
        Span<byte> value = stackalloc byte[1];
        memory.Peek(address, value);
        return value[0];
    }

    private void Reset(bool down)
    {
        bool held = (_s.Held & ResetHeld) != 0;
        Hold(ResetHeld, down);
        if (down && !held)
        {
            machine.Reset(ResetKind.Warm);
        }
    }

    private void SetModifier(XlModifiers which, bool down, MasterCycles now)
    {
        Hold((byte)which, down);
        keyboard.SetModifier(which, down, now);
    }

    private void Hold(byte bit, bool down) => _s.Held = (byte)(down ? _s.Held | bit : _s.Held & ~bit);

    // The user's own SHIFT and CONTROL stand back while the key is held: on another keyboard they may be needed to type it.
    private void PressExactly(int control, bool down, MasterCycles now)
    {
        bool shift = down ? (control & XlKeys.WithShift) != 0 : (_s.Held & (byte)XlModifiers.Shift) != 0;
        bool ctrl = down ? (control & XlKeys.WithControl) != 0 : (_s.Held & (byte)XlModifiers.Control) != 0;
        keyboard.SetModifier(XlModifiers.Shift, shift, now);
        keyboard.SetModifier(XlModifiers.Control, ctrl, now);
        keyboard.SetKey(control & 63, down, now);
    }

    private void MoveStick(int control, bool down)
    {
        (int port, int direction) = (control / StickControls, control % StickControls);
        if (direction == 4)
        {
            _s.Triggers = (byte)(down ? _s.Triggers | (1 << port) : _s.Triggers & ~(1 << port));
            return;
        }

        int bit = 1 << ((4 * port) + direction);
        _s.Sticks = (byte)(down ? _s.Sticks & ~bit : _s.Sticks | bit);
    }

    // The pen's button is where a stick's up is; away from the picture it sees no light.
    private void MovePen(int control, bool down, int amount)
    {
        switch (control)
        {
            case 0:
                _s.PenX = (short)Math.Clamp((long)_s.PenX + amount, -80, 79);
                break;
            case 1:
                _s.PenY = (short)Math.Clamp((long)_s.PenY + amount, -96, 95);
                break;
            default:
                MoveStick(0, down);
                return;
        }

        _s.PenIsThere = 1;
    }

    private void Turn(int paddle, int amount)
    {
        int level = (int)Math.Clamp((long)(byte)(_s.Paddles >> (8 * paddle)) + amount, 0, 228);
        _s.Paddles = (_s.Paddles & ~(0xFFUL << (8 * paddle))) | ((ulong)level << (8 * paddle));
        keyboard.SetPot(paddle, level, machine.Now);
    }

    /// <summary>Puts the controls' present state onto the chips' pins.</summary>
    // Trigger 3 senses RD5: low, as held, while no cartridge is at $A000.
    public void Drive()
    {
        sticks.SetJoysticks(_s.Sticks);
        video.SetTriggers((byte)(_s.Triggers | (slot.Windows.Rd5 ? 0 : 8)));
        video.SetPen(128 + _s.PenX, _s.PenIsThere != 0 ? 128 + _s.PenY : -1);
        video.SetConsoleKeys((byte)(_s.Console | boot.Held));
    }

    private struct InputState
    {
        public ulong Paddles;
        public uint Changes;
        public short PenX;
        public short PenY;
        public uint PenIsThere;
        public byte Sticks;
        public byte Triggers;
        public byte Console;

        // XlModifiers, and RESET in bit 7.
        public byte Held;
    }
}
