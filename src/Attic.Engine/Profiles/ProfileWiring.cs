using Attic.Engine.Errors;
using Attic.Engine.Modules;

namespace Attic.Engine.Profiles;

/// <summary>A module that a profile's selector was resolved to; its file was found, not yet opened.</summary>
/// <param name="Component">The component key of the profile.</param>
/// <param name="Selector">What the profile, or an override, asked for.</param>
/// <param name="Entry">What it got.</param>
public sealed record WiredModule(string Component, ModuleSelector Selector, ModuleEntry Entry);

/// <summary>The wiring and scheduler stages of a session's start (contract §5.1).</summary>
public static class ProfileWiring
{
    private const string WiringStage = "profile_wiring";
    private const string SchedulerStage = "scheduler";

    /// <summary>Resolves a profile's modules and checks that they fit together.</summary>
    /// <param name="manifest">The profile.</param>
    /// <param name="catalog">The card's modules.</param>
    /// <param name="overrides">Selectors that replace the profile's, by component key.</param>
    /// <returns>One module for each component, in the profile's order.</returns>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c>, <c>EBIN_NOT_FOUND</c>, <c>EBIN_ABI_MISMATCH</c>, <c>EBIN_DEPENDENCY_MISSING</c>.</exception>
    public static IReadOnlyList<WiredModule> Resolve(
        ProfileManifest manifest,
        ModuleCatalog catalog,
        IReadOnlyDictionary<string, string>? overrides = null)
    {
        var errors = new ProfileErrors(manifest.Machine, manifest.Profile, manifest.Path);
        CheckStepOrder(manifest, errors);
        var wired = new List<WiredModule>();
        foreach (var (component, text) in Selectors(manifest, overrides, errors))
        {
            var selector = ModuleSelector.TryParse(text, out var parsed)
                ? parsed
                : throw errors.Stage(WiringStage, $"'{text}' is no selector", ("field", $"modules.{component}"), ("expected", "<module_id>@<range>"), ("actual", text));
            wired.Add(new(component, selector, ResolveOne(selector, component, manifest.Machine, catalog)));
        }

        CheckDependencies(wired);
        CheckScheduler(manifest, errors);
        return wired;
    }

    private static void CheckStepOrder(ProfileManifest manifest, ProfileErrors errors)
    {
        string[] keys = [.. manifest.Modules.Select(module => module.Key)];
        if (manifest.StepOrder.FirstOrDefault(step => !keys.Contains(step, StringComparer.Ordinal)) is { } stray)
        {
            throw errors.Stage(WiringStage, $"step_order names '{stray}', which is no module of the profile", ("field", "scheduler.step_order"), ("expected", keys), ("actual", stray));
        }

        if (manifest.StepOrder.GroupBy(step => step, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw errors.Stage(WiringStage, $"step_order names '{twice.Key}' twice", ("field", "scheduler.step_order"), ("expected", "no duplicates"), ("actual", twice.Key));
        }
    }

    private static void CheckScheduler(ProfileManifest manifest, ProfileErrors errors)
    {
        if (manifest.TickHz <= 0)
        {
            throw errors.Stage(SchedulerStage, "tick_hz should be above 0", ("field", "scheduler.tick_hz"), ("expected", "> 0"), ("actual", manifest.TickHz));
        }

        if (manifest.StepOrder.Count == 0)
        {
            throw errors.Stage(SchedulerStage, "step_order is empty", ("field", "scheduler.step_order"), ("expected", "at least one component"), ("actual", 0));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Selectors(
        ProfileManifest manifest,
        IReadOnlyDictionary<string, string>? overrides,
        ProfileErrors errors)
    {
        overrides ??= new Dictionary<string, string>(StringComparer.Ordinal);
        string[] keys = [.. manifest.Modules.Select(module => module.Key)];
        if (overrides.Keys.FirstOrDefault(key => !keys.Contains(key, StringComparer.Ordinal)) is { } unknown)
        {
            throw errors.Stage(WiringStage, $"the profile has no component '{unknown}' to override", ("field", "module_overrides"), ("expected", keys), ("actual", unknown));
        }

        return manifest.Modules.Select(module => overrides.TryGetValue(module.Key, out string? other) ? new(module.Key, other) : module);
    }

    private static ModuleEntry ResolveOne(ModuleSelector selector, string component, string machine, ModuleCatalog catalog)
    {
        ModuleEntry entry;
        try
        {
            entry = catalog.Resolve(selector, machine);
        }
        catch (EngineException refused)
        {
            throw AtStage(refused, component, selector);
        }

        if (VersionRange.TryParse(HostVersions.AbiRange, out var hosted) && !hosted.Contains(entry.Manifest.AbiVersion))
        {
            throw new EngineException(
                ErrorCode.EbinAbiMismatch,
                $"The module {selector} is built for ABI {entry.Manifest.AbiVersion}; this engine hosts {hosted}.",
                ErrorDetails.Of(
                    ("validation_stage", WiringStage),
                    ("module_id", entry.Manifest.ModuleId),
                    ("required_abi", HostVersions.AbiRange),
                    ("required_range", HostVersions.AbiRange),
                    ("actual_abi", entry.Manifest.AbiVersion.ToString()),
                    ("module_key", component),
                    ("module_selector", selector.ToString())));
        }

        return entry;
    }

    private static void CheckDependencies(List<WiredModule> wired)
    {
        foreach (var module in wired)
        {
            var missing = module.Entry.Manifest.Dependencies.FirstOrDefault(
                needed => needed.Required && !wired.Exists(other => ModuleCatalog.Meets(other.Entry.Manifest, needed)));
            if (missing is not null)
            {
                throw new EngineException(
                    ErrorCode.EbinDependencyMissing,
                    $"The module {module.Entry.Manifest.ModuleId} needs {missing.ModuleId} with ABI {missing.AbiRange}, which the profile does not have.",
                    ErrorDetails.Of(
                        ("validation_stage", WiringStage),
                        ("module_id", module.Entry.Manifest.ModuleId),
                        ("missing_dependency_id", missing.ModuleId),
                        ("required_range", missing.AbiRange.ToString()),
                        ("module_key", module.Component)));
            }
        }
    }

    /// <summary>The same error, told at which component of the profile it came up.</summary>
    internal static EngineException AtStage(EngineException refused, string component, ModuleSelector selector) => new(
        refused.Code,
        refused.Message,
        ErrorDetails.Of(
            [.. refused.Details.Select(pair => (pair.Key, pair.Value)), ("validation_stage", WiringStage), ("module_key", component), ("module_selector", selector.ToString())]),
        refused.Retryable,
        refused);
}
