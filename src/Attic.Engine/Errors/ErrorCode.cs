namespace Attic.Engine.Errors;

/// <summary>One code of the contract's error catalogue (§2.1): its name, category and HTTP status never change.</summary>
/// <param name="Code">UPPER_SNAKE_CASE.</param>
/// <param name="Category">request auth path engine media ebin stream input snapshot debug catalog scheduler internal.</param>
/// <param name="HttpStatus">Status of a reply that carries it; 0 for a code that appears in stream events only.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
public sealed record ErrorCode(string Code, string Category, int HttpStatus, bool Retryable)
{
    /// <summary>Malformed/missing/out-of-range input, bad manifest, binding mismatch.</summary>
    public static readonly ErrorCode BadRequest = new("BAD_REQUEST", "request", 400, false);

    /// <summary>No/unknown/expired bearer.</summary>
    public static readonly ErrorCode Unauthorized = new("UNAUTHORIZED", "auth", 401, false);

    /// <summary>Token lacks scope.</summary>
    public static readonly ErrorCode Forbidden = new("FORBIDDEN", "auth", 403, false);

    /// <summary>File, harness/collection/runner/package id absent.</summary>
    public static readonly ErrorCode NotFound = new("NOT_FOUND", "path", 404, false);

    /// <summary>Outside allowlist, traversal, link escape.</summary>
    public static readonly ErrorCode PathNotAllowed = new("PATH_NOT_ALLOWED", "path", 400, false);

    /// <summary>Asset not local, duplicate, revision/ownership clash, capacity.</summary>
    public static readonly ErrorCode Conflict = new("CONFLICT", "engine", 409, false);

    /// <summary>Session unknown or inactive.</summary>
    public static readonly ErrorCode EngineNotRunning = new("ENGINE_NOT_RUNNING", "engine", 409, false);

    /// <summary>Start while a session is active.</summary>
    public static readonly ErrorCode EngineAlreadyRunning = new("ENGINE_ALREADY_RUNNING", "engine", 409, false);

    /// <summary>Operation not allowed in current lifecycle/run/harness state.</summary>
    public static readonly ErrorCode InvalidSessionState = new("INVALID_SESSION_STATE", "engine", 409, false);

    /// <summary>Profile manifest (or manifest's target profile) absent.</summary>
    public static readonly ErrorCode MachineProfileNotFound = new("MACHINE_PROFILE_NOT_FOUND", "engine", 404, false);

    /// <summary>Restore-resume outside suspended.</summary>
    public static readonly ErrorCode EngineNotSuspended = new("ENGINE_NOT_SUSPENDED", "engine", 409, false);

    /// <summary>Requested component down (omitted from §5's mapping list; category per sample).</summary>
    public static readonly ErrorCode EngineSubsystemUnavailable = new("ENGINE_SUBSYSTEM_UNAVAILABLE", "engine", 503, true);

    /// <summary>Disk/cartridge/ROM image kind not usable.</summary>
    public static readonly ErrorCode UnsupportedMediaFormat = new("UNSUPPORTED_MEDIA_FORMAT", "media", 415, false);

    /// <summary>Staged bytes missing/truncated.</summary>
    public static readonly ErrorCode UploadIncomplete = new("UPLOAD_INCOMPLETE", "media", 409, true);

    /// <summary>Runtime mount/apply/activate failed after validation; prior media restored.</summary>
    public static readonly ErrorCode MediaAttachFailed = new("MEDIA_ATTACH_FAILED", "media", 500, false);

    /// <summary>Selector/path unresolved.</summary>
    public static readonly ErrorCode EbinNotFound = new("EBIN_NOT_FOUND", "ebin", 404, false);

    /// <summary>Header/manifest/hash invalid, wrong type or target.</summary>
    public static readonly ErrorCode EbinInvalid = new("EBIN_INVALID", "ebin", 400, false);

    /// <summary>Signature check failed.</summary>
    public static readonly ErrorCode EbinSignatureInvalid = new("EBIN_SIGNATURE_INVALID", "ebin", 400, false);

    /// <summary>ABI range not met.</summary>
    public static readonly ErrorCode EbinAbiMismatch = new("EBIN_ABI_MISMATCH", "ebin", 409, false);

    /// <summary>Required dependency unresolved.</summary>
    public static readonly ErrorCode EbinDependencyMissing = new("EBIN_DEPENDENCY_MISSING", "ebin", 409, false);

    /// <summary>Delivery policy cannot be met under sustained pressure.</summary>
    public static readonly ErrorCode StreamBackpressure = new("STREAM_BACKPRESSURE", "stream", 503, true);

    /// <summary>Selector well-formed but unresolvable.</summary>
    public static readonly ErrorCode InspectFilterInvalid = new("INSPECT_FILTER_INVALID", "stream", 400, false);

    /// <summary>Event names a known but disconnected device (R11; unused elsewhere).</summary>
    public static readonly ErrorCode InputDeviceUnavailable = new("INPUT_DEVICE_UNAVAILABLE", "input", 409, true);

    /// <summary>Mapping profile id unknown.</summary>
    public static readonly ErrorCode InputMappingNotFound = new("INPUT_MAPPING_NOT_FOUND", "input", 404, false);

    /// <summary>Host event malformed (R11).</summary>
    public static readonly ErrorCode InputEventInvalid = new("INPUT_EVENT_INVALID", "input", 400, false);

    /// <summary>Inject while policy disabled.</summary>
    public static readonly ErrorCode InputCaptureDisabled = new("INPUT_CAPTURE_DISABLED", "input", 409, false);

    /// <summary>Inject while enabled_idle.</summary>
    public static readonly ErrorCode InputCaptureNotActive = new("INPUT_CAPTURE_NOT_ACTIVE", "input", 409, false);

    /// <summary>Policy action unreachable from current policy state.</summary>
    public static readonly ErrorCode InputPolicyInvalidState = new("INPUT_POLICY_INVALID_STATE", "input", 409, false);

    /// <summary>Caller is not the capture owner.</summary>
    public static readonly ErrorCode InputPolicyViolation = new("INPUT_POLICY_VIOLATION", "input", 409, false);

    /// <summary>Wrong enabled type or action not of current capture mode.</summary>
    public static readonly ErrorCode InputPolicyModeInvalid = new("INPUT_POLICY_MODE_INVALID", "input", 400, false);

    /// <summary>Missing/inactive engine or browser session for a policy action.</summary>
    public static readonly ErrorCode InputPolicySessionInvalid = new("INPUT_POLICY_SESSION_INVALID", "input", 409, false);

    /// <summary>Snapshot (R: or checkpoint) id unknown.</summary>
    public static readonly ErrorCode SnapshotNotFound = new("SNAPSHOT_NOT_FOUND", "snapshot", 404, false);

    /// <summary>Save could not be persisted (R12).</summary>
    public static readonly ErrorCode SnapshotSaveFailed = new("SNAPSHOT_SAVE_FAILED", "snapshot", 500, true);

    /// <summary>Restore failed after guards passed; prior state kept.</summary>
    public static readonly ErrorCode SnapshotRestoreFailed = new("SNAPSHOT_RESTORE_FAILED", "snapshot", 500, false);

    /// <summary>RCOMP- failed.</summary>
    public static readonly ErrorCode SnapshotIncompatible = new("SNAPSHOT_INCOMPATIBLE", "snapshot", 409, false);

    /// <summary>Bad mode/ratio pair.</summary>
    public static readonly ErrorCode DebugClockInvalid = new("DEBUG_CLOCK_INVALID", "debug", 400, false);

    /// <summary>Steps out of range or unknown capture selector.</summary>
    public static readonly ErrorCode DebugStepInvalid = new("DEBUG_STEP_INVALID", "debug", 400, false);

    /// <summary>Catalog name unknown or index file absent.</summary>
    public static readonly ErrorCode CatalogNotFound = new("CATALOG_NOT_FOUND", "catalog", 404, false);

    /// <summary>Id not in index.</summary>
    public static readonly ErrorCode CatalogEntryNotFound = new("CATALOG_ENTRY_NOT_FOUND", "catalog", 404, false);

    /// <summary>Entry dead, retry not allowed.</summary>
    public static readonly ErrorCode CatalogLinkDead = new("CATALOG_LINK_DEAD", "catalog", 409, false);

    /// <summary>Hash mismatch, commit/index/store failure.</summary>
    public static readonly ErrorCode CatalogSyncFailed = new("CATALOG_SYNC_FAILED", "catalog", 500, false);

    /// <summary>Job or schedule id unknown.</summary>
    public static readonly ErrorCode ScraperJobNotFound = new("SCRAPER_JOB_NOT_FOUND", "scheduler", 404, false);

    /// <summary>Bad cron, job_type, mode or field type.</summary>
    public static readonly ErrorCode ScraperScheduleInvalid = new("SCRAPER_SCHEDULE_INVALID", "scheduler", 400, false);

    /// <summary>Invariant/check failure, backend fault.</summary>
    public static readonly ErrorCode InternalError = new("INTERNAL_ERROR", "internal", 500, false);

    /// <summary>Stream schema_version is not 1.</summary>
    public static readonly ErrorCode UnsupportedVersion = new("UNSUPPORTED_VERSION", "stream", 400, false);

    /// <summary>Error_code value inside engine_stream_delivery (R: this token, not the §5 one).</summary>
    public static readonly ErrorCode StreamBackpressureActive = new("STREAM_BACKPRESSURE_ACTIVE", "stream", 0, false);

    /// <summary>§13.1 limit hit; send Retry-After.</summary>
    public static readonly ErrorCode RateLimited = new("RATE_LIMITED", "request", 429, true);
}
