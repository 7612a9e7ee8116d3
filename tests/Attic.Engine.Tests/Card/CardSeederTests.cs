using Attic.Engine.Card;

namespace Attic.Engine.Tests.Card;

/// <summary>What a start does to a card on which the user has worked.</summary>
public sealed class CardSeederTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CardRoot _card;

    public CardSeederTests()
    {
        _card = new(_folder["card"]);
        Ship("config/a.json", "one");
    }

    [Fact]
    public void An_empty_card_gets_everything()
    {
        Assert.Equal(["config/a.json"], Seed().Added);
        Assert.Equal("one", OnCard("config/a.json"));
    }

    [Fact]
    public void A_second_start_changes_nothing()
    {
        Seed();
        var report = Seed();
        Assert.Equal(0, report.Added.Count + report.Replaced.Count + report.Kept.Count);
    }

    [Fact]
    public void A_file_that_nobody_edited_follows_ours()
    {
        Seed();
        Ship("config/a.json", "two");
        Assert.Equal(["config/a.json"], Seed().Replaced);
        Assert.Equal("two", OnCard("config/a.json"));
    }

    [Fact]
    public void An_edited_file_is_kept_and_ours_laid_beside_with_one_line()
    {
        Seed();
        Edit("config/a.json", "mine");
        Ship("config/a.json", "two");
        Assert.Equal("card: kept your config/a.json; ours is config/a.json.new", Assert.Single(Seed().Lines));
        Assert.Equal("mine", OnCard("config/a.json"));
        Assert.Equal("two", OnCard("config/a.json.new"));
        Assert.Empty(Seed().Lines);
    }

    [Fact]
    public void A_user_who_throws_the_new_one_away_is_not_asked_again_until_ours_changes()
    {
        Seed();
        Edit("config/a.json", "mine");
        Seed();
        File.Delete(_card.HostOf("/sdcard/config/a.json.new"));
        Assert.Empty(Seed().Kept);
        Ship("config/a.json", "three");
        Assert.Equal(["config/a.json"], Seed().Kept);
    }

    [Fact]
    public void A_user_who_takes_ours_over_gets_rid_of_the_new_one_and_follows_again()
    {
        Seed();
        Edit("config/a.json", "mine");
        Ship("config/a.json", "two");
        Seed();
        Edit("config/a.json", "two");
        Seed();
        Assert.False(File.Exists(_card.HostOf("/sdcard/config/a.json.new")));
        Ship("config/a.json", "three");
        Assert.Equal(["config/a.json"], Seed().Replaced);
    }

    [Fact]
    public void A_file_that_was_there_before_ours_is_the_users()
    {
        Edit("config/a.json", "mine");
        Assert.Equal(["config/a.json"], Seed().Kept);
        Assert.Equal("mine", OnCard("config/a.json"));
    }

    [Fact]
    public void A_missing_file_is_put_back()
    {
        Seed();
        File.Delete(_card.HostOf("/sdcard/config/a.json"));
        Assert.Equal(["config/a.json"], Seed().Added);
    }

    [Fact]
    public void Without_its_record_nothing_of_the_users_is_lost()
    {
        Seed();
        Edit("config/a.json", "mine");
        File.WriteAllText(Path.Combine(_card.HostFolder, ".attic-seed.json"), "{");
        Seed();
        Assert.Equal("mine", OnCard("config/a.json"));
    }

    [Fact]
    public void What_a_killed_writer_left_is_cleared_away()
    {
        string leftover = _card.HostOf("/sdcard/config/.0123456789abcdef.part~");
        File.WriteAllText(leftover, "half");
        Seed();
        Assert.False(File.Exists(leftover));
    }

    public void Dispose() => _folder.Dispose();

    private SeedReport Seed() => CardSeeder.Seed(_card, [new(_folder["shipped"], "", "*", Deep: true)]);

    private string OnCard(string path) => File.ReadAllText(_card.HostOf("/sdcard/" + path));

    private void Edit(string path, string content) => File.WriteAllText(_card.HostOf("/sdcard/" + path), content);

    private void Ship(string path, string content)
    {
        string host = Path.Combine(_folder["shipped"], path);
        Directory.CreateDirectory(Path.GetDirectoryName(host)!);
        File.WriteAllText(host, content);
    }
}
