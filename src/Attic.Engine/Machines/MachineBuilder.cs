using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Engine.Errors;
using Attic.Engine.Modules;
using Attic.Engine.Profiles;

namespace Attic.Engine.Machines;

/// <summary>
/// Builds machines from profiles: manifest, wiring and scheduler are checked by <see cref="Plan"/>, packages pass their
/// gates and are loaded by <see cref="Build(MachinePlan, ReadOnlyMemory{byte}, MachineOptions?)"/>. A failure leaves
/// nothing loaded.
/// </summary>
/// <param name="profiles">The card's profiles.</param>
/// <param name="modules">The card's modules, scanned.</param>
public sealed class MachineBuilder(ProfileStore profiles, ModuleCatalog modules)
{
    /// <summary>The card's profiles.</summary>
    public ProfileStore Profiles => profiles;

    /// <summary>The card's modules.</summary>
    public ModuleCatalog Modules => modules;

    /// <summary>Checks a profile and chooses its modules; without side effects.</summary>
    /// <param name="machine">The machine's id.</param>
    /// <param name="profile">The profile's id.</param>
    /// <param name="overrides">Selectors that replace the profile's, by component key.</param>
    /// <exception cref="EngineException">As contract §5.1 says for the stages manifest, wiring and scheduler.</exception>
    public MachinePlan Plan(string machine, string profile, IReadOnlyDictionary<string, string>? overrides = null)
    {
        var manifest = profiles.Load(machine, profile);
        return new(manifest, ProfileWiring.Resolve(manifest, modules, overrides));
    }

    /// <summary>Loads a plan's modules and builds its machine, powered on.</summary>
    /// <param name="plan">From <see cref="Plan"/>.</param>
    /// <param name="rom">The operating system's image.</param>
    /// <param name="options">What else the caller chooses.</param>
    /// <exception cref="EngineException">An <c>EBIN_*</c> code of a gate; <c>BAD_REQUEST</c>: such a machine can't be built; <c>INTERNAL_ERROR</c> with <c>failed_stage</c>.</exception>
    public BuiltMachine Build(MachinePlan plan, ReadOnlyMemory<byte> rom, MachineOptions? options = null)
    {
        options ??= new();
        var configuration = new MachineConfiguration
        {
            Machine = plan.Manifest.Machine,
            Profile = plan.Manifest.NormalizedProfile,
            Region = plan.Manifest.Region,
            RamKilobytes = options.RamKilobytes ?? plan.Manifest.RamKilobytes,
            Monitor = plan.Manifest.Monitor,
            Seed = options.Seed ?? plan.Manifest.Seed,
            SampleRate = options.SampleRate,
            Xl = options.Xl ?? plan.Manifest.Xl,
            Rom = rom,
        };
        return Build(plan, options.StartTime is { } start ? configuration with { StartTime = start } : configuration);
    }

    /// <summary>Loads a plan's modules and builds the machine of a configuration.</summary>
    /// <param name="plan">From <see cref="Plan"/>.</param>
    /// <param name="configuration">Of the plan's machine; as another machine had it, to build the same one again.</param>
    /// <exception cref="EngineException">As above.</exception>
    public BuiltMachine Build(MachinePlan plan, MachineConfiguration configuration)
    {
        var admitted = plan.Modules.Select(module => Admit(plan, module)).ToList();
        ModuleSet? set = null;
        try
        {
            set = ModuleLoader.Load(admitted);
            var board = (IMachineModule)set.Instances[ModuleTypes.MachineProfile];
            return new(board.Create(configuration, set.Instances), set, plan);
        }
        catch (ModuleLoadException failure)
        {
            throw Internal(failure.Stage, failure.ModuleId, failure.Message, failure);
        }
        catch (ArgumentException impossible)
        {
            set?.Dispose();
            throw new EngineException(
                ErrorCode.BadRequest,
                $"The machine can't be built: {impossible.Message}",
                ErrorDetails.Of(("machine", plan.Manifest.Machine), ("profile", plan.Manifest.Profile), ("validation_stage", "machine_build"), ("reason", impossible.Message)));
        }
        catch (Exception failure) when (failure is not EngineException)
        {
            set?.Dispose();
            string board = plan.Modules.First(module => string.Equals(module.Component, ModuleTypes.MachineProfile, StringComparison.Ordinal)).Entry.Manifest.ModuleId;
            throw Internal("init", board, $"The machine can't be started: {failure.Message}", failure);
        }
    }

    /// <summary>Takes the package of one component through the gates, without loading it.</summary>
    /// <param name="plan">From <see cref="Plan"/>.</param>
    /// <param name="component">A component key of the plan.</param>
    /// <exception cref="EngineException">An <c>EBIN_*</c> code.</exception>
    internal void Admit(MachinePlan plan, string component) =>
        Admit(plan, plan.Modules.First(module => string.Equals(module.Component, component, StringComparison.Ordinal)));

    private AdmittedModule Admit(MachinePlan plan, WiredModule module)
    {
        try
        {
            var package = ModuleCatalog.Open(module.Entry.File);
            EbinGates.CheckVersion(package.Manifest, module.Entry.Version);
            EbinGates.Check(package, new()
            {
                Trust = modules.Trust,
                AllowUnsigned = modules.AllowUnsigned,
                Machine = plan.Manifest.Machine,
                Component = module.Component,
                IsMet = needed => plan.Modules.Any(other => ModuleCatalog.Meets(other.Entry.Manifest, needed)),
            });
            return new(module.Component, module.Entry with { Manifest = package.Manifest, Sha256 = package.FileHash }, package);
        }
        catch (EngineException refused)
        {
            throw ProfileWiring.AtStage(refused, module.Component, module.Selector);
        }
    }

    private static EngineException Internal(string stage, string module, string message, Exception cause) => new(
        ErrorCode.InternalError,
        message,
        ErrorDetails.Of(("failed_stage", stage), ("module_id", module)),
        inner: cause);
}
