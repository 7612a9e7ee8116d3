namespace Attic.Engine.Tests;

/// <summary>The module packages that the build makes.</summary>
internal static class PackedModules
{
    /// <summary>Skips the test where they have not been made.</summary>
    public static void Require() => Skip.IfNot(
        File.Exists(Path.Combine(SourceTree.Root, "artifacts", "card", SourceTree.Configuration, "packed.stamp")),
        $"the modules are not packed: dotnet build src/Attic.Pack -c {SourceTree.Configuration}");
}
