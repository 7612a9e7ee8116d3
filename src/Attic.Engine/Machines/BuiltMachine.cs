using Attic.Abi.Machines;
using Attic.Engine.Modules;
using Attic.Engine.Profiles;

namespace Attic.Engine.Machines;

/// <summary>A machine and the modules that it is made of. Disposing it unloads them; nothing of the machine may be held then.</summary>
public sealed class BuiltMachine : IDisposable
{
    private IMachine? _machine;

    internal BuiltMachine(IMachine machine, ModuleSet modules, MachinePlan plan)
    {
        _machine = machine;
        Modules = modules;
        Plan = plan;
    }

    /// <summary>The machine.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public IMachine Machine => _machine ?? throw new ObjectDisposedException(nameof(BuiltMachine));

    /// <summary>Its modules.</summary>
    public ModuleSet Modules { get; }

    /// <summary>What it was built from.</summary>
    public MachinePlan Plan { get; }

    /// <summary>Its profile.</summary>
    public ProfileManifest Manifest => Plan.Manifest;

    /// <summary>Its modules as the API lists them.</summary>
    public IReadOnlyList<LoadedModule> LoadedModules => Modules.Loaded;

    /// <inheritdoc/>
    public void Dispose()
    {
        _machine = null;
        Modules.Dispose();
    }
}
