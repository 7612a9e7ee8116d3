using System.Security.Cryptography;
using Attic.Engine.Card;
using Attic.Engine.Modules;

namespace Attic.Engine.Tests.Card;

/// <summary>Where card and keys lie.</summary>
public sealed class AtticHomeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_card_lies_in_the_attic_folder_unless_said_otherwise()
    {
        Assert.Equal(_folder["sdcard"], AtticHome.Locate(_folder.Path, null).CardFolder);
        Assert.Equal(_folder["other"], AtticHome.Locate(_folder.Path, _folder["other"]).CardFolder);
        Assert.EndsWith(Path.Combine(".attic", "sdcard"), AtticHome.Locate(null, null).CardFolder, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_would_hold_the_keys_is_refused()
    {
        Assert.Throws<ArgumentException>(() => AtticHome.Locate(_folder["home"], _folder.Path));
        Assert.Throws<ArgumentException>(() => AtticHome.Locate(_folder["home"], _folder["home"]));
        Assert.Throws<ArgumentException>(() => AtticHome.Locate(_folder["home"], _folder["home/trust"]));
    }

    [Fact]
    public void The_first_build_makes_one_key_for_its_owner_only_and_trusts_it()
    {
        var home = AtticHome.Locate(_folder["home"], null);
        using var made = SigningKey.LoadOrCreate(home);
        using var again = SigningKey.LoadOrCreate(home);

        Assert.Equal(made.KeyId, again.KeyId);
        Assert.True(File.Exists(Path.Combine(home.TrustFolder, made.KeyId + ".pem")));
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(Path.Combine(home.TrustFolder, made.KeyId + ".pem")), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(home.KeysFolder))));
        }
    }

    [SkippableFact]
    public void A_key_that_others_can_read_is_not_used()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no permission bits");
        var home = AtticHome.Locate(_folder["home"], null);
        SigningKey.LoadOrCreate(home).Dispose();
        string key = Assert.Single(Directory.GetFiles(home.KeysFolder));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, File.GetUnixFileMode(key) | UnixFileMode.OtherRead);
        }

        Assert.Throws<UnauthorizedAccessException>(() => SigningKey.LoadOrCreate(home));
    }

    [Fact]
    public void A_public_key_or_one_of_another_curve_does_not_sign()
    {
        using var key = SigningKey.Create();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        StagedFile.Write(_folder["public.pem"], System.Text.Encoding.ASCII.GetBytes(key.PublicPem()));
        StagedFile.Write(_folder["other.pem"], System.Text.Encoding.ASCII.GetBytes(other.ExportPkcs8PrivateKeyPem()));
        StagedFile.Write(_folder["none.pem"], "?"u8);
        foreach (string name in (string[])["public.pem", "other.pem", "none.pem"])
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead);
            }

            Assert.Throws<CryptographicException>(() => SigningKey.Load(_folder[name]));
        }
    }

    public void Dispose() => _folder.Dispose();
}
