using System.Globalization;
using System.Text;

namespace Attic.FujiNet.Devices.Printing;

/// <summary>
/// Lines of text as a PDF: Courier of 10 characters and 6 lines to the inch, 80 by 66 on US Letter, as printers of the time did
/// it. Courier is one of the fonts that every reader has (ISO 32000-1, 9.6.2.2), so none is embedded.
/// </summary>
public sealed class PdfText
{
    private const int LinesPerPage = 66;
    private const int ColumnsPerLine = 80;
    private const int Width = 612;
    private const int Height = 792;
    private const int Leading = 12;
    private const int Left = 18;
    private readonly List<List<string>> _pages = [];

    /// <summary>Whether there is nothing on any page.</summary>
    public bool IsEmpty => _pages.Count == 0;

    /// <summary>Pages so far.</summary>
    public int PageCount => _pages.Count;

    /// <summary>Adds a line; a longer one than the paper is wide goes on in the next.</summary>
    /// <param name="line">The text.</param>
    /// <param name="newPage">Whether a new page follows.</param>
    public void Add(string line, bool newPage)
    {
        ArgumentNullException.ThrowIfNull(line);
        do
        {
            AddRow(line.Length > ColumnsPerLine ? line[..ColumnsPerLine] : line);
            line = line.Length > ColumnsPerLine ? line[ColumnsPerLine..] : "";
        }
        while (line.Length > 0);
        if (newPage)
        {
            _pages.Add([]);
        }
    }

    /// <summary>The finished file.</summary>
    public byte[] ToFile()
    {
        var file = new PdfFile();
        int font = file.Reserve();
        int tree = file.Reserve();
        int catalog = file.Add($"<< /Type /Catalog /Pages {Ref(tree)} >>");
        file.Set(font, "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>");
        var kids = new List<string>();
        foreach (var page in _pages.Where((rows, at) => rows.Count > 0 || at < _pages.Count - 1))
        {
            int content = file.AddStream(ContentOf(page));
            kids.Add(Ref(file.Add($"<< /Type /Page /Parent {Ref(tree)} /Contents {Ref(content)} >>")));
        }

        file.Set(tree, Invariant($"<< /Type /Pages /Kids [{string.Join(' ', kids)}] /Count {kids.Count} /MediaBox [0 0 {Width} {Height}] /Resources << /Font << /F1 {Ref(font)} >> >> >>"));
        return file.ToBytes(catalog);
    }

    private static string Ref(int number) => Invariant($"{number} 0 R");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static byte[] ContentOf(List<string> rows)
    {
        var content = new StringBuilder();
        content.Append(Invariant($"BT /F1 10 Tf {Leading} TL {Left} {Height - Leading} Td\n"));
        foreach (string row in rows)
        {
            content.Append('(').Append(Escape(row)).Append(") Tj T*\n");
        }

        return Encoding.Latin1.GetBytes(content.Append("ET\n").ToString());
    }

    /// <summary>What Courier does not have is a middle dot, so that columns stay in line.</summary>
    private static string Escape(string row)
    {
        var escaped = new StringBuilder();
        foreach (char character in row)
        {
            _ = character switch
            {
                '(' or ')' or '\\' => escaped.Append('\\').Append(character),
                >= ' ' and < '\x7F' => escaped.Append(character),
                _ => escaped.Append('\xB7'),
            };
        }

        return escaped.ToString();
    }

    private void AddRow(string row)
    {
        if (_pages.Count == 0 || _pages[^1].Count == LinesPerPage)
        {
            _pages.Add([]);
        }

        _pages[^1].Add(row);
    }
}
