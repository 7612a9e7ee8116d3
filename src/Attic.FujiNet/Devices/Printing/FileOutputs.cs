using System.Globalization;
using System.Text;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Printing;

/// <summary>Prints into text files, UTF-8, one for each job. Every line is in the file as soon as it is printed.</summary>
/// <param name="files">Where the files are.</param>
/// <param name="time">Names them.</param>
/// <param name="folder">Their folder.</param>
public sealed class TextOutput(IFileSystem files, TimeProvider? time = null, string folder = PrintJobFolder.Usual) : IPrinterOutput
{
    private readonly PrinterText _text = new();
    private readonly PrintJobFolder _folder = new(files, folder, "txt", time ?? TimeProvider.System);
    private string? _path;
    private long _length;

    /// <inheritdoc />
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var lines = new StringBuilder();
        _text.Add(bytes.Span, (line, newPage) => lines.Append(line).Append(newPage ? "\n\f" : "\n"));
        await AppendAsync(lines.ToString());
    }

    /// <inheritdoc />
    public async ValueTask EndJobAsync()
    {
        var rest = new StringBuilder();
        _text.Finish((line, _) => rest.Append(line).Append('\n'));
        await AppendAsync(rest.ToString());
        _path = null;
    }

    private async ValueTask AppendAsync(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (_path is null)
        {
            (_path, _length) = (await _folder.NextAsync(), 0);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        await using var file = await files.OpenAsync(_path, StoredFileMode.OpenOrCreate);
        await file.WriteAsync(_length, bytes);
        _length += bytes.Length;
    }
}

/// <summary>Prints into PDF files, one for each job; the file is complete after every write.</summary>
/// <param name="files">Where the files are.</param>
/// <param name="time">Names them.</param>
/// <param name="folder">Their folder.</param>
public sealed class PdfOutput(IFileSystem files, TimeProvider? time = null, string folder = PrintJobFolder.Usual) : IPrinterOutput
{
    private readonly PrinterText _text = new();
    private readonly PrintJobFolder _folder = new(files, folder, "pdf", time ?? TimeProvider.System);
    private PdfText _pages = new();
    private string? _path;

    /// <inheritdoc />
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        _text.Add(bytes.Span, _pages.Add);
        await SaveAsync();
    }

    /// <inheritdoc />
    public async ValueTask EndJobAsync()
    {
        _text.Finish(_pages.Add);
        await SaveAsync();
        (_pages, _path) = (new PdfText(), null);
    }

    private async ValueTask SaveAsync()
    {
        if (!_pages.IsEmpty)
        {
            _path ??= await _folder.NextAsync();
            await files.ReplaceAsync(_path, _pages.ToFile());
        }
    }
}

/// <summary>Names the files of jobs by the time, and a number if there are several in a second.</summary>
internal sealed class PrintJobFolder(IFileSystem files, string folder, string extension, TimeProvider time)
{
    /// <summary>The folder unless another is configured.</summary>
    public const string Usual = "/FujiNet/printer";

    private readonly string _folder = StoragePath.Normalize(folder);

    /// <summary>The path of the next job's file, which does not exist yet.</summary>
    public async ValueTask<string> NextAsync()
    {
        await Folders.MakeAsync(files, _folder);
        string stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string path = StoragePath.Combine(_folder, $"{stamp}.{extension}");
        for (int number = 2; await files.StatAsync(path) is not null; number++)
        {
            path = StoragePath.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{stamp}-{number}.{extension}"));
        }

        return path;
    }
}
