using System.Text.Json;

namespace Attic.Engine.Modules;

/// <summary>What is written in the <c>module.json</c> beside a module's project: its manifest without what the build knows.</summary>
public sealed record ModuleSource
{
    /// <summary>The file's name.</summary>
    public const string FileName = "module.json";

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>The module's id.</summary>
    public required string ModuleId { get; init; }

    /// <summary>Its type: cpu video io storage audio machine_profile.</summary>
    public required string ModuleType { get; init; }

    /// <summary>Further types that it serves.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The machines that it works in; the first names its folder on the card.</summary>
    public required IReadOnlyList<string> MachineTargets { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Full names of its factory types.</summary>
    public required IReadOnlyList<string> Exports { get; init; }

    /// <summary>What it needs of other modules.</summary>
    public IReadOnlyList<ModuleSourceDependency> Dependencies { get; init; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is not what it should be; the message says what.</exception>
    public static ModuleSource Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ModuleSource>(File.ReadAllBytes(path), s_options)
                ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"{path}: {malformed.Message}", malformed);
        }
    }

    /// <summary>The manifest of a package with this module; hash and signature are the writer's.</summary>
    /// <exception cref="InvalidDataException">A version or range is none.</exception>
    internal EbinManifest ToManifest(string buildFingerprint) => new()
    {
        ModuleId = ModuleId,
        ModuleType = ModuleType,
        Roles = Roles,
        MachineTargets = MachineTargets,
        Version = ParsedVersion(Version),
        AbiVersion = ParsedVersion(HostVersions.Abi),
        ApiContractVersion = HostVersions.ApiContract,
        Exports = Exports,
        Dependencies = [.. Dependencies.Select(needed => new EbinDependency(
            needed.ModuleId,
            VersionRange.TryParse(needed.AbiRange, out var range) ? range : throw new InvalidDataException($"'{needed.AbiRange}' is no version range."),
            needed.Required))],
        BuildFingerprint = buildFingerprint,
        PayloadSha256 = new('0', 64),
    };

    private static SemanticVersion ParsedVersion(string text) =>
        SemanticVersion.TryParse(text, out var version) ? version : throw new InvalidDataException($"'{text}' is no semantic version.");
}

/// <summary>A dependency in a <c>module.json</c>.</summary>
/// <param name="ModuleId">The other module.</param>
/// <param name="AbiRange">The ABI versions of it that will do.</param>
/// <param name="Required">Whether the module is useless without it.</param>
public sealed record ModuleSourceDependency(string ModuleId, string AbiRange, bool Required = true);
