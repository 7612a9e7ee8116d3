using System.Security.Cryptography;
using System.Text;
using Attic.Engine.Card;

namespace Attic.Engine.Modules;

/// <summary>
/// The private key that packages are signed with: ECDSA on P-256 over SHA-256. One is made in the user's Attic folder at
/// the first build, readable by its owner only; its public half goes into the trust store.
/// </summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>The algorithm's name in manifests.</summary>
    public const string Algorithm = "ecdsa-p256-sha256";

    private const string FileName = "module-signing.pem";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OthersBits =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        KeyId = IdOf(key);
    }

    /// <summary>Names the key: the first 32 hex digits of the SHA-256 of its public half (SubjectPublicKeyInfo).</summary>
    public string KeyId { get; }

    /// <summary>Makes a key that lives in memory only.</summary>
    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a private key.</summary>
    /// <param name="path">A PEM file (PKCS #8 or SEC 1).</param>
    /// <exception cref="CryptographicException">It holds no P-256 private key.</exception>
    /// <exception cref="UnauthorizedAccessException">Others than its owner may read or change it.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static SigningKey Load(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersBits) != UnixFileMode.None)
        {
            throw new UnauthorizedAccessException($"Others may read the signing key {path}. Make it private: chmod 600 '{path}'");
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (!IsP256(key))
            {
                throw new CryptographicException($"{path} is not a P-256 key.");
            }

            _ = key.SignHash(new byte[32]);
            return new(key);
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException($"{path} holds no P-256 private key.", failure);
        }
    }

    /// <summary>Reads the user's key, which is made at the first call, and sees that its public half is trusted.</summary>
    public static SigningKey LoadOrCreate(AtticHome home)
    {
        string path = Path.Combine(home.KeysFolder, FileName);
        if (!File.Exists(path))
        {
            CreateFile(home.KeysFolder, path);
        }

        var key = Load(path);
        key.PublishTo(home.TrustFolder);
        return key;
    }

    /// <summary>Signs bytes.</summary>
    /// <returns>64 bytes, IEEE P1363 form.</returns>
    public byte[] Sign(ReadOnlySpan<byte> bytes) =>
        _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>Whether a signature of these bytes is this key's.</summary>
    public bool HasSigned(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>The public half as PEM.</summary>
    public string PublicPem() => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>Puts the public half into a trust folder as its only key: what an earlier build left there is trusted no more.</summary>
    public void PublishAloneTo(string trustFolder)
    {
        PublishTo(trustFolder);
        foreach (string other in Directory.EnumerateFiles(trustFolder, "*.pem").Where(path => !string.Equals(Path.GetFileNameWithoutExtension(path), KeyId, StringComparison.Ordinal)))
        {
            File.Delete(other);
        }
    }

    /// <summary>Puts the public half into a trust folder, if it isn't there.</summary>
    public void PublishTo(string trustFolder)
    {
        string path = Path.Combine(trustFolder, $"{KeyId}.pem");
        if (!File.Exists(path))
        {
            StagedFile.Write(path, Encoding.ASCII.GetBytes(PublicPem()));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The id of a key from its public half.</summary>
    internal static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..32];

    /// <summary>Whether a key lies on the curve that packages are signed on.</summary>
    internal static bool IsP256(ECDsa key) =>
        string.Equals(key.ExportParameters(false).Curve.Oid.Value, ECCurve.NamedCurves.nistP256.Oid.Value, StringComparison.Ordinal);

    private static void CreateFile(string folder, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }

        using var made = Create();
        byte[] pem = Encoding.ASCII.GetBytes(made._key.ExportPkcs8PrivateKeyPem() + "\n");
        try
        {
            StagedFile.Write(path, file => file.Write(pem), OwnerOnly, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another build made the key in the same moment; its key serves both.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }
}
