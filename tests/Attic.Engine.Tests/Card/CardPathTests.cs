using Attic.Engine.Card;
using Attic.Engine.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Engine.Tests.Card;

/// <summary>Every path from outside goes through one door.</summary>
public sealed class CardPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CardRoot _card;

    public CardPathTests() => _card = new(_folder["card"]);

    [Theory]
    [InlineData("/sdcard/disks/st/a.st", "/sdcard/disks/st/a.st")]
    [InlineData("sdcard/disks/st/a.st", "/sdcard/disks/st/a.st")]
    [InlineData("//sdcard///disks//a.st", "/sdcard/disks/a.st")]
    [InlineData("\\sdcard\\disks\\a.st", "/sdcard/disks/a.st")]
    [InlineData("/sdcard/./disks/st/../a.st", "/sdcard/disks/a.st")]
    [InlineData("/sdcard/roms/../disks/a.st", "/sdcard/disks/a.st")]
    [InlineData("/sdcard/disks/b%C3%A9%20b%c3%a9.st", "/sdcard/disks/bé bé.st")]
    [InlineData("/sdcard/disks/100%.st", "/sdcard/disks/100%.st")]
    [InlineData("/sdcard/disks/e\u0301.st", "/sdcard/disks/é.st")]
    [InlineData("/sdcard/disks/\u1112\u1161\u11ab.st", "/sdcard/disks/한.st")]
    [InlineData("/sdcard/DISKS/a.st", "/sdcard/disks/a.st")]
    [InlineData("/sdcard/disks/%252e%252e/a.st", "/sdcard/disks/%252e%252e/a.st")]
    [InlineData("/sdcard/.staging/x", "/sdcard/.staging/x")]
    public void Paths_are_made_canonical(string path, string canonical)
    {
        var resolved = _card.Resolve(path, CardAccess.Write);
        Assert.Equal(canonical, resolved.Virtual);
        Assert.Equal(canonical, _card.Resolve(resolved.Virtual, CardAccess.Write).Virtual);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/sdcard")]
    [InlineData("/sdcard/")]
    [InlineData("/sdcard/other/x")]
    [InlineData("/sdcard/.attic.lock")]
    [InlineData("/sdcard/.attic-seed.json")]
    [InlineData("/etc/passwd")]
    [InlineData("disks/a.st")]
    [InlineData("/sdcard/../etc/passwd")]
    [InlineData("/sdcard/disks/../../etc/passwd")]
    [InlineData("/sdcard/disks/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/sdcard/disks/..\\..\\..\\etc")]
    [InlineData("/../sdcard/disks/a.st")]
    [InlineData("/sdcard/disks/a\0.st")]
    [InlineData("/sdcard/disks/a%00.st")]
    [InlineData("/sdcard/disks/a\n.st")]
    [InlineData("/sdcard/disks/a.st:stream")]
    [InlineData("C:/sdcard/disks/a.st")]
    [InlineData("/sdcard/disks/CON")]
    [InlineData("/sdcard/disks/nul.st")]
    [InlineData("/sdcard/disks/LPT1/x.st")]
    [InlineData("/sdcard/disks/com9 .st")]
    [InlineData("/sdcard/disks/a.st.")]
    [InlineData("/sdcard/disks/a /b.st")]
    [InlineData("/sdcard/disks/%ff%fe.st")]
    [InlineData("/sdcardx/disks/a.st")]
    [InlineData("/sdcard/disksx/a.st")]
    public void Paths_that_could_lead_elsewhere_are_refused(string path)
    {
        var refused = Refusal.Of(ErrorCode.PathNotAllowed, () => _card.Resolve(path, CardAccess.Read));
        Assert.Contains("path", refused.Details.Keys);
        Assert.Contains("/sdcard/disks", (string[])refused.Details["allowed_roots"]!);
        Assert.DoesNotContain(_folder.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_refused() =>
        Refusal.Of(ErrorCode.PathNotAllowed, () => _card.Resolve("/sdcard/disks/" + (char)0xD800 + ".st", CardAccess.Read));

    [Fact]
    public void Names_and_paths_that_are_too_long_are_refused()
    {
        Refusal.Of(ErrorCode.PathNotAllowed, () => _card.Resolve("/sdcard/disks/" + new string('é', 128), CardAccess.Read));
        Refusal.Of(ErrorCode.PathNotAllowed, () => _card.Resolve("/sdcard/disks/" + string.Join('/', Enumerable.Repeat("a", 3000)), CardAccess.Read));
    }

    [Theory]
    [InlineData("/sdcard/config/engine_v2/tos_catalog.json")]
    [InlineData("/sdcard/conformance/x.json")]
    public void Configuration_can_be_read_but_not_written(string path)
    {
        Assert.Equal(path, _card.Resolve(path, CardAccess.Read).Virtual);
        var refused = Refusal.Of(ErrorCode.PathNotAllowed, () => _card.Resolve(path, CardAccess.Write));
        Assert.DoesNotContain("/sdcard/config", (string[])refused.Details["allowed_roots"]!);
    }

    [Fact]
    public void A_name_that_differs_only_by_case_means_the_stored_one()
    {
        Directory.CreateDirectory(_card.HostOf("/sdcard/disks/Games"));
        File.WriteAllText(_card.HostOf("/sdcard/disks/Games/Disk.ST"), "x");

        Assert.Equal("/sdcard/disks/Games/Disk.ST", _card.Resolve("/sdcard/disks/games/disk.st", CardAccess.Read).Virtual);
    }

    [SkippableFact]
    public void Links_out_of_their_root_are_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "making links needs a privilege on Windows");
        string outside = _folder["outside"];
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(outside, "secret.st"), "x");
        Directory.CreateSymbolicLink(_card.HostOf("/sdcard/disks/away"), outside);
        File.CreateSymbolicLink(_card.HostOf("/sdcard/disks/secret.st"), Path.Combine(outside, "secret.st"));
        Directory.CreateSymbolicLink(_card.HostOf("/sdcard/disks/chain"), _card.HostOf("/sdcard/disks/away"));
        Directory.CreateSymbolicLink(_card.HostOf("/sdcard/disks/config"), _card.HostOf("/sdcard/config"));
        File.CreateSymbolicLink(_card.HostOf("/sdcard/disks/loop"), _card.HostOf("/sdcard/disks/loop"));
        foreach (string path in (string[])["away/secret.st", "away/new.st", "secret.st", "chain/secret.st", "config/x.json", "loop"])
        {
            Refusal.Of(ErrorCode.PathNotAllowed, () => _card.Resolve("/sdcard/disks/" + path, CardAccess.Read));
        }
    }

    [SkippableFact]
    public void Links_within_a_root_may_be_followed()
    {
        Skip.If(OperatingSystem.IsWindows(), "making links needs a privilege on Windows");
        File.WriteAllText(_card.HostOf("/sdcard/disks/real.st"), "x");
        File.CreateSymbolicLink(_card.HostOf("/sdcard/disks/link.st"), "real.st");

        Assert.Equal("/sdcard/disks/link.st", _card.ResolveFile("/sdcard/disks/link.st", CardAccess.Read).Virtual);
    }

    [SkippableFact]
    public void A_card_may_itself_be_reached_through_a_link()
    {
        Skip.If(OperatingSystem.IsWindows(), "making links needs a privilege on Windows");
        Directory.CreateSymbolicLink(_folder["other"], _folder["card"]);
        var linked = new CardRoot(_folder["other"]);

        Assert.Equal(_card.HostFolder, linked.HostFolder);
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_found() =>
        Assert.Equal("/sdcard/disks/a.st", Refusal.Of(ErrorCode.NotFound, () => _card.ResolveFile("/sdcard/disks/a.st", CardAccess.Read)).Details["path"]);

    [Fact]
    public void Whatever_a_client_writes_stays_on_the_card_or_is_refused()
    {
        var pieces = Gen.Elements("/", "\\", "sdcard", "disks", "..", ".", "%2e", "%2F", "%5c", "%00", "%", ":", "\0", "é", "\u0301", "\ud83d", "\ude00", "CON", "a", " ", "~", "*", "?", "config");
        var paths = from parts in pieces.ArrayOf() select "/sdcard/disks/" + string.Concat(parts);
        Prop.ForAll(Gen.OneOf(paths, ArbMap.Default.GeneratorFor<string>().Where(text => text is not null)).ToArbitrary(), Holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    public void Dispose() => _folder.Dispose();

    private bool Holds(string path)
    {
        try
        {
            var resolved = _card.Resolve(path, CardAccess.Read);
            return Path.GetFullPath(resolved.Host) == resolved.Host
                && resolved.Host.StartsWith(_card.HostOf(resolved.Root), StringComparison.Ordinal)
                && _card.Resolve(resolved.Virtual, CardAccess.Read) == resolved;
        }
        catch (EngineException refused)
        {
            return refused.Code == ErrorCode.PathNotAllowed;
        }
    }
}
