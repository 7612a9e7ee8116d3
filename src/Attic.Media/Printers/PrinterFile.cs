using System.Threading.Channels;
using Attic.Abi.Machines;

namespace Attic.Media.Printers;

/// <summary>
/// A text file as a printer's paper: ATASCII becomes ASCII, EOL a newline, and every line is appended on a thread of its own.
/// </summary>
public sealed class PrinterFile : IPrinterPaper, IDisposable
{
    private const byte EndOfLine = 0x9B;
    private readonly Channel<byte[]> _lines = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true, SingleWriter = true });
    private readonly FileStream _file;
    private readonly Task _work;
    private volatile string _fault = "";

    /// <summary>Opens a file for appending; makes it when there is none.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public PrinterFile(string path)
    {
        _file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        _work = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Why text could not be written; empty when it could.</summary>
    public string Fault => _fault;

    /// <summary>The text that characters stand for: inverse ones as usual, those without a counterpart as a dot.</summary>
    /// <param name="atascii">Characters of the 8-bit Ataris.</param>
    public static byte[] ToText(ReadOnlySpan<byte> atascii)
    {
        byte[] text = new byte[atascii.Length];
        for (int index = 0; index < text.Length; index++)
        {
            byte value = atascii[index];
            byte plain = (byte)(value & 0x7F);
            text[index] = value == EndOfLine ? (byte)'\n' : plain is >= 0x20 and < 0x7F ? plain : (byte)'.';
        }

        return text;
    }

    /// <inheritdoc/>
    public void Print(ReadOnlySpan<byte> characters) => _lines.Writer.TryWrite(ToText(characters));

    /// <summary>Writes what is left, makes it durable and closes the file.</summary>
    /// <exception cref="IOException">Text could not be written.</exception>
    public void Dispose()
    {
        if (!_lines.Writer.TryComplete())
        {
            return;
        }

        _work.GetAwaiter().GetResult();
        _file.Dispose();
        if (_fault.Length > 0)
        {
            throw new IOException($"{Path.GetFileName(_file.Name)}: not everything could be printed: {_fault}");
        }
    }

    private void Work()
    {
        var reader = _lines.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            try
            {
                while (reader.TryRead(out byte[]? line))
                {
                    _file.Write(line);
                }

                _file.Flush(flushToDisk: true);
            }
            catch (IOException refusal)
            {
                _fault = refusal.Message;
            }
        }
    }
}
