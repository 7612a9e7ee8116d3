using Attic.Engine.Card;
using Attic.Engine.Errors;
using Attic.Engine.Machines;
using Attic.Engine.Sessions;

namespace Attic.Engine.Modules;

/// <summary>The endpoints of contract §11: catalog, rescan, validate, load and unload of module packages.</summary>
/// <param name="card">The card.</param>
/// <param name="builder">Builds machines from its profiles and modules.</param>
public sealed class EbinService(CardRoot card, MachineBuilder builder)
{
    private const string SwapPolicy = "pause_swap_resume";
    private const string UnloadPolicy = "pause_unload";
    private static readonly string[] s_loadStages = ["resolve", "validate", "gate", "bind", "init"];

    // [A]: a module that can't be bound or started is a conflict with what runs, not a fault of the server.
    private static readonly ErrorCode s_loadFailed = ErrorCode.InternalError with { HttpStatus = 409 };

    private readonly SemaphoreSlim _changing = new(1, 1);

    private ModuleCatalog Catalog => builder.Modules;

    /// <summary>The packages of the card.</summary>
    public EbinCatalogReply List() => new([.. Catalog.Entries.Select(entry => new CatalogModule(
        entry.Manifest.ModuleId,
        entry.Version.ToString(),
        entry.Manifest.ModuleType,
        entry.Component,
        entry.Manifest.MachineTargets,
        entry.Manifest.AbiVersion.ToString(),
        ModuleDependency.Of(entry.Manifest),
        entry.Integrity,
        entry.File.Virtual))]);

    /// <summary>Looks at the packages again.</summary>
    /// <param name="path">Below <c>/sdcard/ebins</c>; null for all.</param>
    /// <exception cref="EngineException"><c>PATH_NOT_ALLOWED</c>, <c>NOT_FOUND</c>.</exception>
    public EbinRescanReply Rescan(string? path)
    {
        var scan = Catalog.Rescan(path ?? CardRoots.Ebins);
        var invalid = scan.Invalid.Select(file => new InvalidPackage(file.File.Virtual, file.Code, $"{file.Field}: {file.Reason}"));
        return new(scan.Scanned, scan.Added, scan.Removed, scan.Updated, [.. invalid], RuntimeClock.NowUs);
    }

    /// <summary>Takes a package of the card through all gates.</summary>
    /// <param name="path">Below <c>/sdcard/ebins</c>.</param>
    /// <exception cref="EngineException">Any <c>EBIN_*</c>, <c>PATH_NOT_ALLOWED</c>.</exception>
    public EbinValidateReply Validate(string path)
    {
        var file = card.Resolve(path, CardAccess.Read, [CardRoots.Ebins]);
        var package = ModuleCatalog.Open(file);
        bool named = EbinFileName.TryParse(file.Name, out _, out var version);
        if (named)
        {
            EbinGates.CheckVersion(package.Manifest, version!);
        }

        var manifest = package.Manifest;
        EbinGates.Check(package, Context(MachineOf(file, manifest)));
        string signature = Catalog.Trust.Judge(package) switch
        {
            SignatureVerdict.Verified => "verified",
            SignatureVerdict.Unsigned => "unsigned",
            _ => "untrusted",
        };
        return Reply(manifest, version ?? manifest.Version, new(package.PayloadHash, signature), MachineOf(file, manifest));
    }

    /// <summary>Takes a manifest through the gates that need no package.</summary>
    /// <param name="manifestJson">The manifest, UTF-8 JSON.</param>
    /// <exception cref="EngineException"><c>EBIN_INVALID</c>, <c>EBIN_ABI_MISMATCH</c>, <c>EBIN_DEPENDENCY_MISSING</c>.</exception>
    public EbinValidateReply ValidateManifest(ReadOnlySpan<byte> manifestJson)
    {
        EbinManifest manifest;
        try
        {
            manifest = EbinManifest.Parse(manifestJson);
        }
        catch (EbinFormatException malformed)
        {
            throw EbinGates.Invalid(malformed.Field, malformed.Reason);
        }

        EbinGates.CheckManifest(manifest, Context(null));
        return Reply(manifest, manifest.Version, new(manifest.PayloadSha256, "not_checked"), manifest.MachineTargets[0]);
    }

    /// <summary>Puts a module into a session: resolve, validate, gate, bind, init.</summary>
    /// <param name="session">The session.</param>
    /// <param name="component">The component key of its profile.</param>
    /// <param name="moduleId">The module.</param>
    /// <param name="version">Exactly this version.</param>
    /// <param name="policy"><c>pause_swap_resume</c>, or null for it.</param>
    /// <param name="endpoint">The path asked for, for errors.</param>
    /// <exception cref="EngineException">
    /// Any <c>EBIN_*</c>, <c>INVALID_SESSION_STATE</c>, <c>BAD_REQUEST</c>; <c>INTERNAL_ERROR</c> with <c>failed_stage</c> and
    /// <c>recovery_action</c> when the module does not start: the old one goes on then.
    /// </exception>
    public async Task<EbinLoadReply> LoadAsync(IModuleSession session, string component, string moduleId, string version, string? policy, string endpoint)
    {
        RequirePolicy(policy, SwapPolicy);
        if (!SemanticVersion.TryParse(version, out var exact))
        {
            throw JsonFields.WrongField("version", "a semantic version", version);
        }

        if (!ModuleSelector.TryParse($"{moduleId}@{exact}", out var selector))
        {
            throw JsonFields.WrongField("module_id", "a module id", moduleId);
        }

        await _changing.WaitAsync();
        try
        {
            LifecycleGuard.Active.Check(session.State, endpoint);
            var overrides = new Dictionary<string, string>(session.ModuleOverrides, StringComparer.Ordinal) { [component] = selector.ToString() };
            var plan = builder.Plan(session.Machine, session.Profile, overrides);
            builder.Admit(plan, component);
            var before = session.LoadedModules.FirstOrDefault(module => string.Equals(module.Component, component, StringComparison.Ordinal));
            await SwapAsync(session, plan, overrides);
            return new(
                session.Id,
                component,
                moduleId,
                exact.ToString(),
                Previous(before),
                s_loadStages,
                session.State.ApiName(),
                RuntimeClock.NowUs);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Takes a module out of a session, which stays paused: pause, drain, deinit, release. Doing it again does nothing.</summary>
    /// <param name="session">The session.</param>
    /// <param name="component">The component key of its profile.</param>
    /// <param name="policy"><c>pause_unload</c>, or null for it.</param>
    /// <param name="endpoint">The path asked for, for errors.</param>
    /// <exception cref="EngineException"><c>INVALID_SESSION_STATE</c>; <c>CONFLICT</c> when another module needs it; <c>BAD_REQUEST</c>.</exception>
    public async Task<EbinUnloadReply> UnloadAsync(IModuleSession session, string component, string? policy, string endpoint)
    {
        RequirePolicy(policy, UnloadPolicy);
        await _changing.WaitAsync();
        try
        {
            LifecycleGuard.Active.Check(session.State, endpoint);
            var plan = builder.Plan(session.Machine, session.Profile, session.ModuleOverrides);
            if (!plan.Modules.Any(module => string.Equals(module.Component, component, StringComparison.Ordinal)))
            {
                throw JsonFields.WrongField("component", string.Join(", ", plan.Modules.Select(module => module.Component)), component);
            }

            var loaded = session.LoadedModules.FirstOrDefault(module => string.Equals(module.Component, component, StringComparison.Ordinal));
            if (loaded is not null)
            {
                RefuseDependents(plan, session.LoadedModules, component);
                await session.ReleaseMachineAsync(component);
            }

            return new(session.Id, component, Previous(loaded), loaded is null ? "no_op" : "unloaded", session.State.ApiName(), RuntimeClock.NowUs);
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task SwapAsync(IModuleSession session, MachinePlan plan, Dictionary<string, string> overrides)
    {
        try
        {
            await session.SwapMachineAsync(configuration => builder.Build(plan, configuration), overrides);
        }
        catch (EngineException failure) when (failure.Code == ErrorCode.InternalError)
        {
            throw new EngineException(
                s_loadFailed,
                failure.Message,
                ErrorDetails.Of([.. failure.Details.Select(pair => (pair.Key, pair.Value)), ("recovery_action", "rollback_previous_active_module")]),
                inner: failure);
        }
    }

    // A module that another loaded one requires, and that nothing else in the machine stands in for.
    private static void RefuseDependents(MachinePlan plan, IReadOnlyList<LoadedModule> loaded, string component)
    {
        var others = plan.Modules
            .Where(module => !string.Equals(module.Component, component, StringComparison.Ordinal)
                && loaded.Any(present => string.Equals(present.Component, module.Component, StringComparison.Ordinal)))
            .Select(module => module.Entry.Manifest)
            .ToList();
        string[] dependents =
        [
            .. others
                .Where(module => module.Dependencies.Any(needed => needed.Required && !others.Exists(other => ModuleCatalog.Meets(other, needed))))
                .Select(module => module.ModuleId),
        ];
        if (dependents.Length > 0)
        {
            throw new EngineException(
                ErrorCode.Conflict,
                $"The modules {string.Join(", ", dependents)} need the one that serves as {component}.",
                ErrorDetails.Of(("component", component), ("dependents", dependents), ("remediation", "Unload the dependents first.")));
        }
    }

    private GateContext Context(string? machine) => new()
    {
        Trust = Catalog.Trust,
        AllowUnsigned = Catalog.AllowUnsigned,
        Machine = machine,
        IsMet = Catalog.IsMet,
    };

    // /sdcard/ebins/<machine>/<component>/<file>; elsewhere the package's own first machine.
    private static string MachineOf(CardPath file, EbinManifest manifest)
    {
        string[] names = file.Virtual[(CardRoots.Ebins.Length + 1)..].Split('/');
        return names.Length == 3 ? names[0] : manifest.MachineTargets[0];
    }

    private static EbinValidateReply Reply(EbinManifest manifest, SemanticVersion? version, EbinIntegrity integrity, string machine)
    {
        _ = SemanticVersion.TryParse(manifest.ApiContractVersion, out var contract);
        return new(
            true,
            manifest.ModuleId,
            version?.ToString(),
            manifest.AbiVersion.ToString(),
            integrity,
            ModuleDependency.Of(manifest),
            new(machine, manifest.ModuleType, manifest.AbiVersion.Major, contract!.Major, manifest.Dependencies.Count, manifest.Exports.Count));
    }

    private static PreviousModule? Previous(LoadedModule? module) => module is null ? null : new(module.ModuleId, module.Version);

    private static void RequirePolicy(string? policy, string only)
    {
        if (policy is not null && !string.Equals(policy, only, StringComparison.Ordinal))
        {
            throw JsonFields.WrongField("policy", only, policy);
        }
    }
}
