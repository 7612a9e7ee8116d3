using System.Globalization;

namespace Attic.FujiNet.Tests.Embedding;

/// <summary>A FujiNet inside a program in C.</summary>
public sealed class EmbeddingTests(CompilerFixture compiler) : IClassFixture<CompilerFixture>, IDisposable
{
    private const string Example = "embedding/example.c";
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [SkippableFact]
    public void A_program_in_c_asks_for_the_time_and_reads_a_file()
    {
        string text = "Text with \xC0 and \xDB in it.\n";
        File.WriteAllText(Path.Combine(_data.Path, "a.txt"), text, System.Text.Encoding.Latin1);
        long before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var (code, output, errors) = compiler.Run(Example, CompilerFixture.Library, _data.Path, "host:/a.txt");
        Assert.Equal((0, string.Empty), (code, errors));
        string[] lines = output.Split('\n');
        long time = long.Parse(lines[0]["time ".Length..], CultureInfo.InvariantCulture);
        Assert.InRange(time, before, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"file {text.Length} bytes"), lines[1]);
        Assert.StartsWith("Text with ", lines[2], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_functions_keep_what_their_header_promises()
    {
        var (code, _, errors) = compiler.Run("tests/Attic.FujiNet.Tests/Embedding/contract.c", CompilerFixture.Library);
        Assert.Equal((0, string.Empty), (code, errors));
    }

    [SkippableFact]
    public void A_damaged_configuration_is_reported_and_the_defaults_serve()
    {
        File.WriteAllText(Path.Combine(_data.Path, "fujinet.yaml"), "fujinet: [");
        var (code, output, errors) = compiler.Run(Example, CompilerFixture.Library, _data.Path);
        Assert.Equal(0, code);
        Assert.Contains("/fujinet.yaml: The configuration is no YAML", errors, StringComparison.Ordinal);
        Assert.StartsWith("time ", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void What_is_missing_is_named()
    {
        string file = Path.Combine(_data.Path, "file");
        File.WriteAllText(file, string.Empty);
        AssertRefused("There is no folder /nowhere.", "/nowhere");
        AssertRefused("Attic.FujiNet.Embedding.runtimeconfig.json is not there", _data.Path);
        AssertRefused("cannot be used", CompilerFixture.Library, file);
        AssertRefused($"No .NET runtime was found in {_data.Path}. Install .NET 10", CompilerFixture.Library, _data.Path, "host:/x", _data.Path);
    }

    [SkippableFact]
    public void A_damaged_runtime_configuration_is_named()
    {
        foreach (string file in Directory.GetFiles(CompilerFixture.Library))
        {
            File.Copy(file, Path.Combine(_data.Path, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(_data.Path, "Attic.FujiNet.Embedding.runtimeconfig.json"), "{");
        AssertRefused("The .NET runtime cannot be started with", _data.Path);
    }

    private void AssertRefused(string reason, params string[] arguments)
    {
        var (code, _, errors) = compiler.Run(Example, arguments);
        Assert.Equal(1, code);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }
}
