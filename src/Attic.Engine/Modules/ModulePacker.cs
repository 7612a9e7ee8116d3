using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Attic.Engine.Card;

namespace Attic.Engine.Modules;

/// <summary>A module's project folder and the assembly that was built from it.</summary>
/// <param name="SourceFolder">The folder with <see cref="ModuleSource.FileName"/>.</param>
/// <param name="Assembly">The built assembly.</param>
public sealed record BuiltModule(string SourceFolder, string Assembly);

/// <summary>
/// Packs built modules into signed packages, <c>&lt;machine&gt;/&lt;type&gt;/&lt;module_id&gt;-&lt;version&gt;.ebin</c>.
/// A package that already holds the same module, signed by the same key, stays as it is: signatures are random, so
/// packing again would only make the card look changed.
/// </summary>
public static class ModulePacker
{
    /// <summary>Finds the modules of a source tree: folders with a <c>module.json</c> and a built assembly of the folder's name.</summary>
    /// <param name="folder">The folder that holds the projects.</param>
    /// <param name="configuration">Which build: <c>Release</c> or <c>Debug</c>.</param>
    /// <exception cref="FileNotFoundException">A module was not built.</exception>
    public static IReadOnlyList<BuiltModule> Find(string folder, string configuration)
    {
        var found = new List<BuiltModule>();
        foreach (string project in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (!File.Exists(Path.Combine(project, ModuleSource.FileName)))
            {
                continue;
            }

            string name = Path.GetFileName(project) + ".dll";
            string assembly = Path.Combine(project, "bin", configuration, "net10.0", name);
            found.Add(File.Exists(assembly)
                ? new(project, assembly)
                : throw new FileNotFoundException($"{name} was not built: {assembly} is missing.", assembly));
        }

        return found;
    }

    /// <summary>Packs modules.</summary>
    /// <param name="modules">The modules.</param>
    /// <param name="folder">Where the packages go.</param>
    /// <param name="key">Signs them; null leaves them unsigned.</param>
    /// <returns>The packages that were written anew.</returns>
    /// <exception cref="InvalidDataException">A <c>module.json</c> is not what it should be.</exception>
    /// <exception cref="EbinFormatException">A manifest has a value that no reader would accept.</exception>
    public static IReadOnlyList<string> Pack(IEnumerable<BuiltModule> modules, string folder, SigningKey? key)
    {
        var written = new List<string>();
        foreach (var module in modules)
        {
            var source = ModuleSource.Read(Path.Combine(module.SourceFolder, ModuleSource.FileName));
            byte[] assembly = File.ReadAllBytes(module.Assembly);
            string path = Path.Combine(folder, source.MachineTargets[0], source.ModuleType, $"{source.ModuleId}-{source.Version}{EbinFileName.Extension}");
            byte[] package = EbinPackage.Write(source.ToManifest(Fingerprint(assembly)), assembly, key);
            if (!HoldsSame(path, package, key))
            {
                StagedFile.Write(path, package);
                written.Add(path);
            }
        }

        return written;
    }

    // The compiler's own identity of a build: the module version id, which is a hash of sources and options.
    private static string Fingerprint(byte[] assembly)
    {
        using var image = new PEReader(new MemoryStream(assembly, writable: false));
        var metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToString("N");
    }

    // The manifest names payload hash and key, so what is signed tells all but whether the signature is still whole.
    private static bool HoldsSame(string path, byte[] package, SigningKey? key)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != package.Length)
        {
            return false;
        }

        byte[] present = File.ReadAllBytes(path);
        int signed = EbinHeader.Parse(package).SignedLength;
        return present.AsSpan(0, signed + sizeof(uint)).SequenceEqual(package.AsSpan(0, signed + sizeof(uint)))
            && (key is null || key.HasSigned(present.AsSpan(0, signed), present.AsSpan(signed + sizeof(uint))));
    }
}
