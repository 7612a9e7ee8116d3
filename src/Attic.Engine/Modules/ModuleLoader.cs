using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Attic.Abi.Modules;

namespace Attic.Engine.Modules;

/// <summary>A package for a component; it has passed every gate.</summary>
/// <param name="Component">The component key of the profile.</param>
/// <param name="Entry">Where it came from.</param>
/// <param name="Package">What was read and checked; exactly these bytes are loaded.</param>
public sealed record AdmittedModule(string Component, ModuleEntry Entry, EbinPackage Package);

/// <summary>Loads packages that have passed the gates into a collectible context of their own.</summary>
public static class ModuleLoader
{
    /// <summary>Loads the modules of one machine together.</summary>
    /// <param name="modules">One for each component; the same package may serve several.</param>
    /// <exception cref="ModuleLoadException">An assembly or factory type can't be bound or started; nothing stays loaded.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The set owns the context.")]
    public static ModuleSet Load(IReadOnlyList<AdmittedModule> modules)
    {
        var context = new ModuleContext();
        try
        {
            var factories = new Dictionary<string, IReadOnlyList<IModule>>(StringComparer.Ordinal);
            var instances = new Dictionary<string, IModule>(StringComparer.Ordinal);
            var loaded = new List<LoadedModule>();
            foreach (var module in modules)
            {
                if (!factories.TryGetValue(module.Entry.Sha256, out var exported))
                {
                    exported = Start(context, module);
                    factories.Add(module.Entry.Sha256, exported);
                }

                var chosen = Choose(module, exported);
                instances.Add(module.Component, chosen);
                loaded.Add(new(module.Component, module.Package.Manifest.ModuleId, module.Entry.Version.ToString(), chosen.StateLayoutVersion));
            }

            return new(context, instances, loaded);
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    private static List<IModule> Start(ModuleContext context, AdmittedModule module)
    {
        string id = module.Package.Manifest.ModuleId;
        var assembly = Bind(context, module.Package, id);
        return [.. module.Package.Manifest.Exports.Select(name => Instantiate(FactoryType(assembly, name, id), id))];
    }

    private static Type FactoryType(Assembly assembly, string name, string id)
    {
        Type? type;
        try
        {
            type = assembly.GetType(name, throwOnError: false);
        }
        catch (Exception failure) when (failure is ArgumentException or IOException or BadImageFormatException or TypeLoadException)
        {
            throw new ModuleLoadException("bind", id, $"The module {id} exports '{name}', which can't be loaded: {failure.Message}", failure);
        }

        return type is { IsAbstract: false, ContainsGenericParameters: false } && typeof(IModule).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null
            ? type
            : throw new ModuleLoadException("bind", id, $"The module {id} exports '{name}', which is no module type with a public constructor.");
    }

    private static IModule Instantiate(Type type, string id)
    {
        try
        {
            return (IModule)Activator.CreateInstance(type)!;
        }
        catch (Exception failure) when (failure is TargetInvocationException or TypeInitializationException or MissingMethodException)
        {
            var cause = failure.InnerException ?? failure;
            throw new ModuleLoadException("init", id, $"The module {id} failed to start: {cause.Message}", cause);
        }
    }

    private static Assembly Bind(ModuleContext context, EbinPackage package, string id)
    {
        try
        {
            if (ModuleReferences.FirstForbidden(package.Payload) is { } forbidden)
            {
                throw new ModuleLoadException("bind", id, $"The module {id} refers to {forbidden}; modules see {string.Join(", ", ModuleReferences.Shared)} and the framework only.");
            }

            using var bytes = new MemoryStream(package.Payload.ToArray(), writable: false);
            return context.LoadFromStream(bytes);
        }
        catch (Exception failure) when (failure is BadImageFormatException or InvalidDataException or IOException)
        {
            throw new ModuleLoadException("bind", id, $"The module {id} can't be loaded: {failure.Message}", failure);
        }
    }

    private static IModule Choose(AdmittedModule module, IReadOnlyList<IModule> exported)
    {
        bool Fits(IModule candidate) => module.Component switch
        {
            ModuleTypes.MachineProfile => candidate is IMachineModule,
            ModuleTypes.Cpu => candidate is not (IChipModule or IMachineModule),
            _ => candidate is IChipModule,
        };

        string id = module.Package.Manifest.ModuleId;
        return exported.FirstOrDefault(Fits)
            ?? throw new ModuleLoadException("bind", id, $"The module {id} exports nothing that serves as {module.Component}.");
    }
}
