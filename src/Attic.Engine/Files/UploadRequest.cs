namespace Attic.Engine.Files;

/// <summary>What comes with an upload's bytes (contract §8).</summary>
public sealed record UploadRequest
{
    /// <summary>Where the file goes, <c>/sdcard/…</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The SHA-256 that the bytes must have, 64 hex digits; null when the client doesn't say.</summary>
    public string? Sha256 { get; init; }

    /// <summary>How many bytes there must be; null when the client doesn't say.</summary>
    public long? Size { get; init; }

    /// <summary>The machines that the file is for; null to tell by its folder.</summary>
    public IReadOnlyList<string>? MachineTags { get; init; }

    /// <summary>Whether an existing file is replaced.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>The reply of an upload.</summary>
/// <param name="Path">Where the file lies, canonical.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hex digits.</param>
/// <param name="CatalogEntryId">The catalog entry that names it; null for files that no catalog holds.</param>
/// <param name="StoredAtUs">When it was stored, R-clock.</param>
public sealed record UploadResult(string Path, long Size, string Sha256, string? CatalogEntryId, long StoredAtUs);
