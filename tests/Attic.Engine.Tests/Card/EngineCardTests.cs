using System.Runtime.CompilerServices;
using Attic.Abi.State;
using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Errors;
using Attic.Engine.Machines;

namespace Attic.Engine.Tests.Card;

/// <summary>A card opened as at a start of the program, with what the build packed.</summary>
public sealed class EngineCardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ShippedCard _shipped = ShippedCard.Locate(AppContext.BaseDirectory, SourceTree.Configuration);

    private AtticHome Home => AtticHome.Locate(_folder.Path, null);

    [SkippableFact]
    public void A_fresh_card_starts_the_machine_from_packages_and_our_own_rom()
    {
        PackedModules.Require();
        using var card = EngineCard.Open(Home, _shipped);
        var rom = card.Media.FindSystem(CatalogKind.Rom, "tos.attic-st", "rom_id", "atari_st");
        using var built = card.Builder.Build(card.Builder.Plan("atari_st", "st_1040_pal"), File.ReadAllBytes(rom.File.Host));
        string before = StateHasher.Hash(built.Machine);
        built.Machine.RunFrame();

        Assert.Equal(6, built.LoadedModules.Count);
        Assert.Equal(1, built.Machine.FrameNumber);
        Assert.NotEqual(before, StateHasher.Hash(built.Machine));
    }

    [SkippableFact]
    public void Every_shipped_profile_finds_its_modules()
    {
        PackedModules.Require();
        using var card = EngineCard.Open(Home, _shipped);
        Assert.All(card.Profiles.ProfilesOf("atari_st"), profile => card.Builder.Plan("atari_st", profile));
        Assert.All(card.Modules.Entries, entry => Assert.Equal("verified", entry.Integrity));
    }

    [SkippableFact]
    public void Modules_catch_up_in_the_order_of_the_profile()
    {
        PackedModules.Require();
        using var card = EngineCard.Open(Home, _shipped);
        var rom = card.Media.FindSystem(CatalogKind.Rom, "tos.attic-st", "rom_id", "atari_st");
        using var built = card.Builder.Build(card.Builder.Plan("atari_st", "st_520_pal"), File.ReadAllBytes(rom.File.Host));
        var order = built.Machine.Chips.Select(chip => ComponentOf(built, chip.GetType().Assembly)).Distinct();

        Assert.Equal(built.Manifest.StepOrder.Where(step => step != "cpu"), order);
    }

    [SkippableFact]
    public void A_whole_machine_that_has_run_can_be_unloaded()
    {
        PackedModules.Require();
        using var card = EngineCard.Open(Home, _shipped);
        var context = RunAndDispose(card);
        for (int round = 0; context.IsAlive && round < 50; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);
    }

    [Fact]
    public void A_second_start_says_nothing_and_changes_nothing()
    {
        EngineCard.Open(Home, _shipped).Dispose();
        string[] before = Snapshot();
        var lines = new List<string>();
        EngineCard.Open(Home, _shipped, new() { Report = lines.Add }).Dispose();

        Assert.Empty(lines);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void While_an_engine_has_the_card_others_may_only_look()
    {
        using var engine = EngineCard.Open(Home, _shipped);
        Refusal.Of(ErrorCode.Conflict, () => EngineCard.Open(Home, _shipped));
        using var guest = EngineCard.Open(Home, _shipped, new() { Exclusive = false });

        Assert.Equal(engine.Modules.Entries.Count, guest.Modules.Entries.Count);
    }

    [Fact]
    public void A_guest_brings_a_free_card_up_to_date_and_lets_go_of_it()
    {
        using var guest = EngineCard.Open(Home, _shipped, new() { Exclusive = false });
        using var engine = EngineCard.Open(Home, _shipped);
        Assert.NotEmpty(guest.Profiles.ProfilesOf("atari_st"));
    }

    [Fact]
    public void A_broken_index_is_told_and_does_not_keep_the_engine_from_starting()
    {
        EngineCard.Open(Home, _shipped).Dispose();
        File.WriteAllText(Path.Combine(Home.CardFolder, "config", "engine_v2", "disk_catalog.json"), "{");
        File.WriteAllBytes(Path.Combine(Home.CardFolder, "roms", "st", "mine.img"), MediaCard.Tos());
        var lines = new List<string>();
        using var card = EngineCard.Open(Home, _shipped, new() { Report = lines.Add });

        Assert.Contains("disk_catalog.json", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Contains(card.Catalogs.Entries(CatalogKind.Tos), entry => entry.Id == "tos.mine");
    }

    [Fact]
    public void Nothing_of_keys_and_trust_lies_on_the_card()
    {
        EngineCard.Open(Home, _shipped).Dispose();
        Assert.Empty(Directory.GetFiles(Home.CardFolder, "*.pem", SearchOption.AllDirectories));
    }

    public void Dispose() => _folder.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunAndDispose(EngineCard card)
    {
        var rom = card.Media.FindSystem(CatalogKind.Rom, "tos.attic-st", "rom_id", "atari_st");
        using var built = card.Builder.Build(card.Builder.Plan("atari_st", "st_1040_pal"), File.ReadAllBytes(rom.File.Host));
        for (int frame = 0; frame < 10; frame++)
        {
            built.Machine.RunFrame();
        }

        StateCollector.Collect(built.Machine);
        return built.Modules.ContextReference();
    }

    private static string ComponentOf(BuiltMachine built, System.Reflection.Assembly assembly) =>
        built.Modules.Instances.First(module => module.Value.GetType().Assembly == assembly).Key;

    private string[] Snapshot() =>
        [.. Directory.GetFiles(Home.CardFolder, "*", SearchOption.AllDirectories)
            .Where(path => !Path.GetFileName(path).StartsWith(".attic", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}")];
}
