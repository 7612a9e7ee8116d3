using Attic.Engine.Card;
using Attic.Engine.Errors;
using Attic.Engine.Modules;

namespace Attic.Engine.Tests.Modules;

/// <summary>Scans of the module folder, and the choice among what they found.</summary>
[Collection("toys")]
public class ModuleCatalogTests
{
    [Fact]
    public void The_highest_version_in_the_range_is_chosen()
    {
        using var card = new ToyCard();
        foreach (string version in (string[])["1.2.0", "1.10.0", "2.0.0", "1.11.0-rc.1"])
        {
            card.PackAudio(manifest => manifest, version);
        }

        Assert.Equal("1.10.0", Resolve(card, "toy.audio@^1.0.0").Version.ToString());
        Assert.Equal("2.0.0", Resolve(card, "toy.audio@*").Version.ToString());
    }

    [Fact]
    public void Of_equal_versions_the_first_path_is_chosen()
    {
        using var card = new ToyCard();
        string other = Path.Combine(card.EbinFolder, "a_box", "audio", "copy-1.0.0.ebin");
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        File.Copy(card.AudioPackage, other);
        card.Catalog.Rescan();

        Assert.Equal("/sdcard/ebins/a_box/audio/copy-1.0.0.ebin", Resolve(card, "toy.audio@*").File.Virtual);
    }

    [Fact]
    public void A_selector_that_nothing_meets_is_named()
    {
        using var card = new ToyCard();
        var refused = Refusal.Of(ErrorCode.EbinNotFound, () => Resolve(card, "toy.audio@^9.0.0"));
        Assert.Equal("toy.audio@^9.0.0", refused.Details["module_selector"]);
    }

    [Fact]
    public void A_damaged_newer_package_is_told_of_instead_of_passed_over()
    {
        using var card = new ToyCard();
        File.WriteAllText(card.AudioPackage.Replace("1.0.0", "1.1.0", StringComparison.Ordinal), "no package");
        card.Catalog.Rescan();

        Assert.Equal("header", Refusal.Of(ErrorCode.EbinInvalid, () => Resolve(card, "toy.audio@^1.0.0")).Details["field"]);
        Assert.Equal("1.0.0", Resolve(card, "toy.audio@1.0.0").Version.ToString());
    }

    [Fact]
    public void A_scan_counts_what_came_went_and_changed()
    {
        using var card = new ToyCard();
        card.PackAudio(manifest => manifest, "1.1.0");
        string added = card.AudioPackage.Replace("1.0.0", "1.2.0", StringComparison.Ordinal);
        byte[] package = EbinPackage.Write(EbinPackage.Parse(File.ReadAllBytes(card.AudioPackage)).Manifest with { Version = null }, [1], card.Key);
        File.WriteAllBytes(added, package);
        File.WriteAllBytes(card.AudioPackage, package);
        File.Delete(card.AudioPackage.Replace("1.0.0", "1.1.0", StringComparison.Ordinal));
        File.WriteAllText(card.AudioPackage.Replace("1.0.0", "x", StringComparison.Ordinal), "?");

        var scan = card.Catalog.Rescan();

        Assert.Equal((4, 1, 1, 1), (scan.Scanned, scan.Added, scan.Removed, scan.Updated));
        var invalid = Assert.Single(scan.Invalid);
        Assert.Equal(("/sdcard/ebins/toy_box/audio/toy.audio-x.ebin", "EBIN_INVALID"), (invalid.File.Virtual, invalid.Code));
    }

    [Fact]
    public void A_file_name_that_contradicts_the_signed_version_is_refused()
    {
        using var card = new ToyCard();
        File.Move(card.AudioPackage, card.AudioPackage.Replace("1.0.0", "9.0.0", StringComparison.Ordinal));
        var scan = card.Catalog.Rescan();

        Assert.Equal("version", Assert.Single(scan.Invalid).Field);
        Refusal.Of(ErrorCode.EbinInvalid, () => Resolve(card, "toy.audio@*"));
    }

    [Fact]
    public void Integrity_is_shown_for_each_package()
    {
        using var card = new ToyCard();
        using var stranger = SigningKey.Create();
        card.PackAudio(manifest => manifest, "1.1.0", stranger);
        card.PackAudio(manifest => manifest, "1.2.0", sign: false);
        var byVersion = card.Catalog.Entries.Where(entry => entry.Component == "audio").ToDictionary(entry => entry.Version.ToString(), entry => entry.Integrity);

        Assert.Equal("verified", byVersion["1.0.0"]);
        Assert.Equal("untrusted", byVersion["1.1.0"]);
        Assert.Equal("unsigned", byVersion["1.2.0"]);
    }

    [Fact]
    public void The_index_file_lists_what_was_found_and_is_never_believed()
    {
        using var card = new ToyCard();
        string index = Path.Combine(card.EbinFolder, "index.json");
        Assert.Contains("/sdcard/ebins/toy_box/audio/toy.audio-1.0.0.ebin", File.ReadAllText(index), StringComparison.Ordinal);

        File.WriteAllText(index, """{"modules":[{"module_id":"evil"}]}""");
        card.Catalog.Rescan();
        Assert.DoesNotContain("evil", File.ReadAllText(index), StringComparison.Ordinal);
        Refusal.Of(ErrorCode.EbinNotFound, () => Resolve(card, "evil@*"));
    }

    [Fact]
    public void Scans_stay_in_the_module_folder()
    {
        using var card = new ToyCard();
        Refusal.Of(ErrorCode.PathNotAllowed, () => card.Catalog.Rescan("/sdcard/roms"));
        Refusal.Of(ErrorCode.NotFound, () => card.Catalog.Rescan("/sdcard/ebins/nothing"));
    }

    private static ModuleEntry Resolve(ToyCard card, string selector) =>
        card.Catalog.Resolve(ModuleSelector.TryParse(selector, out var parsed) ? parsed : throw new ArgumentException(selector), ToyCard.Machine);
}
