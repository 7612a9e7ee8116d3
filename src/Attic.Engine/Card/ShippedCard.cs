using System.Reflection;

namespace Attic.Engine.Card;

/// <summary>
/// What ships with the program for the card. In a source tree: the default card in <c>sdcard/</c>, the packages and the
/// signing key's public half that the build left in <c>artifacts/card/&lt;configuration&gt;</c>, and the ROMs in
/// <c>firmware/</c>. In an installation the same folders lie in <c>card/</c> beside the program.
/// </summary>
/// <param name="Content">Folders of the host whose files go onto the card, with where they go; later ones win.</param>
/// <param name="TrustFolder">Public keys that came with the program.</param>
public sealed record ShippedCard(IReadOnlyList<ShippedFolder> Content, string TrustFolder)
{
    private const string SolutionFile = "Attic.slnx";

    /// <summary>Finds what ships with the running program.</summary>
    /// <exception cref="DirectoryNotFoundException">There is neither an installation nor a source tree around the program.</exception>
    public static ShippedCard Locate() => Locate(AppContext.BaseDirectory, BuildConfiguration());

    /// <summary>Finds what ships with a program.</summary>
    /// <param name="programFolder">The program's folder.</param>
    /// <param name="configuration">How it was built: <c>Release</c> or <c>Debug</c>.</param>
    /// <exception cref="DirectoryNotFoundException">There is neither an installation nor a source tree around it.</exception>
    public static ShippedCard Locate(string programFolder, string configuration)
    {
        string installed = Path.Combine(programFolder, "card");
        if (Directory.Exists(Path.Combine(installed, "sdcard")))
        {
            return Of(Path.Combine(installed, "sdcard"), installed, Path.Combine(installed, "roms"));
        }

        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
            {
                string tree = folder.FullName;
                return Of(Path.Combine(tree, "sdcard"), Path.Combine(tree, "artifacts", "card", configuration), Path.Combine(tree, "firmware"));
            }
        }

        throw new DirectoryNotFoundException($"Around {programFolder} there is neither a folder 'card' nor a source tree with {SolutionFile}.");
    }

    private static ShippedCard Of(string sdcard, string built, string roms) => new(
        [
            new(sdcard, "", "*", Deep: true),
            new(Path.Combine(built, "ebins"), "ebins", "*.ebin", Deep: true),
            new(Path.Combine(roms, "st"), "roms/st", "*.img", Deep: false),
            new(Path.Combine(roms, "xl"), "roms/xl", "*.rom", Deep: false),
        ],
        Path.Combine(built, "trust"));

    private static string BuildConfiguration() =>
        typeof(ShippedCard).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Release";
}

/// <summary>A folder of the host whose files go onto the card.</summary>
/// <param name="Host">The folder; it need not exist.</param>
/// <param name="Target">Where its files go, relative to the card, with slashes; empty for the card itself.</param>
/// <param name="Pattern">Which files: <c>*</c>, <c>*.img</c>.</param>
/// <param name="Deep">Whether files in folders of the folder go along.</param>
public sealed record ShippedFolder(string Host, string Target, string Pattern, bool Deep)
{
    /// <summary>The files: host path and path on the card, relative and with slashes, in ordinal order.</summary>
    public IEnumerable<(string Host, string Target)> Files()
    {
        if (!Directory.Exists(Host))
        {
            return [];
        }

        var files = Directory.EnumerateFiles(Host, Pattern, Deep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly);
        return files
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .Select(file => (file, Target: Join(Path.GetRelativePath(Host, file))))
            .OrderBy(file => file.Target, StringComparer.Ordinal);
    }

    private string Join(string relative)
    {
        string slashed = relative.Replace(Path.DirectorySeparatorChar, '/');
        return Target.Length == 0 ? slashed : $"{Target}/{slashed}";
    }
}
