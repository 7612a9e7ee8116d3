using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Attic.Engine.Modules;

namespace Attic.Engine.Tests.Architecture;

/// <summary>The table in ARCHITECTURE.md, held against project files and built assemblies.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> s_table = ReadTable();

    public static TheoryData<string> Projects => [.. ProjectNames()];

    public static TheoryData<string> Modules => [.. ProjectNames().Where(name => name.StartsWith("Attic.Modules.", StringComparison.Ordinal))];

    public static TheoryData<string> PackedModules => [.. ProjectNames().Where(name => File.Exists(SourceFile(name)))];

    [Fact]
    public void The_table_has_a_row_for_each_project_and_no_other() =>
        Assert.Equal(ProjectNames().Order(StringComparer.Ordinal), s_table.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_references_what_its_row_allows(string project)
    {
        var references = XDocument.Load(Path.Combine(SourceTree.Root, "src", project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));
        Assert.Empty(references.Except(s_table[project]));
    }

    [SkippableTheory]
    [MemberData(nameof(Projects))]
    public void A_built_assembly_references_what_its_row_allows(string project) =>
        Assert.Empty(ReferencesOf(project).Where(name => name.StartsWith("Attic.", StringComparison.Ordinal)).Except(s_table[project]));

    [SkippableTheory]
    [MemberData(nameof(Projects))]
    public void Only_the_server_knows_http(string project)
    {
        bool knows = ReferencesOf(project).Any(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.Equal(project == "Attic.Server", knows);
    }

    [Fact]
    public void The_engine_references_no_module()
    {
        Assert.DoesNotContain(s_table["Attic.Engine"], name => name.StartsWith("Attic.Modules", StringComparison.Ordinal));
        Assert.DoesNotContain(
            typeof(ModuleLoader).Assembly.GetReferencedAssemblies(),
            name => name.Name!.StartsWith("Attic.Modules", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_references_neither_engine_nor_other_modules(string project) =>
        Assert.Empty(s_table[project].Except(["Attic.Abi", "Attic.Media"]));

    [SkippableTheory]
    [MemberData(nameof(PackedModules))]
    public void What_a_module_says_it_exports_is_in_its_assembly(string project)
    {
        using var image = Open(project);
        var metadata = image.GetMetadataReader();
        var types = metadata.TypeDefinitions
            .Select(metadata.GetTypeDefinition)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}");
        Assert.Empty(ModuleSource.Read(SourceFile(project)).Exports.Except(types));
    }

    private static string SourceFile(string project) => Path.Combine(SourceTree.Root, "src", project, ModuleSource.FileName);

    private static IEnumerable<string> ProjectNames() =>
        Directory.GetFiles(Path.Combine(SourceTree.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path));

    private static List<string> ReferencesOf(string project)
    {
        using var image = Open(project);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static PEReader Open(string project)
    {
        string file = SourceTree.Built("src", project);
        file = project == "Attic.Cli" ? Path.Combine(Path.GetDirectoryName(file)!, "attic.dll") : file;
        Skip.IfNot(File.Exists(file), $"{project} is not built: dotnet build Attic.slnx -c {SourceTree.Configuration}");
        return new(new MemoryStream(File.ReadAllBytes(file)));
    }

    private static Dictionary<string, string[]> ReadTable()
    {
        var rows = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Path.Combine(SourceTree.Root, "ARCHITECTURE.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            rows.Add(cells[1].Trim('`'), [.. Regex.Matches(cells[3], "`([^`]+)`").Select(match => match.Groups[1].Value)]);
        }

        return rows;
    }
}
