using System.Text;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Modules.Mos6502;
using Attic.Modules.XlIo;
using Attic.Modules.XlMachine;
using Attic.Modules.XlStorage;
using Attic.Modules.XlVideo;

namespace Attic.Firmware.Xl.Tests;

/// <summary>
/// An 800XL with our ROMs and hands on it: types, runs, reads the screen and memory, and calls routines of the operating system
/// as a program would.
/// </summary>
internal sealed class XlComputer
{
    // Where Call's program waits for work, and its registers.
    private const ushort Stub = 0x0600;
    private const ushort Go = 0x06F0;

    private static readonly Dictionary<char, string> Named = new()
    {
        ['\n'] = "RETURN", ['\b'] = "BACKSPACE", ['\t'] = "TAB", ['\u001b'] = "ESC", [' '] = "SPACE",
    };

    private readonly IMachine _machine;
    private readonly IInputPort _input;

    /// <param name="rom">The OS, or the OS and BASIC; without it our OS.</param>
    /// <param name="region">NTSC or PAL.</param>
    /// <param name="storage">What sits on the serial bus; without it disk drives.</param>
    /// <param name="held">Targets of keys that are held while the power comes on, as "console.option".</param>
    public XlComputer(byte[]? rom = null, VideoRegion region = VideoRegion.Ntsc, IModule? storage = null, params string[] held)
    {
        var configuration = new MachineConfiguration
        {
            Machine = "atari_xl",
            Profile = "xl_800_ntsc",
            Region = region,
            RamKilobytes = 64,
            Rom = rom ?? FirmwareTree.Os(),
            Seed = 1985,
        };
        _machine = new XlMachineModule().Create(configuration, new Dictionary<string, IModule>(StringComparer.Ordinal)
        {
            ["cpu"] = new Mos6502Module(),
            ["video"] = new XlVideoModule(),
            ["io"] = new XlIoModule(),
            ["storage"] = storage ?? new XlStorageModule(),
        });
        _input = _machine.Capability<IInputPort>()!;
        foreach (string target in held)
        {
            Control(target, InputPhase.Press);
        }
    }

    /// <summary>Frames since the power came on.</summary>
    public long Frames => _machine.FrameNumber;

    /// <summary>The text on the screen, line by line, without blanks at the ends.</summary>
    public string Screen => _machine.Capability<IScreenText>()!.ReadScreenText();

    /// <summary>The machine itself.</summary>
    public IMachine Machine => _machine;

    /// <summary>Our OS without BASIC, past its start, in a loop that waits for <see cref="Call"/>.</summary>
    public static XlComputer Idle(IModule? storage = null)
    {
        var computer = new XlComputer(storage: storage, held: "console.option");
        computer.Run(400);
        computer.Control("console.option", InputPhase.Release);
        computer.PokeProgram();
        computer.PressReset();
        return computer;
    }

    /// <summary>Runs so many frames.</summary>
    public void Run(int frames)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            _machine.RunFrame();
            _machine.Audio.Clear();
        }
    }

    /// <summary>Runs until the screen shows a text; fails after so many frames.</summary>
    public void RunUntil(string text, int most = 600) => RunUntil(() => Screen.Contains(text, StringComparison.Ordinal), most, text);

    /// <summary>Runs until a condition holds; fails after so many frames.</summary>
    public void RunUntil(Func<bool> condition, int most = 600, string? what = null)
    {
        for (int frame = 0; !condition(); frame++)
        {
            Assert.True(frame < most, $"{what ?? "The condition"} did not come within {most} frames. The screen:\n{Screen}");
            Run(1);
        }
    }

    /// <summary>Types characters, and keys by name in braces: <c>{UP}</c>, <c>{CTRL+DELETE}</c>, <c>{SHIFT+INSERT}</c>.</summary>
    public void Type(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            if (text[at] == '{')
            {
                int end = text.IndexOf('}', at);
                Hold(text[(at + 1)..end].Split('+').SelectMany(KeysOf));
                at = end + 1;
            }
            else
            {
                Hold(KeysFor(text[at++]));
            }
        }
    }

    /// <summary>Presses or releases a control: "console.start", "joystick.port0.button", "keyboard.matrix:XL_KEY_A".</summary>
    public void Control(string target, InputPhase phase)
    {
        string[] parts = target.Split(':');
        Assert.True(_input.TryResolve(parts[0], parts.Length > 1 ? parts[1] : null, out int control), $"There is no control {target}.");
        _input.Apply(control, phase, 0);
    }

    /// <summary>The RESET key, and time for the start.</summary>
    public void PressReset()
    {
        Control("console.reset", InputPhase.Press);
        Run(2);
        Control("console.reset", InputPhase.Release);
        Run(40);
    }

    /// <summary>Power off and on.</summary>
    public void PowerCycle() => _machine.Reset(ResetKind.Cold);

    public byte Peek(int address)
    {
        Span<byte> value = stackalloc byte[1];
        ((IMemoryInspector)_machine).Peek((uint)address, value);
        return value[0];
    }

    public int PeekWord(int address) => Peek(address) | (Peek(address + 1) << 8);

    public byte[] Peek(int address, int count) => [.. Enumerable.Range(address, count).Select(at => Peek(at))];

    public void Poke(int address, params ReadOnlySpan<byte> bytes) => ((IMemoryInspector)_machine).Poke((uint)address, bytes);

    public void PokeWord(int address, int value) => Poke(address, (byte)value, (byte)(value >> 8));

    /// <summary>Calls a routine with registers, on a computer made by <see cref="Idle"/>; fails after so many frames.</summary>
    /// <returns>A, X and Y as the routine left them.</returns>
    public (byte A, byte X, byte Y) Call(int address, byte a = 0, byte x = 0, byte y = 0, int most = 3000)
    {
        Begin(address, a, x, y);
        RunUntil(() => Peek(Go) == 0, most, $"The end of the routine at ${address:X4}");
        return (Peek(Go + 1), Peek(Go + 2), Peek(Go + 3));
    }

    /// <summary>Starts a routine and comes back at once: <see cref="Call"/> waits for it.</summary>
    public void Begin(int address, byte a = 0, byte x = 0, byte y = 0)
    {
        Assert.Equal(0, Peek(Go));
        PokeWord(Stub + 15, address);
        Poke(Go + 1, a, x, y);
        Poke(Go, 1);
    }

    /// <summary>Whether the routine that <see cref="Begin"/> started has ended.</summary>
    public bool Idles => Peek(Go) == 0;

    private static string[] KeysOf(string name) => name switch
    {
        "UP" => ["XL_KEY_CONTROL", "XL_KEY_MINUS"],
        "DOWN" => ["XL_KEY_CONTROL", "XL_KEY_EQUALS"],
        "LEFT" => ["XL_KEY_CONTROL", "XL_KEY_PLUS"],
        "RIGHT" => ["XL_KEY_CONTROL", "XL_KEY_ASTERISK"],
        "CTRL" => ["XL_KEY_CONTROL"],
        "DELETE" => ["XL_KEY_BACKSPACE"],
        "INSERT" => ["XL_KEY_GREATER"],
        "CLEAR" => ["XL_KEY_LESS"],
        _ => ["XL_KEY_" + name],
    };

    private IEnumerable<string> KeysFor(char character)
    {
        if (Named.TryGetValue(character, out string? name))
        {
            return ["XL_KEY_" + name];
        }

        // Letters without SHIFT: the OS starts in upper case.
        var keys = _input.KeysFor(new Rune(char.ToLowerInvariant(character)));
        Assert.NotEmpty(keys);
        return keys.Select(key => key switch { 64 => "XL_KEY_SHIFT", 65 => "XL_KEY_CONTROL", _ => key.ToString(System.Globalization.CultureInfo.InvariantCulture) });
    }

    // Held for four frames and away for four: the OS takes a key at once and the same again after three.
    private void Hold(IEnumerable<string> keys)
    {
        string[] targets = [.. keys.Select(key => "keyboard.matrix:" + key)];
        foreach (string target in targets)
        {
            Control(target, InputPhase.Press);
        }

        Run(4);
        foreach (string target in targets)
        {
            Control(target, InputPhase.Release);
        }

        Run(5);
    }

    /// <summary>What waits at $0600 for <see cref="Call"/>.</summary>
    // wait: lda go; beq wait; lda a; ldx x; ldy y; jsr ...; sta a; stx x; sty y; lda #0; sta go; jmp wait
    public static ReadOnlySpan<byte> WaitProgram =>
    [
        0xAD, 0xF0, 0x06, 0xF0, 0xFB, 0xAD, 0xF1, 0x06, 0xAE, 0xF2, 0x06, 0xAC, 0xF3, 0x06, 0x20, 0x00, 0x06,
        0x8D, 0xF1, 0x06, 0x8E, 0xF2, 0x06, 0x8C, 0xF3, 0x06, 0xA9, 0x00, 0x8D, 0xF0, 0x06, 0x4C, 0x00, 0x06,
    ];

    // It is what DOSVEC starts.
    private void PokeProgram()
    {
        Poke(Stub, WaitProgram);
        Poke(Go, 0);
        PokeWord(0x0A, Stub);
    }
}
