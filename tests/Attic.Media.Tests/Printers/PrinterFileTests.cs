using Attic.Media.Printers;

namespace Attic.Media.Tests.Printers;

public sealed class PrinterFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_are_appended_as_text()
    {
        string path = _folder["paper.txt"];
        File.WriteAllText(path, "before\n");
        using (var paper = new PrinterFile(path))
        {
            paper.Print([(byte)'H', (byte)'I' | 0x80, 0x9B]);
            paper.Print([(byte)'a', 0x00, 0x1B, 0x9B]);
        }

        Assert.Equal("before\nHI\na..\n", File.ReadAllText(path));
    }
}
