using System.Diagnostics;
using System.Text;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Devices.Printing;
using Attic.FujiNet.Sio.Classic;
using Attic.FujiNet.Sio;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Tests.Printing;

public sealed class PrinterTests
{
    private readonly MemoryFileSystem _files = new("host");

    [Fact]
    public async Task Text_is_in_the_file_line_by_line()
    {
        var output = new TextOutput(_files);
        await output.WriteAsync("HELLO\x9B"u8.ToArray()[..5]);
        await output.WriteAsync(new byte[] { 0x9B, (byte)'W', 0xCF, 0 });
        Assert.Equal("HELLO\n", await ReadAll());
        await output.EndJobAsync();
        Assert.Equal("HELLO\nWO♥\n", await ReadAll());
    }

    [Fact]
    public async Task Every_job_has_its_own_file()
    {
        var output = new TextOutput(_files);
        for (int job = 0; job < 2; job++)
        {
            await output.WriteAsync(new byte[] { (byte)'A', 0x9B });
            await output.EndJobAsync();
        }

        Assert.Equal(2, (await _files.ListAsync("/FujiNet/printer")).Count);
    }

    [Fact]
    public void A_line_feed_after_a_return_is_no_second_line()
    {
        var lines = new List<string>();
        new PrinterText().Add("a\r\nb\rc\n"u8, (line, _) => lines.Add(line));
        Assert.Equal(["a", "b", "c"], lines);
    }

    [Fact]
    public void Sixty_seven_lines_take_two_pages()
    {
        var pages = new PdfText();
        for (int line = 0; line < 67; line++)
        {
            pages.Add("x", newPage: false);
        }

        Assert.Equal(2, pages.PageCount);
        Assert.Contains("/Count 2", Encoding.Latin1.GetString(pages.ToFile()), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_PDF_is_read_back_by_pdftotext()
    {
        Skip.IfNot(File.Exists("/usr/bin/pdftotext"), "apt-get install poppler-utils");
        var pages = new PdfText();
        pages.Add("FUJINET (C) 2026 \\ 100%", newPage: false);
        pages.Add(new string('W', 100), newPage: true);
        pages.Add("second page", newPage: false);
        string file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, pages.ToFile());
        using var reader = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", file, "-"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string text = await reader.StandardOutput.ReadToEndAsync();
        Assert.Equal("", await reader.StandardError.ReadToEndAsync());
        File.Delete(file);
        Assert.Contains("FUJINET (C) 2026 \\ 100%", text, StringComparison.Ordinal);
        Assert.Contains(new string('W', 80), text, StringComparison.Ordinal);
        Assert.Contains("\f second page", text.Replace("\f", "\f ", StringComparison.Ordinal).Replace("\f  ", "\f ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P_takes_records_of_forty_bytes_up_to_the_end_of_line()
    {
        var printer = new Printer(new TextOutput(_files));
        using var device = new ClassicPrinter(printer);
        var write = new SioCommand(0x40, (byte)'W', (byte)'N', 0);
        Assert.Equal(SioReception.AckWrite(40), device.Accept(write));
        byte[] record = Enumerable.Repeat((byte)' ', 40).ToArray();
        "LPRINT\x9B"u8.ToArray().AsSpan(0, 6).CopyTo(record);
        record[6] = 0x9B;
        Assert.Equal(SioFrame.Complete, (await device.ExecuteAsync(write, record)).Answer);
        Assert.Equal("LPRINT\n", await ReadAll());
        Assert.Equal(4, (await device.ExecuteAsync(new SioCommand(0x40, (byte)'S', 0, 0), default)).Data.Length);
    }

    private async Task<string> ReadAll()
    {
        var entry = (await _files.ListAsync("/FujiNet/printer")).Single();
        await using var file = await _files.OpenAsync($"/FujiNet/printer/{entry.Name}", StoredFileMode.Read);
        byte[] content = new byte[file.Length];
        await file.ReadAsync(0, content);
        return Encoding.UTF8.GetString(content);
    }
}
