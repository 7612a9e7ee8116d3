namespace Attic.Tests;

/// <summary>The source tree around the tests, and what its build left.</summary>
internal static class SourceTree
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    public static string Root { get; } = Find();

    /// <summary>A file of the tree.</summary>
    public static string File(string name) => Path.Combine(Root, name);

    /// <summary>An assembly of a project that the tests do not link.</summary>
    public static string Built(string folder, string project) =>
        Path.Combine(Root, folder, project, "bin", Configuration, "net10.0", project + ".dll");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Attic.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of their source tree.");
        }

        return folder.FullName;
    }
}
