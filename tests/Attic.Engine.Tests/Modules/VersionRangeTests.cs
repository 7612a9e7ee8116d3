using Attic.Engine.Modules;

namespace Attic.Engine.Tests.Modules;

/// <summary>Which versions a range means.</summary>
public class VersionRangeTests
{
    [Theory]
    [InlineData("*", "0.0.1 1.0.0 99.1.2", "1.0.0-rc.1")]
    [InlineData("1.2.3", "1.2.3", "1.2.4 1.2.2 1.2.3-rc.1")]
    [InlineData("1.2", "1.2.0 1.2.9", "1.3.0 1.1.9")]
    [InlineData("1.2.x", "1.2.0 1.2.9", "1.3.0 1.1.9")]
    [InlineData("1.x", "1.0.0 1.9.9", "2.0.0 0.9.9 2.0.0-rc.1")]
    [InlineData("^1.2.3", "1.2.3 1.9.0", "2.0.0 1.2.2 2.0.0-rc.1")]
    [InlineData("^0.2.3", "0.2.3 0.2.9", "0.3.0 1.0.0")]
    [InlineData("^0.0.3", "0.0.3", "0.0.4")]
    [InlineData("~1.2.3", "1.2.3 1.2.9", "1.3.0 1.2.2")]
    [InlineData("~1", "1.0.0 1.9.0", "2.0.0")]
    [InlineData(">=1.0.0 <2.0.0", "1.0.0 1.9.9", "0.9.9 2.0.0")]
    [InlineData(">1.2", "1.3.0 2.0.0", "1.2.0 1.2.9")]
    [InlineData("<=1.2", "1.2.9 0.1.0", "1.3.0")]
    [InlineData("1.0.0-rc.1", "1.0.0-rc.1", "1.0.0 1.0.0-rc.2")]
    [InlineData(">=1.0.0-rc.1", "1.0.0-rc.2 1.0.0", "1.0.0-beta")]
    public void A_range_holds_these_and_not_those(string text, string inside, string outside)
    {
        Assert.True(VersionRange.TryParse(text, out var range));
        Assert.All(inside.Split(' '), version => Assert.True(range.Contains(Parse(version)), $"{version} in {text}"));
        Assert.All(outside.Split(' '), version => Assert.False(range.Contains(Parse(version)), $"{version} in {text}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("banana")]
    [InlineData("1.2.3.4")]
    [InlineData("1.x.3")]
    [InlineData("01.2.3")]
    [InlineData("^*")]
    [InlineData(">=")]
    [InlineData("=>1.0.0")]
    [InlineData("1.0.0 || 2.0.0")]
    [InlineData("-1.0.0")]
    public void What_is_no_range_is_refused(string text) => Assert.False(VersionRange.TryParse(text, out _));

    [Fact]
    public void Versions_are_ordered_as_semver_says()
    {
        string[] ordered = ["0.9.0", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta", "1.0.0", "1.0.1", "1.10.0", "2.0.0"];
        Assert.Equal(ordered, ordered.Reverse().Select(Parse).Order().Select(version => version.ToString()));
    }

    private static SemanticVersion Parse(string text) =>
        SemanticVersion.TryParse(text, out var version) ? version : throw new ArgumentException(text);
}
