using System.Text;
using Attic.Abi.Machines;

namespace Attic.Modules.StMachine.Tests;

/// <summary>A person at an ST: moves the mouse, clicks, types, and waits for what the screen says.</summary>
internal sealed class DesktopUser
{
    private const int Patience = 3_000;
    private readonly StMachine _machine;
    private readonly IInputPort _input;
    private readonly IScreenText _screen;
    private (int X, int Y) _pointer;

    public DesktopUser(StMachine machine)
    {
        _machine = machine;
        _input = machine.Capability<IInputPort>()!;
        _screen = machine.Capability<IScreenText>()!;
    }

    public void Wait(int frames)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            _machine.RunFrame();
            _machine.Audio.Clear();
        }
    }

    public void WaitFor(string text)
    {
        for (int frames = 0; !_screen.ReadScreenText().Contains(text, StringComparison.Ordinal); frames += 10)
        {
            Assert.True(frames < Patience, $"'{text}' never came; the screen shows:\n{_screen.ReadScreenText()}");
            Wait(10);
        }
    }

    /// <summary>Into the upper left corner, where the pointer stops: from here on its place is known.</summary>
    public void PointToCorner()
    {
        Drag(-700, -500);
        _pointer = (0, 0);
    }

    public void PointTo(int x, int y)
    {
        Drag(x - _pointer.X, y - _pointer.Y);
        _pointer = (x, y);
    }

    public void Click()
    {
        Button(InputPhase.Press);
        Button(InputPhase.Release);
        Wait(16);
    }

    public void DoubleClick()
    {
        for (int click = 0; click < 2; click++)
        {
            Button(InputPhase.Press);
            Button(InputPhase.Release);
        }
    }

    public void Type(string text)
    {
        foreach (var character in text.EnumerateRunes())
        {
            var keys = _input.KeysFor(character);
            Press(keys, InputPhase.Press);
            Press(keys.Reverse(), InputPhase.Release);
        }
    }

    private void Press(IEnumerable<int> keys, InputPhase phase)
    {
        foreach (int key in keys)
        {
            _input.Apply(key, phase, 0);
        }

        Wait(3);
    }

    private void Button(InputPhase phase)
    {
        _input.Apply(Control("ikbd.mouse.button.left"), phase, 0);
        Wait(3);
    }

    // As fast as a hand: eight steps a frame.
    private void Drag(int x, int y)
    {
        while (x != 0 || y != 0)
        {
            (int dx, int dy) = (Math.Clamp(x, -8, 8), Math.Clamp(y, -8, 8));
            _input.Apply(Control("ikbd.mouse.dx"), InputPhase.Press, dx);
            _input.Apply(Control("ikbd.mouse.dy"), InputPhase.Press, dy);
            (x, y) = (x - dx, y - dy);
            Wait(1);
        }

        Wait(4);
    }

    private int Control(string target) =>
        _input.TryResolve(target, null, out int control) ? control : throw new InvalidOperationException($"No {target} on this machine.");
}
