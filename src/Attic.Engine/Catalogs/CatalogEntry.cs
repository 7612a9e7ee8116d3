using System.Text.Json;
using System.Text.Json.Serialization;

namespace Attic.Engine.Catalogs;

/// <summary>An entry of a catalog (contract §9). Fields that this version does not know are kept.</summary>
public sealed record CatalogEntry
{
    /// <summary>The state of a file that is only known to lie on the card.</summary>
    public const string LocalOnly = "local_only";

    /// <summary>Its id; begins with the catalog's prefix.</summary>
    public required string Id { get; init; }

    /// <summary>Where its file lies or would lie, <c>/sdcard/…</c>.</summary>
    public required string LocalPath { get; init; }

    /// <summary>A name for people.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; init; }

    /// <summary>What it is: <c>tos</c> (an operating system of the ST), <c>rom</c>, <c>disk</c>, <c>cartridge</c>.</summary>
    [JsonPropertyName("class")]
    public required string Class { get; init; }

    /// <summary>The image's format: <c>img st msa</c> …</summary>
    public required string Format { get; init; }

    /// <summary>SHA-256 of the file, 64 lower-case hex digits: as published, or as last seen on the card; null when unknown.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Bytes of the file; null when unknown.</summary>
    public long? Size { get; init; }

    /// <summary>The machines that it is for; none means any.</summary>
    public IReadOnlyList<string> MachineTags { get; init; } = [];

    /// <summary>When it came into the catalog.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The page that describes it.</summary>
    public string? SourceUrl { get; init; }

    /// <summary>Where it can be fetched.</summary>
    public string? HostedUrl { get; init; }

    /// <summary><c>unknown online offline dead local_only</c>.</summary>
    public string AvailabilityState { get; init; } = "unknown";

    /// <summary>When the state was last found out.</summary>
    public DateTimeOffset? AvailabilityCheckedAt { get; init; }

    /// <summary>Failed attempts to fetch it.</summary>
    public int DownloadFailCount { get; init; }

    /// <summary>Why it counts as dead.</summary>
    public string? DeadLinkReason { get; init; }

    /// <summary>Whether a disk is write-protected; null for what its file says.</summary>
    public bool? WriteProtect { get; init; }

    /// <summary>Fields that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; init; }

    /// <summary>Whether it is for a machine.</summary>
    public bool IsFor(string machine) => MachineTags.Count == 0 || MachineTags.Contains(machine, StringComparer.Ordinal);
}
