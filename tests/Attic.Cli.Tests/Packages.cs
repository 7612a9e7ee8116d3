namespace Attic.Cli.Tests;

/// <summary>The modules that machines are made of.</summary>
internal static class Packages
{
    /// <summary>Skips the test where they are not packed.</summary>
    public static void Require() => Skip.IfNot(
        Directory.Exists(SourceTree.File($"artifacts/card/{SourceTree.Configuration}/ebins")),
        $"The modules are not packed. To run this test: dotnet build src/Attic.Pack -c {SourceTree.Configuration}");
}
