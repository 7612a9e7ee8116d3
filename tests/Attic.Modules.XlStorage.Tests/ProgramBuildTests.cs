namespace Attic.Modules.XlStorage.Tests;

public class ProgramBuildTests
{
    [SkippableTheory]
    [InlineData("probe", "rom")]
    [InlineData("reader", "bin")]
    public void A_committed_program_is_what_its_source_makes(string name, string ending)
    {
        string sources = Path.Combine(AppContext.BaseDirectory, "programs");
        using var output = new TemporaryFolder();
        ToolRun.Require("cc65", "ca65", "-o", output["p.o"], Path.Combine(sources, $"{name}.s"));
        ToolRun.Require("cc65", "ld65", "-C", Path.Combine(sources, $"{name}.cfg"), "-o", output["p.out"], output["p.o"]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(sources, $"{name}.{ending}")), File.ReadAllBytes(output["p.out"]));
    }
}
