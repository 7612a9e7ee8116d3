using System.IO.Compression;

namespace Attic.Media.Floppies;

/// <summary>An image as it lay in a gzip or zip container, or bare.</summary>
/// <param name="Name">The image's own name.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Compressed">Whether there was a container.</param>
internal sealed record ImageContainer(string Name, byte[] Bytes, bool Compressed)
{
    /// <summary>Opens the container, if there is one.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="maxBytes">The most that the image may have.</param>
    /// <param name="endings">Endings of image files, with the dot: which file of a zip archive is wanted.</param>
    /// <exception cref="MediaFormatException">Damaged, too large, or no such file in the archive.</exception>
    public static ImageContainer Open(string name, ReadOnlySpan<byte> bytes, int maxBytes, params ReadOnlySpan<string> endings)
    {
        if (bytes.Length > maxBytes)
        {
            throw new MediaFormatException(maxBytes, $"at most {maxBytes} bytes", $"{bytes.Length}");
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return new(EndsWith(name, ".gz") ? name[..^3] : name, Unpack(bytes, maxBytes), true);
        }

        return bytes.StartsWith("PK\x03\x04"u8) ? OpenZip(bytes, maxBytes, endings) : new(name, bytes.ToArray(), false);
    }

    /// <summary>Whether a name has an ending, whatever its case.</summary>
    public static bool EndsWith(string name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private static bool EndsWithAny(string name, ReadOnlySpan<string> endings)
    {
        foreach (string ending in endings)
        {
            if (EndsWith(name, ending))
            {
                return true;
            }
        }

        return false;
    }

    private static ImageContainer OpenZip(ReadOnlySpan<byte> bytes, int maxBytes, ReadOnlySpan<string> endings)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes.ToArray()), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries)
            {
                if (EndsWithAny(entry.Name, endings))
                {
                    using var file = entry.Open();
                    return new(entry.Name, ReadLimited(file, maxBytes), true);
                }
            }

            throw new MediaFormatException(0, $"a {string.Join(" or ", endings.ToArray())} file in the archive", $"{archive.Entries.Count} others");
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or IOException or ArgumentException or NotSupportedException)
        {
            throw new MediaFormatException(0, "a sound zip archive", damage.Message);
        }
    }

    private static byte[] Unpack(ReadOnlySpan<byte> bytes, int maxBytes)
    {
        try
        {
            using var stream = new GZipStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
            return ReadLimited(stream, maxBytes);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or IOException)
        {
            throw new MediaFormatException(0, "a sound gzip stream", damage.Message);
        }
    }

    private static byte[] ReadLimited(Stream stream, int maxBytes)
    {
        using var unpacked = new MemoryStream();
        byte[] buffer = new byte[81_920];
        for (int length; (length = stream.Read(buffer)) > 0;)
        {
            unpacked.Write(buffer, 0, length);
            if (unpacked.Length > maxBytes)
            {
                throw new MediaFormatException(0, $"at most {maxBytes} bytes unpacked", "more");
            }
        }

        return unpacked.ToArray();
    }
}
