namespace Attic.Cpm.Terminal;

/// <summary>The console as the BDOS presents it: tabs become blanks, ^S holds the output, ^P copies it to the list device.</summary>
internal sealed class ConsoleDevice(ICpmConsole terminal, Action<byte> list)
{
    private byte _held;
    private bool _hasHeld;
    private bool _copying;

    /// <summary>The cursor's column, from 0.</summary>
    public int Column { get; private set; }

    /// <summary>Output stands still until a key comes (^S).</summary>
    public bool Paused { get; private set; }

    /// <summary>Whether a key waits.</summary>
    public bool HasInput => _hasHeld || terminal.HasInput;

    /// <summary>Takes a key, or says that there is none.</summary>
    public bool TryRead(out byte key)
    {
        if (_hasHeld)
        {
            (key, _hasHeld) = (_held, false);
            return true;
        }

        return terminal.TryRead(out key);
    }

    /// <summary>Shows a byte as it is, past tabs and ^S (BDOS function 6, BIOS CONOUT).</summary>
    public void WriteRaw(byte character) => terminal.Write(character);

    /// <summary>Shows a character, a tab as blanks to the next eighth column.</summary>
    public void Write(byte character)
    {
        if (character == AsciiCode.Tab)
        {
            do
            {
                Put((byte)' ');
            }
            while (Column % 8 != 0);
        }
        else
        {
            Put(character);
        }
    }

    /// <summary>Shows a key that was read: printable as it is, a control character as ^X, but for those that move the cursor.</summary>
    public void Echo(byte key)
    {
        if (key < ' ' && key is not (AsciiCode.Return or AsciiCode.LineFeed or AsciiCode.Tab or AsciiCode.Backspace))
        {
            Put((byte)'^');
            Put((byte)(key + '@'));
        }
        else
        {
            Write(key);
        }
    }

    /// <summary>Shows text.</summary>
    public void Write(string text)
    {
        foreach (char character in text)
        {
            Write((byte)character);
        }
    }

    /// <summary>Starts a line.</summary>
    public void NewLine()
    {
        Put(AsciiCode.Return);
        Put(AsciiCode.LineFeed);
    }

    /// <summary>Turns the copy to the list device on or off (^P).</summary>
    public void TogglePrinter() => _copying = !_copying;

    /// <summary>Looks at the keyboard while output goes on: ^S pauses, another key stays for the program.</summary>
    public void Poll()
    {
        if (Paused)
        {
            Paused = !terminal.TryRead(out _);
        }
        else if (!_hasHeld && terminal.TryRead(out byte key))
        {
            Paused = key == AsciiCode.Pause;
            (_held, _hasHeld) = (key, !Paused);
        }
    }

    /// <summary>Whether ^C is the key that waits; it is taken then.</summary>
    public bool TakeBreak()
    {
        bool taken = _hasHeld && _held == AsciiCode.Break;
        _hasHeld &= !taken;
        return taken;
    }

    private void Put(byte character)
    {
        terminal.Write(character);
        if (_copying)
        {
            list(character);
        }

        Column = character switch
        {
            AsciiCode.Return => 0,
            AsciiCode.Backspace => Math.Max(0, Column - 1),
            >= (byte)' ' and < AsciiCode.Delete => Column + 1,
            _ => Column,
        };
    }
}
