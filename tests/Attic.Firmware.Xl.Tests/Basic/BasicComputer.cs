using Attic.Abi.Machines;

namespace Attic.Firmware.Xl.Tests.Basic;

/// <summary>
/// An 800XL with a BASIC that is typed at: lines go to the keyboard handler's CH one key at a time, as fast as it takes them.
/// </summary>
internal sealed class BasicComputer
{
    private const int Ch = 0x2FC;
    private const int Hatabs = 0x31A;
    private const int Device = 0x0600;
    private const int FileStart = 0x6000;

    // Keyboard codes (Hardware Manual, part III): by place, alone and with SHIFT.
    private const string Plain = "lj;~~k+*o~pu\ni-=v~c~~bxz4~36~521, .n~m/~r~ey~twq9~07~8<>fhd~~gsa";
    private const string Shifted = "~~:~~~\\^~~~~~~_|~~~~~~~~$~#&~%\"![~]~~~?~~~~~~~~~(~)'~@~~~~~~~~~~";

    private readonly XlComputer _computer;

    private BasicComputer(byte[] rom)
    {
        _computer = new XlComputer(rom);
        _computer.RunUntil(() => Screen.Contains("READY", StringComparison.Ordinal), 600, "READY");
        Enter("GRAPHICS 0");
    }

    /// <summary>Our operating system and our BASIC.</summary>
    public static BasicComputer Ours() => new([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);

    /// <summary>The operating system and the BASIC of the folder that ATTIC_XL_ROMS names; skips the test without them.</summary>
    public static BasicComputer Foreign()
    {
        string folder = Environment.GetEnvironmentVariable("ATTIC_XL_ROMS") ?? "";
        string os = Path.Combine(folder, "ATARIXL.ROM");
        string basic = Path.Combine(folder, "ATARIBAS.ROM");
        Skip.IfNot(folder.Length > 0 && File.Exists(os) && File.Exists(basic),
            "Needs another BASIC: set ATTIC_XL_ROMS to a folder with ATARIXL.ROM and ATARIBAS.ROM (AltirraOS and Altirra BASIC for example).");
        return new([.. File.ReadAllBytes(os), .. File.ReadAllBytes(basic)]);
    }

    /// <summary>The screen, its messages in capitals.</summary>
    public string Screen => _computer.Screen
        .Replace("Ready", "READY", StringComparison.Ordinal)
        .Replace("Error", "ERROR", StringComparison.Ordinal)
        .Replace("Stopped", "STOPPED", StringComparison.Ordinal)
        .Replace("at line", "AT LINE", StringComparison.Ordinal);

    /// <summary>The computer itself.</summary>
    public XlComputer Computer => _computer;

    /// <summary>Emulated seconds since power-on.</summary>
    public double Seconds => _computer.Machine.Now.Count * 44.0 / 315e6;

    /// <summary>Types lines and waits until the last is done.</summary>
    public void Enter(params IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            foreach (char character in line + "\n")
            {
                Press(character);
            }
        }

        Settle();
    }

    /// <summary>Types a line and runs until the prompt comes back; the answer is emulated seconds.</summary>
    public double Time(string line, int most)
    {
        double start = Seconds;
        foreach (char character in line + "\n")
        {
            Press(character);
        }

        _computer.RunUntil(() => Screen.EndsWith("READY", StringComparison.Ordinal) && _computer.Peek(Ch) == 0xFF, most, "READY");
        return Seconds - start;
    }

    /// <summary>Puts a device M: into the computer that holds one file (firmware/xl/tests/ramdevice.s).</summary>
    public void AddFileDevice()
    {
        _computer.Poke(Device, RamDevice.Code);
        int entry = Hatabs;
        while (_computer.Peek(entry) != 0)
        {
            entry += 3;
        }

        _computer.Poke(entry, (byte)'M');
        _computer.PokeWord(entry + 1, Device);
    }

    /// <summary>What was written to M:, or is to be read from it.</summary>
    public byte[] Medium
    {
        get => _computer.Peek(FileStart, _computer.PeekWord(Device + RamDevice.End) - FileStart);
        set
        {
            _computer.Poke(FileStart, value);
            _computer.PokeWord(Device + RamDevice.End, FileStart + value.Length);
        }
    }

    // Until the screen has not changed for a while.
    private void Settle()
    {
        string last = "";
        for (int quiet = 0, frames = 0; quiet < 16; quiet++, frames++)
        {
            Assert.True(frames < 4000, $"The screen does not come to rest:\n{Screen}");
            _computer.Run(1);
            if (_computer.Screen != last)
            {
                (last, quiet) = (_computer.Screen, 0);
            }
        }
    }

    private void Press(char character)
    {
        int code = Plain.IndexOf(char.ToLowerInvariant(character), StringComparison.Ordinal);
        code = code >= 0 ? code : Shifted.IndexOf(character, StringComparison.Ordinal) | 0x40;
        Assert.True(code >= 0, $"No key types '{character}'.");
        _computer.Poke(Ch, (byte)code);
        for (int steps = 0; _computer.Peek(Ch) != 0xFF; steps++)
        {
            Assert.True(steps < 40_000, $"Nothing takes the key '{character}':\n{Screen}");
            _computer.Machine.RunTicks(300);
            _computer.Machine.Audio.Clear();
        }
    }
}
