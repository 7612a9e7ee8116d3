using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Attic.Engine.Modules;

/// <summary>
/// What a module's assembly refers to, read from its metadata without running it. A module sees the ABI, the media
/// formats and the framework, and neither the engine nor other modules.
/// </summary>
internal static class ModuleReferences
{
    /// <summary>Assemblies that modules share with the host.</summary>
    public static IReadOnlyList<string> Shared { get; } = ["Attic.Abi", "Attic.Media"];

    /// <summary>The first reference that a module may not have, or null.</summary>
    /// <exception cref="BadImageFormatException">The bytes are no assembly.</exception>
    /// <exception cref="InvalidDataException">The assembly is not managed.</exception>
    public static string? FirstForbidden(ReadOnlyMemory<byte> assembly)
    {
        using var image = new PEReader(new MemoryStream(assembly.ToArray(), writable: false));
        if (!image.HasMetadata)
        {
            throw new InvalidDataException("The payload is no managed assembly.");
        }

        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .FirstOrDefault(name => !IsAllowed(name));
    }

    private static bool IsAllowed(string name) =>
        Shared.Contains(name, StringComparer.Ordinal)
        || name is "System" or "mscorlib" or "netstandard"
        || name.StartsWith("System.", StringComparison.Ordinal);
}
