using System.Buffers.Binary;
using System.IO.Compression;

namespace Attic.Media.Floppies;

/// <summary>A disk image as it came out of a file: content, format, and whether it lay in a compressed container.</summary>
internal sealed record ImageFile(DiskContent Content, IImageCodec Codec, bool Compressed)
{
    // Above every disk image there can be (86 × 2 × 11 sectors are 968,704 bytes), below what would hurt.
    private const int MaxBytes = 4 << 20;

    /// <summary>Recognises a file by content and name and reads it.</summary>
    /// <param name="name">The file's name; its ending helps where the content is ambiguous.</param>
    /// <param name="bytes">The file.</param>
    /// <exception cref="MediaFormatException">It is no sound disk image.</exception>
    public static ImageFile Read(string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new MediaFormatException(MaxBytes, $"at most {MaxBytes} bytes", $"{bytes.Length}");
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            byte[] unpacked = Unpack(bytes, file => new GZipStream(file, CompressionMode.Decompress));
            return ReadPlain(EndsWith(name, ".gz") ? name[..^3] : name, unpacked, true);
        }

        return bytes.StartsWith("PK\x03\x04"u8) ? ReadZip(bytes) : ReadPlain(name, bytes, false);
    }

    /// <summary>The format that a new file of that name gets.</summary>
    public static IImageCodec CodecFor(string name) => EndsWith(name, ".msa") ? MsaCodec.Instance : StCodec.Instance;

    private static ImageFile ReadPlain(string name, ReadOnlySpan<byte> bytes, bool compressed)
    {
        bool msaMagic = bytes.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(bytes) == MsaCodec.Magic;
        bool msa = EndsWith(name, ".msa") || (msaMagic && !EndsWith(name, ".st"));
        IImageCodec codec = msa ? MsaCodec.Instance : StCodec.Instance;
        return new(codec.Decode(bytes), codec, compressed);
    }

    private static ImageFile ReadZip(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes.ToArray()), ZipArchiveMode.Read);
            var entry = archive.Entries.FirstOrDefault(entry => EndsWith(entry.Name, ".st") || EndsWith(entry.Name, ".msa"))
                ?? throw new MediaFormatException(0, "a .st or .msa file in the archive", $"{archive.Entries.Count} others");
            using var file = entry.Open();
            return ReadPlain(entry.Name, ReadLimited(file), true);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or IOException or ArgumentException or NotSupportedException)
        {
            throw new MediaFormatException(0, "a sound zip archive", damage.Message);
        }
    }

    private static byte[] Unpack(ReadOnlySpan<byte> bytes, Func<Stream, Stream> open)
    {
        try
        {
            using var stream = open(new MemoryStream(bytes.ToArray()));
            return ReadLimited(stream);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or IOException)
        {
            throw new MediaFormatException(0, "a sound gzip stream", damage.Message);
        }
    }

    private static byte[] ReadLimited(Stream stream)
    {
        byte[] buffer = new byte[MaxBytes + 1];
        int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length <= MaxBytes
            ? buffer[..length]
            : throw new MediaFormatException(0, $"at most {MaxBytes} bytes unpacked", "more");
    }

    private static bool EndsWith(string name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
