using System.Globalization;
using System.Text;

namespace Attic.FujiNet.Devices.Printing;

/// <summary>The objects of a PDF and their cross-reference table (ISO 32000-1, 7.5).</summary>
internal sealed class PdfFile
{
    private readonly List<byte[]> _objects = [];

    /// <summary>Takes a number for an object that comes later.</summary>
    public int Reserve()
    {
        _objects.Add([]);
        return _objects.Count;
    }

    /// <summary>Fills a reserved object.</summary>
    public void Set(int number, string content) => _objects[number - 1] = Encoding.Latin1.GetBytes(content);

    /// <summary>Adds an object.</summary>
    /// <returns>Its number.</returns>
    public int Add(string content)
    {
        int number = Reserve();
        Set(number, content);
        return number;
    }

    /// <summary>Adds a stream.</summary>
    /// <returns>Its number.</returns>
    public int AddStream(byte[] content)
    {
        byte[] head = Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} >>\nstream\n"));
        _objects.Add([.. head, .. content, .. "\nendstream"u8]);
        return _objects.Count;
    }

    /// <summary>The file.</summary>
    /// <param name="catalog">The number of its catalog.</param>
    public byte[] ToBytes(int catalog)
    {
        using var file = new MemoryStream();
        var places = new List<long>();
        file.Write("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"u8);
        for (int at = 0; at < _objects.Count; at++)
        {
            places.Add(file.Position);
            Text(file, $"{at + 1} 0 obj\n");
            file.Write(_objects[at]);
            file.Write("\nendobj\n"u8);
        }

        long table = file.Position;
        Text(file, $"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n");
        foreach (long place in places)
        {
            Text(file, $"{place:0000000000} 00000 n \n");
        }

        Text(file, $"trailer\n<< /Size {_objects.Count + 1} /Root {catalog} 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    private static void Text(MemoryStream file, FormattableString text) => file.Write(Encoding.Latin1.GetBytes(text.ToString(CultureInfo.InvariantCulture)));
}
