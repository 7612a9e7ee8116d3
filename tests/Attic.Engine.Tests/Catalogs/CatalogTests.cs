using System.Text;
using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Engine.Tests.Catalogs;

/// <summary>Index files, what lies on the card, and the media of a start (contract §§5.1, 9).</summary>
public sealed class CatalogTests : IDisposable
{
    private readonly MediaCard _card = new();

    [Fact]
    public void A_tos_dropped_onto_the_card_is_found_by_the_next_start()
    {
        _card.Put("/sdcard/roms/st/TOS 1.04 (UK).img", MediaCard.Tos());
        Assert.Equal(["tos.tos-1-04-uk"], _card.Scan().Added);

        var found = _card.Media.FindSystem(CatalogKind.Rom, "tos.tos-1-04-uk", "rom_id", "atari_st");
        Assert.Equal("/sdcard/roms/st/TOS 1.04 (UK).img", found.File.Virtual);
        Assert.Equal(192 << 10, found.Size);
        Assert.Equal(("tos", "img", "local_only"), (found.Entry.Class, found.Entry.Format, found.Entry.AvailabilityState));
        Assert.Equal(["atari_st"], found.Entry.MachineTags);
        Assert.Empty(_card.Scan().Added);
    }

    [Fact]
    public void Disks_and_cartridges_dropped_onto_the_card_get_entries_too()
    {
        _card.Put("/sdcard/disks/st/Game.ST", MediaCard.Disk);
        _card.Put("/sdcard/disks/st/deep/er/game.st", MediaCard.Disk);
        _card.Put("/sdcard/cartridges/st/test.stc", [0xAB, 0xCD, 0xEF, 0x42]);
        _card.Put("/sdcard/disks/st/readme.txt", [1]);
        _card.Put("/sdcard/disks/st/.hidden.st", MediaCard.Disk);

        Assert.Equal(["cart.test", "disk.game", "disk.game-2"], _card.Scan().Added.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_local_entry_follows_its_file()
    {
        string host = _card.Put("/sdcard/roms/st/mine.img", MediaCard.Tos());
        _card.Scan();
        string before = _card.Catalogs.Find(CatalogKind.Tos, "tos.mine").Sha256!;
        File.WriteAllBytes(host, [.. MediaCard.Tos(1), 2, 3]);

        Assert.Equal(["tos.mine"], _card.Scan().Updated);
        Assert.NotEqual(before, _card.Catalogs.Find(CatalogKind.Tos, "tos.mine").Sha256);
    }

    [Fact]
    public void An_entry_whose_file_is_not_there_is_a_conflict_that_says_what_to_do()
    {
        _card.WriteIndex(CatalogKind.Disk, Index("""{"id":"disk.game","local_path":"/sdcard/disks/st/game.st","class":"disk","format":"st","hosted_url":"https://x/"}"""));
        var refused = Refusal.Of(ErrorCode.Conflict, () => _card.Media.Find(CatalogKind.Disk, "disk.game", "disk_ids[0]", "atari_st"));

        Assert.True(refused.Retryable);
        Assert.Equal(("disk", "disk.game", "disk_ids[0]", "disabled"), (refused.Details["catalog"], refused.Details["entry_id"], refused.Details["request_field"], refused.Details["prefetch_policy"]));
        Assert.Contains("floppies/download-entry", (string)refused.Details["remediation"]!, StringComparison.Ordinal);

        _card.Put("/sdcard/disks/st/game.st", MediaCard.Disk);
        Assert.Equal(MediaCard.Disk.Length, _card.Media.Find(CatalogKind.Disk, "disk.game", "disk_ids[0]", "atari_st").Size);
    }

    [Fact]
    public void An_unknown_entry_is_not_found()
    {
        var refused = Refusal.Of(ErrorCode.CatalogEntryNotFound, () => _card.Media.FindSystem(CatalogKind.Rom, "rom.none", "rom_id", "atari_st"));
        Assert.Equal(("rom", "rom.none", "rom_id"), (refused.Details["catalog"], refused.Details["entry_id"], refused.Details["request_field"]));
    }

    [Fact]
    public void Without_its_index_a_catalog_is_not_found()
    {
        File.Delete(_card.Root.HostOf(CatalogKind.Disk.IndexPath));
        Assert.Equal("disk", Refusal.Of(ErrorCode.CatalogNotFound, () => _card.Catalogs.Find(CatalogKind.Disk, "disk.x")).Details["catalog"]);
        Refusal.Of(ErrorCode.CatalogNotFound, () => CatalogKind.OfUrl("coffee"));
        Assert.Equal(CatalogKind.Disk, CatalogKind.OfUrl("floppies"));
    }

    [Fact]
    public void Only_an_operating_system_starts_a_machine()
    {
        _card.Put("/sdcard/roms/st/other.img", [1, 2, 3]);
        _card.Scan();

        Assert.Equal("rom", Refusal.Of(ErrorCode.BadRequest, () => _card.Media.FindSystem(CatalogKind.Rom, "rom.other", "rom_id", "atari_st")).Details["actual"]);
        Assert.Equal("rom.other", _card.Media.FindSystem(CatalogKind.Rom, "rom.other", "rom_id", "atari_st", mustBoot: false).Entry.Id);
    }

    [Fact]
    public void An_entry_of_another_catalog_or_machine_is_a_bad_request()
    {
        _card.Put("/sdcard/roms/xl/os.img", MediaCard.Tos());
        _card.Scan();

        var binding = Refusal.Of(ErrorCode.BadRequest, () => _card.Media.FindSystem(CatalogKind.Rom, "disk.game", "rom_id", "atari_st"));
        Assert.Equal(("rom", "disk"), (binding.Details["expected_catalog"], binding.Details["actual_catalog"]));
        Refusal.Of(ErrorCode.BadRequest, () => _card.Media.FindSystem(CatalogKind.Tos, "tos.os", "tos_id", "atari_st"));
    }

    [Fact]
    public void An_index_cannot_lead_out_of_its_folder()
    {
        foreach (string path in (string[])["/sdcard/config/engine_v2/tos_catalog.json", "/sdcard/../etc/passwd", "/etc/passwd"])
        {
            _card.WriteIndex(CatalogKind.Disk, Index($$"""{"id":"disk.x","local_path":"{{path}}","class":"disk","format":"st"}"""));
            Refusal.Of(ErrorCode.Conflict, () => _card.Media.Find(CatalogKind.Disk, "disk.x", "disk_ids[0]", "atari_st"));
        }
    }

    [Fact]
    public void A_user_may_edit_an_index_while_the_engine_runs()
    {
        Assert.Empty(_card.Catalogs.Entries(CatalogKind.Disk));
        _card.WriteIndex(CatalogKind.Disk, Index("""{"id":"disk.game","local_path":"/sdcard/disks/a.st","class":"disk","format":"st","note":"kept"},"""));
        Assert.Equal("disk.game", Assert.Single(_card.Catalogs.Entries(CatalogKind.Disk)).Id);

        _card.Catalogs.Update(CatalogKind.Disk, present => [.. present, present[0] with { Id = "disk.other" }]);
        Assert.Contains("\"note\": \"kept\"", File.ReadAllText(_card.Root.HostOf(CatalogKind.Disk.IndexPath)), StringComparison.Ordinal);
        Assert.Equal(2, new CatalogStore(_card.Root).Entries(CatalogKind.Disk).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"schema_version":2,"entries":[]}""")]
    [InlineData("""{"schema_version":1,"entries":[null]}""")]
    [InlineData("""{"schema_version":1,"entries":[{"id":"disk.x"}]}""")]
    [InlineData("""{"schema_version":1,"entries":[{"id":"rom.x","local_path":"/sdcard/disks/x","class":"disk","format":"st"}]}""")]
    public void A_broken_index_is_reported_and_left_alone(string json)
    {
        _card.WriteIndex(CatalogKind.Disk, json);
        Assert.Equal("disk", Refusal.Of(ErrorCode.CatalogSyncFailed, () => _card.Catalogs.Entries(CatalogKind.Disk)).Details["catalog"]);
        Assert.Equal(json, File.ReadAllText(_card.Root.HostOf(CatalogKind.Disk.IndexPath)));
    }

    [Fact]
    public void Any_text_is_an_index_or_refused_but_nothing_else()
    {
        var pieces = Gen.Elements("{", "}", "[", "]", ",", ":", "\"schema_version\"", "1", "\"entries\"", "\"id\"", "\"disk.x\"", "null", "\"\\ud800\"", "\"size\"", "1e99", "\"machine_tags\"", "\"created_at\"", "\"class\"");
        Prop.ForAll((from parts in pieces.ArrayOf() select string.Concat(parts)).ToArbitrary(), ReadsOrRefuses).QuickCheckThrowOnFailure();
        var entries = from field in Gen.Elements("local_path", "class", "size", "machine_tags", "created_at", "write_protect", "download_fail_count") from value in Gen.Elements("null", "1", "\"\\udfff\"", "[null]", "[1]", "\"x\"", "{}", "1.5")
                      select $$"""{"schema_version":1,"entries":[{"id":"disk.x","format":"st","{{field}}":{{value}}}]}""";
        Prop.ForAll(entries.ToArbitrary(), ReadsOrRefuses).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Shipped_entries_follow_ours_and_the_users_stay()
    {
        using var shipped = new TemporaryFolder();
        Ship(shipped, "First");
        Seed(shipped);
        _card.Catalogs.Update(CatalogKind.Tos, present => [.. present.Select(entry => entry with { Sha256 = "found out" }), present[0] with { Id = "tos.mine" }]);
        Ship(shipped, "Second");

        Assert.Empty(Seed(shipped));
        var ours = _card.Catalogs.Find(CatalogKind.Tos, "tos.attic-st");
        Assert.Equal(("Second", "found out"), (ours.Title, ours.Sha256));
        Assert.Equal("First", _card.Catalogs.Find(CatalogKind.Tos, "tos.mine").Title);
    }

    [Fact]
    public void A_shipped_entry_that_the_user_edited_is_kept_with_one_line()
    {
        using var shipped = new TemporaryFolder();
        Ship(shipped, "First");
        Seed(shipped);
        _card.Catalogs.Update(CatalogKind.Tos, present => [present[0] with { Title = "Mine" }]);
        Ship(shipped, "Second");

        Assert.Equal("card: kept your entry tos.attic-st; ours has changed", Assert.Single(Seed(shipped)));
        Assert.Equal("Mine", _card.Catalogs.Find(CatalogKind.Tos, "tos.attic-st").Title);
        Assert.Empty(Seed(shipped));
    }

    public void Dispose() => _card.Dispose();

    private static string Index(string entries) => $$"""{"schema_version":1,"entries":[{{entries}}]}""";

    private static bool ReadsOrRefuses(string json)
    {
        try
        {
            _ = CatalogIndexFile.Parse(Encoding.UTF8.GetBytes(json), CatalogKind.Disk);
            return true;
        }
        catch (EngineException refused)
        {
            return refused.Code == ErrorCode.CatalogSyncFailed;
        }
    }

    private static void Ship(TemporaryFolder shipped, string title)
    {
        string path = shipped["config/engine_v2/tos_catalog.json"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Index($$"""{"id":"tos.attic-st","local_path":"/sdcard/roms/st/attic-st.img","title":"{{title}}","class":"tos","format":"img","availability_state":"local_only"}"""));
    }

    private IReadOnlyList<string> Seed(TemporaryFolder shipped) =>
        new CatalogSeeder(_card.Root, _card.Catalogs).Seed([new(shipped.Path, "", "*", Deep: true)]);
}
