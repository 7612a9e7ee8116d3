using System.Buffers.Binary;

namespace Attic.Engine.Modules;

/// <summary>
/// Where the parts of a package lie (contract R50): magic <c>EBIN</c>, u16 version 1, u16 flags (0), u32 manifest length,
/// u32 payload length, all little-endian; manifest; payload; u32 signature length; signature (64 bytes, or none).
/// </summary>
/// <param name="ManifestLength">Bytes of the manifest, which begins at <see cref="Size"/>.</param>
/// <param name="PayloadLength">Bytes of the payload, which follows the manifest.</param>
/// <param name="SignatureLength">0 or <see cref="SignatureSize"/>.</param>
public readonly record struct EbinHeader(int ManifestLength, int PayloadLength, int SignatureLength)
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 16;

    /// <summary>Bytes of an ECDSA P-256 signature in IEEE P1363 form.</summary>
    public const int SignatureSize = 64;

    /// <summary>Bytes that a manifest may take.</summary>
    public const int LargestManifest = 1 << 20;

    /// <summary>Bytes that a package may take.</summary>
    public const int LargestPackage = 64 << 20;

    /// <summary>Magic and version as they stand in the file.</summary>
    public static ReadOnlySpan<byte> Start => "EBIN\x01\0\0\0"u8;

    /// <summary>Bytes before the signature's length: what the signature covers.</summary>
    public int SignedLength => Size + ManifestLength + PayloadLength;

    /// <summary>Reads and checks all lengths of a package.</summary>
    /// <exception cref="EbinFormatException">They do not describe exactly these bytes.</exception>
    public static EbinHeader Parse(ReadOnlySpan<byte> package)
    {
        if (package.Length > LargestPackage)
        {
            throw new EbinFormatException("size", $"a package takes at most {LargestPackage} bytes, this one {package.Length}");
        }

        if (package.Length < Size)
        {
            throw new EbinFormatException("header", $"it takes {Size} bytes, the file has {package.Length}");
        }

        CheckStart(package);
        uint manifest = BinaryPrimitives.ReadUInt32LittleEndian(package[8..]);
        uint payload = BinaryPrimitives.ReadUInt32LittleEndian(package[12..]);
        if (manifest is 0 or > LargestManifest)
        {
            throw new EbinFormatException("manifest_length", $"{manifest} is not in 1 to {LargestManifest}");
        }

        long signed = Size + (long)manifest + payload;
        if (payload == 0 || signed + sizeof(uint) > package.Length)
        {
            throw new EbinFormatException("payload_length", $"{payload} bytes do not fit into a file of {package.Length}");
        }

        uint signature = BinaryPrimitives.ReadUInt32LittleEndian(package[(int)signed..]);
        if (signature is not (0 or SignatureSize) || signed + sizeof(uint) + signature != package.Length)
        {
            throw new EbinFormatException("signature_length", $"{signature} bytes do not end the file of {package.Length}");
        }

        return new((int)manifest, (int)payload, (int)signature);
    }

    private static void CheckStart(ReadOnlySpan<byte> package)
    {
        if (!package.StartsWith(Start[..4]))
        {
            throw new EbinFormatException("magic", "the file does not begin with EBIN");
        }

        if (!package[4..6].SequenceEqual(Start[4..6]))
        {
            throw new EbinFormatException("header_version", $"{BinaryPrimitives.ReadUInt16LittleEndian(package[4..])} is not 1");
        }

        if (!package[6..8].SequenceEqual(Start[6..8]))
        {
            throw new EbinFormatException("flags", "none are defined");
        }
    }
}
