using System.Security.Cryptography;
using System.Text;
using Attic.Engine.Card;

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
/// The public keys whose packages may run: every <c>*.pem</c> of one folder outside the card. It is read at each use, so
/// that a key that was taken away is trusted no more.
/// </summary>
/// <param name="folder">The folder; it need not exist.</param>
public sealed class TrustStore(string folder)
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

    /// <summary>Puts the public half of a key into a trust folder, if it isn't there.</summary>
    internal static void Add(string folder, SigningKey key)
    {
        string path = Path.Combine(folder, $"{key.KeyId}.pem");
        if (!File.Exists(path))
        {
            StagedFile.Write(path, Encoding.ASCII.GetBytes(key.PublicPem()));
        }
    }

    private ECDsa? Find(string keyId)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        foreach (string path in Directory.EnumerateFiles(folder, "*.pem").Order(StringComparer.Ordinal))
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
