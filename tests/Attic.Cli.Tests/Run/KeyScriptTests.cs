using Attic.Cli.Run;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Cli.Tests.Run;

public class KeyScriptTests
{
    [Fact]
    public void Characters_stand_for_themselves() =>
        Assert.Equal(["'a'", "'Ä'", "' '"], Strokes("aÄ "));

    [Theory]
    [InlineData(@"\n", "{RETURN}")]
    [InlineData("\n", "{RETURN}")]
    [InlineData(@"\t", "{TAB}")]
    [InlineData(@"\b", "{BACKSPACE}")]
    [InlineData(@"\e", "{ESC}")]
    [InlineData(@"\\", @"'\'")]
    [InlineData(@"\{", "'{'")]
    [InlineData("{f10}", "{F10}")]
    [InlineData("{Ctrl + c}", "{CTRL+C}")]
    public void Escapes_and_braces_name_keys(string script, string stroke) =>
        Assert.Equal([stroke], Strokes(script));

    [Theory]
    [InlineData("{F1", "character 1")]
    [InlineData("ab{NOPE}", "{NOPE}")]
    [InlineData("{}", "{}")]
    [InlineData(@"ab\q", "character 3")]
    [InlineData(@"\", "character 1")]
    public void A_malformed_script_is_refused_with_its_place(string script, string place)
    {
        var failure = Assert.Throws<CommandFailure>(() => KeyScript.Parse(script, KeyNames.Of("atari_st")));
        Assert.Equal(ExitCode.BadInput, failure.Code);
        Assert.Contains(place, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_script_parses_or_is_refused() => Prop.ForAll<string?>(script =>
    {
        try
        {
            foreach (var stroke in KeyScript.Parse(script ?? string.Empty, KeyNames.Of("atari_st")))
            {
                Assert.True(stroke.Character is not null || stroke.Names.All(KeyNames.Of("atari_st").IsKnown));
            }
        }
        catch (CommandFailure refused)
        {
            Assert.Equal(ExitCode.BadInput, refused.Code);
        }
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<string> Strokes(string script) => KeyScript.Parse(script, KeyNames.Of("atari_st")).Select(stroke => stroke.ToString());
}
