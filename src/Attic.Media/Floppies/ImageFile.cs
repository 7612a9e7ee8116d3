using System.Buffers.Binary;

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
        var container = ImageContainer.Open(name, bytes, MaxBytes, ".st", ".msa");
        bool msaMagic = container.Bytes.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(container.Bytes) == MsaCodec.Magic;
        bool msa = ImageContainer.EndsWith(container.Name, ".msa") || (msaMagic && !ImageContainer.EndsWith(container.Name, ".st"));
        IImageCodec codec = msa ? MsaCodec.Instance : StCodec.Instance;
        return new(codec.Decode(container.Bytes), codec, container.Compressed);
    }

    /// <summary>The format that a new file of that name gets.</summary>
    public static IImageCodec CodecFor(string name) => ImageContainer.EndsWith(name, ".msa") ? MsaCodec.Instance : StCodec.Instance;
}
