using System.Text.Json;
using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Engine.Errors;
using Attic.Engine.Machines;
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
        routes.Get("engine/screen", Scopes.InspectRead, ScreenAsync);
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
        bool fromCassette = request.Body.OptionalBool("boot_cassette", false);
        var session = Target(request, out _);
        var kind = string.Equals(mode, "cold", StringComparison.Ordinal) ? ResetKind.Cold : ResetKind.Warm;
        return await session.ResetAsync(kind, preserve, request.Endpoint, basic, fromCassette);
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

    private async Task<object> ScreenAsync(ApiRequest request)
    {
        string? id = request.Query.OptionalString("session_id");
        request.Query.Check();
        return await sessions.FindActive(id).ScreenAsync();
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
            CassetteId = body.OptionalString("cassette_id", nullable: true),
            BootsCassette = body.OptionalBool("boot_cassette", false),
            Basic = body.OptionalBool("basic"),
            SingleStep = string.Equals(body.OptionalChoice("run_mode", "realtime", "realtime", "single_step"), "single_step", StringComparison.Ordinal),
            Choices = ReadChoices(body.OptionalObject("options")),
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

    // What replaces the profile's fields, by their names there.
    private static MachineChoices ReadChoices(JsonFields? options) => options is null ? new() : new()
    {
        RamKilobytes = (int?)options.OptionalInteger("ram_kb", 16, 16_384),
        Seed = (uint?)options.OptionalInteger("seed", 0, uint.MaxValue),
        Expansion = options.OptionalChoice("ram_expansion", "", "rambo", "compy_shop") switch
        {
            "rambo" => XlMemoryExpansion.Rambo,
            "compy_shop" => XlMemoryExpansion.CompyShop,
            _ => null,
        },
        PowerOnMemory = options.OptionalChoice("power_on_memory", "", "random", "zero", "pattern") switch
        {
            "random" => XlPowerOnMemory.Random,
            "zero" => XlPowerOnMemory.Zero,
            "pattern" => XlPowerOnMemory.Pattern,
            _ => null,
        },
        Drives = options.OptionalChoice("drives", "", "us_doubler", "810", "1050", "xf551") switch
        {
            "us_doubler" => XlDriveModel.UsDoubler,
            "810" => XlDriveModel.Atari810,
            "1050" => XlDriveModel.Atari1050,
            "xf551" => XlDriveModel.Xf551,
            _ => null,
        },
        FastSio = options.OptionalChoice("sio", "", "bus", "fast") switch { "bus" => false, "fast" => true, _ => null },
        Artifacts = options.OptionalBool("artifacts"),
    };

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

    // As a start's options name them.
    private static object OptionsOf(MachineConfiguration configuration) => !string.Equals(configuration.Machine, "atari_xl", StringComparison.Ordinal)
        ? new { RamKb = configuration.RamKilobytes, configuration.Seed }
        : new
        {
            RamKb = configuration.RamKilobytes,
            RamExpansion = configuration.Xl.Expansion switch { XlMemoryExpansion.Rambo => "rambo", XlMemoryExpansion.CompyShop => "compy_shop", _ => null },
            PowerOnMemory = configuration.Xl.PowerOnMemory.ToString().ToLowerInvariant(),
            configuration.Seed,
            Drives = configuration.Xl.Drives switch { XlDriveModel.Atari810 => "810", XlDriveModel.Atari1050 => "1050", XlDriveModel.Xf551 => "xf551", _ => "us_doubler" },
            Sio = configuration.Xl.FastSio ? "fast" : "bus",
            configuration.Xl.Picture.Artifacts,
        };

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
            Options = session.Configuration is { } configuration ? OptionsOf(configuration) : null,
            ProfileManifestValidation = plan.Manifest,
            ProfileWiringValidation = plan.Wiring,
            ResolvedMedia = new { plan.Media.Rom, plan.Media.Tos, plan.Media.Disks, plan.Media.Cartridge, plan.Media.Cassette },
            InputEnabled = session.Request.Input.InputEnabled,
            Streams = Enum.GetValues<StreamKind>().Select(kind => kind.ApiName()).ToArray(),
        };
    }
}
