namespace Attic.Engine.Modules;

/// <summary>A module in the reply of <c>GET ebins/catalog</c>.</summary>
public sealed record CatalogModule(
    string ModuleId,
    string Version,
    string ModuleType,
    string Component,
    IReadOnlyList<string> MachineTags,
    string AbiVersion,
    IReadOnlyList<ModuleDependency> Dependencies,
    string IntegrityStatus,
    string Path);

/// <summary>A dependency in replies.</summary>
public sealed record ModuleDependency(string ModuleId, string AbiRange, bool Required)
{
    internal static IReadOnlyList<ModuleDependency> Of(EbinManifest manifest) =>
        [.. manifest.Dependencies.Select(needed => new ModuleDependency(needed.ModuleId, needed.AbiRange.ToString(), needed.Required))];
}

/// <summary>The reply of <c>GET ebins/catalog</c>.</summary>
public sealed record EbinCatalogReply(IReadOnlyList<CatalogModule> Modules);

/// <summary>A file that is no package, in the reply of <c>POST ebins/rescan</c>.</summary>
public sealed record InvalidPackage(string Path, string Code, string Reason);

/// <summary>The reply of <c>POST ebins/rescan</c>.</summary>
public sealed record EbinRescanReply(int Scanned, int Added, int Removed, int Updated, IReadOnlyList<InvalidPackage> Invalid, long RescannedAtUs);

/// <summary>What was found out about a package's bytes.</summary>
/// <param name="Sha256">SHA-256 of the payload.</param>
/// <param name="Signature"><c>verified unsigned untrusted</c>, or <c>not_checked</c> for a manifest without its package.</param>
public sealed record EbinIntegrity(string Sha256, string Signature);

/// <summary>A manifest in its canonical form.</summary>
public sealed record NormalizedManifest(string Machine, string ModuleType, int AbiMajor, int ApiContractMajor, int DependencyCount, int ExportCount);

/// <summary>The reply of <c>POST ebins/validate</c>; a package that is not valid is answered with an error.</summary>
public sealed record EbinValidateReply(
    bool Valid,
    string ModuleId,
    string? Version,
    string Abi,
    EbinIntegrity Integrity,
    IReadOnlyList<ModuleDependency> Dependencies,
    NormalizedManifest Normalized);

/// <summary>A module that served before.</summary>
public sealed record PreviousModule(string ModuleId, string Version);

/// <summary>The reply of <c>POST ebins/load</c>.</summary>
public sealed record EbinLoadReply(
    string SessionId,
    string Component,
    string ModuleId,
    string Version,
    PreviousModule? Previous,
    IReadOnlyList<string> StageHistory,
    string State,
    long LoadedAtUs);

/// <summary>The reply of <c>POST ebins/unload</c>.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Component">The component.</param>
/// <param name="UnloadedModule">The module that served before, null when none did.</param>
/// <param name="Result"><c>unloaded</c> or <c>no_op</c>.</param>
/// <param name="State">The session's state.</param>
/// <param name="UnloadedAtUs">When, R-clock.</param>
public sealed record EbinUnloadReply(string SessionId, string Component, PreviousModule? UnloadedModule, string Result, string State, long UnloadedAtUs);
