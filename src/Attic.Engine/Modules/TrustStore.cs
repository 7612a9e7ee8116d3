using System.Security.Cryptography;

namespace Attic.Engine.Modules;

/// <summary>What a package's signature is worth.</summary>
public enum SignatureVerdict
{
    /// <summary>It verifies against a trusted key.</summary>
    Verified,

    /// <summary>There is none.</summary>
    Unsigned,

    /// <summary>Its key, or its algorithm, is not trusted.</summary>
    Untrusted,

    /// <summary>Its key is trusted, but these are not the bytes that were signed.</summary>
    Broken,
}

/// <summary>
/// The public keys whose packages may run: every <c>*.pem</c> of the user's trust folder and of the one that came with the
/// program, both outside the card. They are read at each use, so that a key that was taken away is trusted no more.
/// </summary>
/// <param name="folders">The folders; they need not exist.</param>
public sealed class TrustStore(params IReadOnlyList<string> folders)
{
    /// <summary>Judges a package's signature.</summary>
    public SignatureVerdict Judge(EbinPackage package)
    {
        if (package.Manifest.Signature is not { } claimed)
        {
            return SignatureVerdict.Unsigned;
        }

        if (!string.Equals(claimed.Algorithm, SigningKey.Algorithm, StringComparison.Ordinal))
        {
            return SignatureVerdict.Untrusted;
        }

        using var key = Find(claimed.KeyId);
        if (key is null)
        {
            return SignatureVerdict.Untrusted;
        }

        return key.VerifyData(package.Signed.Span, package.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            ? SignatureVerdict.Verified
            : SignatureVerdict.Broken;
    }

    private ECDsa? Find(string keyId)
    {
        foreach (string path in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.pem").Order(StringComparer.Ordinal)))
        {
            if (TryLoad(path) is { } key)
            {
                if (string.Equals(SigningKey.IdOf(key), keyId, StringComparison.Ordinal))
                {
                    return key;
                }

                key.Dispose();
            }
        }

        return null;
    }

    private static ECDsa? TryLoad(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (SigningKey.IsP256(key))
            {
                return key;
            }
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            // A file that holds no key trusts nobody; the package that needs it is refused with its key's id.
        }

        key.Dispose();
        return null;
    }
}
