using Attic.Abi.Modules;

namespace Attic.Engine.Modules;

/// <summary>The loaded modules of one machine. Disposing it lets their code go as soon as nothing refers to it.</summary>
public sealed class ModuleSet : IDisposable
{
    private ModuleContext? _context;
    private IReadOnlyDictionary<string, IModule> _instances;

    internal ModuleSet(ModuleContext context, IReadOnlyDictionary<string, IModule> instances, IReadOnlyList<LoadedModule> loaded)
    {
        _context = context;
        _instances = instances;
        Loaded = loaded;
    }

    /// <summary>What is loaded, in the order of the profile.</summary>
    public IReadOnlyList<LoadedModule> Loaded { get; }

    /// <summary>The modules by component key.</summary>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public IReadOnlyDictionary<string, IModule> Instances
    {
        get
        {
            ObjectDisposedException.ThrowIf(_context is null, this);
            return _instances;
        }
    }

    /// <summary>Watches the context without holding it: its target is gone once the code is unloaded.</summary>
    public WeakReference ContextReference() => new(_context);

    /// <inheritdoc/>
    public void Dispose()
    {
        _instances = new Dictionary<string, IModule>(StringComparer.Ordinal);
        _context?.Unload();
        _context = null;
    }
}
