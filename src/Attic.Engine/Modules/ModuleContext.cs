using System.Reflection;
using System.Runtime.Loader;

namespace Attic.Engine.Modules;

/// <summary>Where a machine's modules live: collectible, with the ABI and the media formats shared with the host.</summary>
internal sealed class ModuleContext() : AssemblyLoadContext("modules", isCollectible: true)
{
    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        ModuleReferences.Shared.Contains(assemblyName.Name, StringComparer.Ordinal)
            ? GetLoadContext(typeof(ModuleContext).Assembly)!.LoadFromAssemblyName(assemblyName)
            : null;
}
