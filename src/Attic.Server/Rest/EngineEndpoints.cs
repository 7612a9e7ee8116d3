using System.Text.Json;
using Attic.Abi.Chips;
using Attic.Engine.Errors;
using Attic.Engine.Metrics;
using Attic.Engine.Sessions;
using Attic.Engine.Streams;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary>Session lifecycle, status and health (§5).</summary>
internal sealed class EngineEndpoints(SessionManager sessions)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(ApiRoutes routes)
    {
        routes.Post("engine/session", Scopes.EngineControl, StartAsync);
        routes.Post("engine/session/start", Scopes.EngineControl, StartAsync);
        routes.Post("engine/session/stop", Scopes.EngineControl, StopAsync);
        routes.Post("engine/session/pause", Scopes.EngineControl, PauseAsync);
        routes.Post("engine/session/resume", Scopes.EngineControl, ResumeAsync);
        routes.Post("engine/session/reset", Scopes.EngineControl, ResetAsync);
        routes.Get("engine/session", Scopes.InspectRead, SessionAsync);
        routes.Get("engine/status", Scopes.InspectRead, StatusAsync);
        routes.Get("engine/health", Scopes.InspectRead, Health);
    }

    private async Task<object> StartAsync(ApiRequest request)
    {
        var start = ReadStart(request);
        var session = await sessions.StartAsync(start, request.Endpoint);
        return StartReply(session);
    }

    private async Task<object> StopAsync(ApiRequest request) =>
        await Target(request, out _).StopAsync(request.Endpoint);

    private async Task<object> PauseAsync(ApiRequest request) =>
        await Target(request, out _).PauseAsync(request.Endpoint);

    private async Task<object> ResumeAsync(ApiRequest request)
    {
        string mode = request.Body.OptionalChoice("resume_mode", "running", "running", "paused");
        var session = Target(request, out _, guard: "G-RESUME-02");
        return await session.ResumeAsync(string.Equals(mode, "running", StringComparison.Ordinal), request.Endpoint);
    }

    private async Task<object> ResetAsync(ApiRequest request)
    {
        string mode = request.Body.OptionalChoice("mode", "warm", "warm", "cold");
        bool preserve = request.Body.OptionalBool("preserve_media", true);
        bool? basic = request.Body.OptionalBool("basic");
        var session = Target(request, out _);
        var kind = string.Equals(mode, "cold", StringComparison.Ordinal) ? ResetKind.Cold : ResetKind.Warm;
        return await session.ResetAsync(kind, preserve, request.Endpoint, basic);
    }

    private async Task<object> SessionAsync(ApiRequest request)
    {
        var session = sessions.FindActive(request.Query.OptionalString("session_id"));
        var status = await session.StatusAsync();
        return new
        {
            status.SessionId,
            State = status.LifecycleState,
            status.Machine,
            status.Profile,
            status.UptimeMs,
            status.CycleCounter,
            status.TickCounter,
            status.LoadedModules,
            status.Runtime.StreamHealth,
        };
    }

    // A stopped session still has a status (R23).
    private async Task<object> StatusAsync(ApiRequest request)
    {
        string? id = request.Query.OptionalString("session_id");
        var session = id is null ? sessions.Current : sessions.All.FirstOrDefault(each => string.Equals(each.Id, id, StringComparison.Ordinal));
        if (session is null)
        {
            var refused = Session.NotRunning(id);
            throw new EngineException(refused.Code, refused.Message, refused.Details, retryable: true);
        }

        return await session.StatusAsync();
    }

    private Task<object> Health(ApiRequest request)
    {
        string? id = request.Query.OptionalString("session_id");
        var components = request.Query.OptionalList("components");
        bool strict = request.Query.OptionalBool("fail_on_unavailable", false);
        request.Query.Check();
        var session = id is null ? sessions.Current : sessions.FindActive(id);
        var health = EngineHealth.Of(session, components);
        if (strict && health.Components.FirstOrDefault(each => each.ErrorCode is not null) is { } down)
        {
            throw new EngineException(
                ErrorCode.EngineSubsystemUnavailable, $"The component {down.Component} is unavailable: {down.Reason}.",
                ErrorDetails.Of(("component", down.Component), ("session_id", session?.Id)));
        }

        return Task.FromResult<object>(health);
    }

    private Session Target(ApiRequest request, out string id, string? guard = null)
    {
        id = request.Body.String("session_id");
        request.Body.OptionalString("reason");
        Check(request, guard);
        return sessions.FindAny(id);
    }

    // A refusal of the body carries the guard where the contract names one for it (G-START-02, G-RESUME-02).
    private static void Check(ApiRequest request, string? guard)
    {
        try
        {
            request.Body.Check();
        }
        catch (EngineException refused) when (guard is not null)
        {
            var details = refused.Details.ToDictionary(StringComparer.Ordinal);
            details["guard_id"] = guard;
            details["endpoint"] = request.Endpoint;
            throw new EngineException(refused.Code, refused.Message, details, inner: refused);
        }
    }

    private static StartRequest ReadStart(ApiRequest request)
    {
        var body = request.Body;
        var streams = body.OptionalObject("stream_defaults");
        var start = new StartRequest
        {
            Machine = body.String("machine"),
            Profile = body.String("profile"),
            RomId = body.String("rom_id"),
            TosId = body.OptionalString("tos_id"),
            DiskIds = body.OptionalStrings("disk_ids") ?? [],
            CartridgeId = body.OptionalString("cartridge_id", nullable: true),
            Basic = body.OptionalBool("basic"),
            ModuleOverrides = ReadOverrides(body),
            Streams = new(
                streams?.OptionalBool("video", true) ?? true,
                streams?.OptionalBool("audio", true) ?? true,
                streams?.OptionalBool("input_stream", true) ?? true,
                streams?.OptionalBool("inspect_registers", false) ?? false,
                streams?.OptionalBool("inspect_bus", false) ?? false,
                streams?.OptionalBool("inspect_memory", false) ?? false),
            Input = ReadInput(body.OptionalObject("input_defaults")),
        };
        int drives = MediaBay.DriveNamesOf(start.Machine).Count;
        if (start.DiskIds.Count > drives)
        {
            body.Wrong("disk_ids", $"at most {drives} disks", start.DiskIds.Count);
        }

        Check(request, "G-START-02");
        return start;
    }

    private static InputDefaults ReadInput(JsonFields? input) => input is null ? new() : new()
    {
        InputEnabled = input.OptionalBool("input_enabled", true),
        CaptureMode = input.OptionalChoice("capture_mode", "click_to_capture", "mouse_over", "click_to_capture"),
        EscapeRelease = ReadEscape(input.OptionalObject("escape_release")) ?? new(),
    };

    /// <summary>Reads an escape sequence; null when absent.</summary>
    internal static EscapeRelease? ReadEscape(JsonFields? escape)
    {
        if (escape is null)
        {
            return null;
        }

        var standard = new EscapeRelease();
        return new()
        {
            Enabled = escape.OptionalBool("enabled", true),
            Sequence = escape.OptionalStrings("sequence") ?? standard.Sequence,
            TimeoutMs = (uint)(escape.OptionalInteger("timeout_ms", 1, uint.MaxValue) ?? standard.TimeoutMs),
        };
    }

    private static Dictionary<string, string> ReadOverrides(JsonFields body)
    {
        var overrides = new Dictionary<string, string>(StringComparer.Ordinal);
        if (body.OptionalObject("module_overrides") is not { } modules)
        {
            return overrides;
        }

        foreach (var property in modules.Element.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String)
            {
                overrides[property.Name] = property.Value.GetString()!;
            }
            else
            {
                modules.Wrong(property.Name, "module_id@version", property.Value);
            }
        }

        return overrides;
    }

    private static object StartReply(Session session)
    {
        var plan = session.Plan;
        return new
        {
            SessionId = session.Id,
            State = session.State.ApiName(),
            session.Machine,
            session.Profile,
            session.StartedAtUs,
            session.LoadedModules,
            Timing = session.Timing,
            ProfileManifestValidation = plan.Manifest,
            ProfileWiringValidation = plan.Wiring,
            ResolvedMedia = new { plan.Media.Rom, plan.Media.Tos, plan.Media.Disks, plan.Media.Cartridge },
            InputEnabled = session.Request.Input.InputEnabled,
            Streams = Enum.GetValues<StreamKind>().Select(kind => kind.ApiName()).ToArray(),
        };
    }
}
