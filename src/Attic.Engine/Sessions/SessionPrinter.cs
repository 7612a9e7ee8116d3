using Attic.Abi.Machines;
using Attic.Media.Printers;

namespace Attic.Engine.Sessions;

/// <summary>
/// The paper in a session's printer: text in memory, which readers take away. Of very long texts the beginning is lost.
/// </summary>
internal sealed class SessionPrinter : IPrinterPaper
{
    /// <summary>Bytes that are kept; whatever a person prints fits.</summary>
    public const int MostBytes = 4 << 20;

    private readonly Lock _gate = new();
    private readonly MemoryStream _text = new();
    private long _lost;

    /// <inheritdoc/>
    public void Print(ReadOnlySpan<byte> characters)
    {
        byte[] line = PrinterFile.ToText(characters);
        lock (_gate)
        {
            if (_text.Length + line.Length > MostBytes)
            {
                DropHalf();
            }

            _text.Write(line);
        }
    }

    /// <summary>The text, and how many bytes before it were lost.</summary>
    public (byte[] Text, long Lost) Read()
    {
        lock (_gate)
        {
            return (_text.ToArray(), _lost);
        }
    }

    /// <summary>Tears the paper off.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _text.SetLength(0);
            _lost = 0;
        }
    }

    private void DropHalf()
    {
        int keep = (int)_text.Length / 2;
        _lost += _text.Length - keep;
        var bytes = _text.GetBuffer();
        bytes.AsSpan((int)_text.Length - keep, keep).CopyTo(bytes);
        _text.SetLength(keep);
        _text.Position = keep;
    }
}
