using Attic.Engine.Errors;

namespace Attic.Engine.Modules;

/// <summary>What the gates hold a package against.</summary>
public sealed record GateContext
{
    /// <summary>The keys that are trusted.</summary>
    public required TrustStore Trust { get; init; }

    /// <summary>Whether a dependency is met.</summary>
    public required Func<EbinDependency, bool> IsMet { get; init; }

    /// <summary>The machine that the module is for; null when none is meant.</summary>
    public string? Machine { get; init; }

    /// <summary>The component that the profile wants it for; null when none is meant.</summary>
    public string? Component { get; init; }

    /// <summary>Whether a package without a signature, or signed by an unknown key, may pass (<c>--allow-unsigned</c>).</summary>
    public bool AllowUnsigned { get; init; }
}

/// <summary>
/// The eight gates of contract §11, in its order; the first failure ends it. Nothing of a package is run here, and
/// nothing of it may be run before it has passed all of them.
/// </summary>
public static class EbinGates
{
    /// <summary>Gate 1: takes a package apart and checks its manifest's fields and types.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">The virtual path, for the error's details.</param>
    /// <exception cref="EngineException"><c>EBIN_INVALID</c> with <c>field</c> and <c>reason</c>.</exception>
    public static EbinPackage Open(ReadOnlySpan<byte> bytes, string path)
    {
        try
        {
            return EbinPackage.Parse(bytes);
        }
        catch (EbinFormatException malformed)
        {
            throw Invalid(malformed.Field, malformed.Reason, ("path", path));
        }
    }

    /// <summary>Gates 2 to 8.</summary>
    /// <exception cref="EngineException">The code and details of the gate that closed.</exception>
    public static void Check(EbinPackage package, GateContext context)
    {
        CheckManifest(package.Manifest, context);
        CheckIntegrity(package, context.Trust, context.AllowUnsigned);
    }

    /// <summary>Gates 2 to 6, for a manifest without its package.</summary>
    /// <exception cref="EngineException">The code and details of the gate that closed.</exception>
    internal static void CheckManifest(EbinManifest manifest, GateContext context)
    {
        CheckType(manifest, context);
        CheckTarget(manifest, context);
        CheckAbi(manifest);
        CheckApiContract(manifest);
        CheckDependencies(manifest, context);
    }

    /// <summary>Gates 7 and 8: payload hash and signature.</summary>
    /// <exception cref="EngineException"><c>EBIN_INVALID</c>, <c>EBIN_SIGNATURE_INVALID</c>.</exception>
    internal static void CheckIntegrity(EbinPackage package, TrustStore trust, bool allowUnsigned)
    {
        CheckPayload(package);
        CheckSignature(package, trust, allowUnsigned);
    }

    /// <summary>A manifest that repeats its version must agree with the file name (R51).</summary>
    /// <exception cref="EngineException"><c>EBIN_INVALID</c>.</exception>
    internal static void CheckVersion(EbinManifest manifest, SemanticVersion fromName)
    {
        if (manifest.Version is { } stated && stated != fromName)
        {
            throw Invalid("version", $"the manifest says {stated}, the file name {fromName}", ("module_id", manifest.ModuleId));
        }
    }

    /// <summary>An <c>EBIN_INVALID</c>.</summary>
    internal static EngineException Invalid(string field, string reason, params ReadOnlySpan<(string Key, object? Value)> more)
    {
        var details = ErrorDetails.Of([("field", field), ("reason", reason), .. more]);
        return new(ErrorCode.EbinInvalid, $"The module package is not valid: {field}: {reason}.", details);
    }

    private static void CheckType(EbinManifest manifest, GateContext context)
    {
        if (!ModuleTypes.IsKnown(manifest.ModuleType))
        {
            throw Invalid("module_type", $"'{manifest.ModuleType}' is none of {string.Join(", ", ModuleTypes.All)}", ("module_id", manifest.ModuleId));
        }

        if (manifest.Roles.FirstOrDefault(role => !ModuleTypes.IsKnown(role)) is { } unknown)
        {
            throw Invalid("roles", $"'{unknown}' is none of {string.Join(", ", ModuleTypes.All)}", ("module_id", manifest.ModuleId));
        }

        if (context.Component is { } component && !manifest.Serves(component))
        {
            throw Invalid("module_type", $"the profile wants a module of type {component}, this one is of type {manifest.ModuleType}", ("module_id", manifest.ModuleId));
        }
    }

    private static void CheckTarget(EbinManifest manifest, GateContext context)
    {
        if (context.Machine is { } machine && !manifest.MachineTargets.Contains(machine, StringComparer.Ordinal))
        {
            throw Invalid("machine_targets", $"the module is not for {machine}", ("module_id", manifest.ModuleId), ("machine", machine));
        }
    }

    private static void CheckAbi(EbinManifest manifest)
    {
        if (!Range(HostVersions.AbiRange).Contains(manifest.AbiVersion))
        {
            throw AbiMismatch(manifest, "ABI", HostVersions.AbiRange, manifest.AbiVersion.ToString());
        }
    }

    private static void CheckApiContract(EbinManifest manifest)
    {
        if (!SemanticVersion.TryParse(manifest.ApiContractVersion, out var version) || !Range(HostVersions.ApiContractRange).Contains(version))
        {
            throw AbiMismatch(manifest, "API contract", HostVersions.ApiContractRange, manifest.ApiContractVersion);
        }
    }

    private static void CheckDependencies(EbinManifest manifest, GateContext context)
    {
        if (manifest.Dependencies.FirstOrDefault(needed => needed.Required && !context.IsMet(needed)) is { } missing)
        {
            throw new EngineException(
                ErrorCode.EbinDependencyMissing,
                $"The module {manifest.ModuleId} needs {missing.ModuleId} with ABI {missing.AbiRange}, which is not there.",
                ErrorDetails.Of(("module_id", manifest.ModuleId), ("missing_dependency_id", missing.ModuleId), ("required_range", missing.AbiRange.ToString())));
        }
    }

    private static void CheckPayload(EbinPackage package)
    {
        if (!string.Equals(package.PayloadHash, package.Manifest.PayloadSha256, StringComparison.Ordinal))
        {
            throw Invalid("payload_sha256", "the payload has another hash", ("module_id", package.Manifest.ModuleId));
        }
    }

    private static void CheckSignature(EbinPackage package, TrustStore trust, bool allowUnsigned)
    {
        var verdict = trust.Judge(package);
        if (verdict == SignatureVerdict.Verified
            || (allowUnsigned && verdict is SignatureVerdict.Unsigned or SignatureVerdict.Untrusted))
        {
            return;
        }

        string reason = verdict switch
        {
            SignatureVerdict.Unsigned => "it is not signed",
            SignatureVerdict.Untrusted => "its key is not trusted",
            _ => "it was changed after it was signed",
        };
        throw new EngineException(
            ErrorCode.EbinSignatureInvalid,
            $"The module {package.Manifest.ModuleId} is refused: {reason}.",
            ErrorDetails.Of(
                ("module_id", package.Manifest.ModuleId),
                ("key_id", package.Manifest.Signature?.KeyId),
                ("algorithm", package.Manifest.Signature?.Algorithm),
                ("reason", reason)));
    }

    private static EngineException AbiMismatch(EbinManifest manifest, string what, string required, string actual) => new(
        ErrorCode.EbinAbiMismatch,
        $"The module {manifest.ModuleId} is built for {what} {actual}; this engine hosts {required}.",
        ErrorDetails.Of(("module_id", manifest.ModuleId), ("required_range", required), ("actual_abi", actual)));

    private static VersionRange Range(string text) =>
        VersionRange.TryParse(text, out var range) ? range : throw new InvalidOperationException($"'{text}' is not a range.");
}
