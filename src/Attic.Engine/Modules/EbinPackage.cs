using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Attic.Engine.Modules;

/// <summary>A module package taken apart: nothing in it has been believed or run yet.</summary>
public sealed class EbinPackage
{
    private readonly byte[] _bytes;
    private readonly EbinHeader _header;

    private EbinPackage(byte[] bytes, EbinHeader header, EbinManifest manifest)
    {
        _bytes = bytes;
        _header = header;
        Manifest = manifest;
    }

    /// <summary>The manifest, its fields and types checked.</summary>
    public EbinManifest Manifest { get; }

    /// <summary>SHA-256 of the whole file, 64 lower-case hex digits.</summary>
    public string FileHash => Convert.ToHexStringLower(SHA256.HashData(_bytes));

    /// <summary>The managed assembly.</summary>
    public ReadOnlyMemory<byte> Payload => _bytes.AsMemory(EbinHeader.Size + _header.ManifestLength, _header.PayloadLength);

    /// <summary>What the signature covers.</summary>
    public ReadOnlyMemory<byte> Signed => _bytes.AsMemory(0, _header.SignedLength);

    /// <summary>The signature; empty for an unsigned package.</summary>
    public ReadOnlyMemory<byte> Signature => _bytes.AsMemory(_header.SignedLength + sizeof(uint), _header.SignatureLength);

    /// <summary>SHA-256 of the payload, 64 lower-case hex digits.</summary>
    public string PayloadHash => Convert.ToHexStringLower(SHA256.HashData(Payload.Span));

    /// <summary>Takes a package apart: the first gate.</summary>
    /// <param name="bytes">The whole file; copied.</param>
    /// <exception cref="EbinFormatException">Lengths do not add up, or the manifest lacks a field or has one of a wrong type.</exception>
    public static EbinPackage Parse(ReadOnlySpan<byte> bytes)
    {
        var header = EbinHeader.Parse(bytes);
        var manifest = EbinManifest.Parse(bytes.Slice(EbinHeader.Size, header.ManifestLength));
        if (manifest.Signature is null != (header.SignatureLength == 0))
        {
            throw new EbinFormatException("signature", "the manifest names a signature if, and only if, the file has one");
        }

        return new(bytes.ToArray(), header, manifest);
    }

    /// <summary>Makes a package.</summary>
    /// <param name="manifest">What is in it; hash and key id are filled in here.</param>
    /// <param name="payload">The assembly.</param>
    /// <param name="key">The key to sign with; null leaves the package unsigned.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="EbinFormatException">The manifest has a value that no reader would accept, or something is too large.</exception>
    public static byte[] Write(EbinManifest manifest, ReadOnlySpan<byte> payload, SigningKey? key)
    {
        byte[] json = (manifest with
        {
            PayloadSha256 = Convert.ToHexStringLower(SHA256.HashData(payload)),
            Signature = key is null ? null : new(SigningKey.Algorithm, key.KeyId),
        }).ToJson();
        int signed = EbinHeader.Size + json.Length + payload.Length;
        byte[] package = new byte[signed + sizeof(uint) + (key is null ? 0 : EbinHeader.SignatureSize)];
        EbinHeader.Start.CopyTo(package);
        BinaryPrimitives.WriteInt32LittleEndian(package.AsSpan(8), json.Length);
        BinaryPrimitives.WriteInt32LittleEndian(package.AsSpan(12), payload.Length);
        json.CopyTo(package.AsSpan(EbinHeader.Size));
        payload.CopyTo(package.AsSpan(EbinHeader.Size + json.Length));
        if (key is not null)
        {
            BinaryPrimitives.WriteInt32LittleEndian(package.AsSpan(signed), EbinHeader.SignatureSize);
            key.Sign(package.AsSpan(0, signed)).CopyTo(package.AsSpan(signed + sizeof(uint)));
        }

        _ = Parse(package);
        return package;
    }
}
