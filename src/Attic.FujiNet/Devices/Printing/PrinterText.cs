using System.Text;

namespace Attic.FujiNet.Devices.Printing;

/// <summary>Turns what an Atari prints into lines: ATASCII, whose end of line is $9B and whose bit 7 means inverse.</summary>
public sealed class PrinterText
{
    private const byte EndOfLine = 0x9B;
    private const byte FormFeed = 0x0C;
    private const byte LineFeed = 0x0A;
    private const byte Return = 0x0D;
    private const byte Tab = 0x09;

    // ATASCII 0 to 31, by the shapes of the Atari's character set (Atari 800XL Owner's Guide, appendix "ATASCII").
    private const string Graphics = "♥┣┃┛┫┓╱╲◢▗◣▝▘▔▂▖♣┏━╋●▄▎┳┻▌┗␛↑↓←→";
    private readonly StringBuilder _line = new();
    private bool _afterReturn;

    /// <summary>What was printed of the line that is not ended.</summary>
    public string Rest => _line.ToString();

    /// <summary>Takes bytes.</summary>
    /// <param name="bytes">What the computer sends.</param>
    /// <param name="line">Told of every line that ends; whether a new page follows it.</param>
    public void Add(ReadOnlySpan<byte> bytes, Action<string, bool> line)
    {
        ArgumentNullException.ThrowIfNull(line);
        foreach (byte value in bytes)
        {
            switch (value)
            {
                case LineFeed when _afterReturn:
                    break;
                case EndOfLine or LineFeed or Return:
                    End(line, newPage: false);
                    break;
                case FormFeed:
                    End(line, newPage: true);
                    break;
                case Tab:
                    _line.Append(' ', 8 - (_line.Length % 8));
                    break;
                default:
                    _line.Append(CharacterOf((byte)(value & 0x7F)));
                    break;
            }

            _afterReturn = value == Return;
        }
    }

    /// <summary>Ends a line that is under way, if there is one.</summary>
    public void Finish(Action<string, bool> line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (_line.Length > 0)
        {
            End(line, newPage: false);
        }
    }

    private static char CharacterOf(byte code) => code switch
    {
        < 32 => Graphics[code],
        0x60 => '◆',
        0x7B => '♠',
        0x7D => '↖',
        0x7E => '◀',
        0x7F => '▶',
        _ => (char)code,
    };

    private void End(Action<string, bool> line, bool newPage)
    {
        line(_line.ToString(), newPage);
        _line.Clear();
    }
}
