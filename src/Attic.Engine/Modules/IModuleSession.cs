using Attic.Abi.Machines;
using Attic.Engine.Machines;
using Attic.Engine.Sessions;

namespace Attic.Engine.Modules;

/// <summary>What loading and unloading modules needs of a session; the session implements it.</summary>
public interface IModuleSession
{
    /// <summary>Its id.</summary>
    string Id { get; }

    /// <summary>The machine's id.</summary>
    string Machine { get; }

    /// <summary>The profile's id.</summary>
    string Profile { get; }

    /// <summary>Where it stands.</summary>
    LifecycleState State { get; }

    /// <summary>Selectors that replace the profile's, by component: those of the start, and of each load since.</summary>
    IReadOnlyDictionary<string, string> ModuleOverrides { get; }

    /// <summary>Its modules in the order of the profile, without an unloaded one.</summary>
    IReadOnlyList<LoadedModule> LoadedModules { get; }

    /// <summary>
    /// Puts a newly built machine in place of the present one: at a tick boundary the state is saved, the new machine
    /// built, media and state are carried over, and the old machine is disposed. The lifecycle state is the same
    /// afterwards. When anything fails, the old machine goes on as if nothing had been asked, and the failure is thrown.
    /// </summary>
    /// <param name="build">Builds a machine of the configuration that it is given.</param>
    /// <param name="overrides">What <see cref="ModuleOverrides"/> is afterwards.</param>
    Task SwapMachineAsync(Func<MachineConfiguration, BuiltMachine> build, IReadOnlyDictionary<string, string> overrides);

    /// <summary>
    /// Pauses, saves the state, and lets the machine and all its modules go. From then on <see cref="LoadedModules"/>
    /// lacks <paramref name="component"/>, and resuming fails with <c>ENGINE_SUBSYSTEM_UNAVAILABLE</c> until a swap.
    /// </summary>
    /// <param name="component">The component that is taken away.</param>
    Task ReleaseMachineAsync(string component);
}
