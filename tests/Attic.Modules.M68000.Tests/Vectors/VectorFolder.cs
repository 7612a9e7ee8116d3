namespace Attic.Modules.M68000.Tests.Vectors;

/// <summary>Finds the shared test data: <c>ATTIC_VECTORS</c>, or <c>../shared/vectors</c> from the repository's root.</summary>
internal static class VectorFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("ATTIC_VECTORS") is { Length: > 0 } named)
        {
            return System.IO.Path.Combine(named, "m68000");
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Attic.slnx")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine(folder?.FullName ?? ".", "..", "shared", "vectors", "m68000");
    }
}
