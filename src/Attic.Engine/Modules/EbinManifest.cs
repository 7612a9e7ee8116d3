using System.Text.Json;

namespace Attic.Engine.Modules;

/// <summary>What a module needs of another.</summary>
/// <param name="ModuleId">The other module.</param>
/// <param name="AbiRange">The ABI versions of it that will do.</param>
/// <param name="Required">Whether the module is useless without it.</param>
public sealed record EbinDependency(string ModuleId, VersionRange AbiRange, bool Required);

/// <summary>How a package is signed.</summary>
/// <param name="Algorithm"><see cref="SigningKey.Algorithm"/>.</param>
/// <param name="KeyId">Which key signed.</param>
public sealed record EbinSignature(string Algorithm, string KeyId);

/// <summary>The manifest of a module package (contract §11), every field present and of its type.</summary>
public sealed record EbinManifest
{
    /// <summary>The module's id.</summary>
    public required string ModuleId { get; init; }

    /// <summary>cpu video io storage audio machine_profile; whether it is one of them is the second gate's question.</summary>
    public required string ModuleType { get; init; }

    /// <summary>Further types that it serves: an XL's <c>io</c> is its <c>audio</c> and <c>storage</c> too (contract §19).</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The machines that it works in.</summary>
    public required IReadOnlyList<string> MachineTargets { get; init; }

    /// <summary>The ABI that it was built against.</summary>
    public required SemanticVersion AbiVersion { get; init; }

    /// <summary>The API contract that it was built for.</summary>
    public required string ApiContractVersion { get; init; }

    /// <summary>The module's own version, repeated from the file name so that the signature covers it; null if not repeated.</summary>
    public SemanticVersion? Version { get; init; }

    /// <summary>Full names of the factory types.</summary>
    public required IReadOnlyList<string> Exports { get; init; }

    /// <summary>What it needs of other modules.</summary>
    public required IReadOnlyList<EbinDependency> Dependencies { get; init; }

    /// <summary>Which build made it.</summary>
    public required string BuildFingerprint { get; init; }

    /// <summary>SHA-256 of the payload, 64 hex digits.</summary>
    public required string PayloadSha256 { get; init; }

    /// <summary>How the package is signed; null when it is not.</summary>
    public EbinSignature? Signature { get; init; }

    /// <summary>Whether the module serves a component key of a profile.</summary>
    public bool Serves(string component) =>
        string.Equals(ModuleType, component, StringComparison.Ordinal) || Roles.Contains(component, StringComparer.Ordinal);

    /// <summary>Parses a manifest.</summary>
    /// <param name="json">UTF-8 JSON; properties that are not known are ignored, twice the same one is refused.</param>
    /// <exception cref="EbinFormatException">It is not JSON, or a field is missing or of a wrong type.</exception>
    public static EbinManifest Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), new() { AllowDuplicateProperties = false, MaxDepth = 16 });
            return EbinManifestReader.Read(document.RootElement);
        }
        catch (JsonException malformed)
        {
            throw new EbinFormatException("manifest", $"not valid JSON at byte {malformed.BytePositionInLine ?? 0} of line {malformed.LineNumber ?? 0}");
        }
    }

    /// <summary>The manifest as UTF-8 JSON, properties in the contract's order.</summary>
    public byte[] ToJson() => EbinManifestWriter.Write(this);
}
