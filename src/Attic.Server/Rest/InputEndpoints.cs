using System.Text.Json;
using Attic.Engine.Errors;
using Attic.Engine.Input;
using Attic.Engine.Sessions;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary>Devices, mapping profiles, events, capture and policy (§13).</summary>
internal sealed class InputEndpoints(SessionManager sessions)
{
    private const int MostEvents = 1024;

    private static readonly string[] s_actions =
        ["pointer_enter_hook", "pointer_leave_hook", "click_acquire", "escape_release", "focus_lost", "focus_regain"];

    private MappingStore Mappings => sessions.Mappings;

    /// <summary>Adds the endpoints.</summary>
    public void Map(ApiRoutes routes)
    {
        routes.Get("input/devices", Scopes.InputRead, DevicesAsync);
        routes.Post("input/mappings/load", Scopes.InputWrite, LoadAsync);
        routes.Post("input/mappings", Scopes.InputWrite, Create, success: StatusCodes.Status201Created);
        routes.Get("input/mappings", Scopes.InputRead, List);
        routes.Get("input/mappings/active", Scopes.InputRead, ActiveAsync);
        routes.Get("input/mappings/{mapping_profile_id}", Scopes.InputRead, Get);
        routes.Patch("input/mappings/{mapping_profile_id}", Scopes.InputWrite, PatchAsync);
        routes.Delete("input/mappings/{mapping_profile_id}", Scopes.InputWrite, DeleteAsync);
        routes.Post("input/mappings/apply", Scopes.InputWrite, ApplyAsync);
        routes.Post("input/mappings/update", Scopes.InputWrite, UpdateAsync);
        routes.Post("input/events/inject", Scopes.InputWrite, InjectAsync, RateClass.None);
        routes.Get("input/capture/state", Scopes.InputRead, CaptureStateAsync);
        routes.Post("input/capture/config", Scopes.InputWrite, ConfigureAsync);
        routes.Post("input/capture/release", Scopes.InputWrite, ReleaseAsync);
        routes.Post("input/policy/enabled", Scopes.InputWrite, SetEnabledAsync);
    }

    private async Task<object> DevicesAsync(ApiRequest request)
    {
        var session = FromQuery(request);
        return new { Devices = await InputOperations.DevicesAsync(session) };
    }

    private async Task<object> LoadAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string mapping = request.Body.String("mapping_profile_id");
        bool replace = request.Body.OptionalBool("replace", true);
        request.Body.Check();
        var (applied, profile) = await InputOperations.LoadAsync(sessions.FindActive(id), mapping, replace);
        return new { MappingProfileId = mapping, Applied = applied, MappingProfile = profile, Persistence = Mappings.PersistenceOf(profile) };
    }

    private Task<object> Create(ApiRequest request)
    {
        string machine = request.Body.String("machine");
        string profile = request.Body.String("profile");
        string id = request.Body.String("mapping_profile_id");
        var entries = MappingProfile.ReadEntries(request.Body.Objects("entries"));
        request.Body.Check();
        MappingProfile.CheckEntries(entries);
        var made = Mappings.Create(id, machine, profile, entries);
        var kept = Mappings.PersistenceOf(made);
        return Task.FromResult<object>(new
        {
            made.MappingProfileId,
            made.Machine,
            made.Profile,
            made.Revision,
            made.UpdatedAtUs,
            Persistence = new { kept.Path, kept.Saved },
        });
    }

    private Task<object> List(ApiRequest request)
    {
        string? machine = request.Query.OptionalString("machine");
        return Task.FromResult<object>(new
        {
            Mappings = Mappings.List(machine)
                .Select(each => new { each.MappingProfileId, each.Machine, each.Profile, each.Revision, each.UpdatedAtUs }).ToArray(),
        });
    }

    private Task<object> Get(ApiRequest request)
    {
        var profile = Mappings.Get(request.Path("mapping_profile_id"), request.Query.OptionalString("machine"));
        return Task.FromResult<object>(new { MappingProfile = profile, Persistence = Mappings.PersistenceOf(profile) });
    }

    private async Task<object> PatchAsync(ApiRequest request)
    {
        string id = request.Path("mapping_profile_id");
        string? profile = request.Body.OptionalString("profile");
        var entries = request.Body.OptionalObjects("entries") is { } fields ? MappingProfile.ReadEntries(fields) : [];
        var removed = request.Body.OptionalStrings("remove_entry_ids") ?? [];
        long? expected = request.Body.OptionalInteger("expected_revision", 0, uint.MaxValue);
        request.Body.Check();
        MappingProfile.CheckEntries(entries);
        var (before, after) = Mappings.Change(
            id, request.Query.OptionalString("machine"), (uint?)expected, old => Patched(old, profile, entries, removed));
        await RefreshAsync(after);
        var kept = Mappings.PersistenceOf(after);
        return new
        {
            MappingProfileId = id,
            Result = before.Revision == after.Revision ? "no_op" : "applied",
            RevisionBefore = before.Revision,
            RevisionAfter = after.Revision,
            after.UpdatedAtUs,
            Persistence = new { kept.Path, kept.Saved },
        };
    }

    private async Task<object> DeleteAsync(ApiRequest request)
    {
        string id = request.Path("mapping_profile_id");
        Mappings.Get(id, null);
        foreach (var session in sessions.All.Where(each => each.State is LifecycleState.Running or LifecycleState.Paused))
        {
            if (await InputOperations.UsesAsync(session, id))
            {
                throw new EngineException(
                    ErrorCode.Conflict, $"Session {session.Id} uses the mapping profile '{id}'.",
                    ErrorDetails.Of(("mapping_profile_id", id), ("session_id", session.Id)));
            }
        }

        Mappings.Delete(id);
        return new { MappingProfileId = id, Deleted = true };
    }

    private async Task<object> ActiveAsync(ApiRequest request)
    {
        var profile = await InputOperations.ActiveAsync(FromQuery(request));
        return new { MappingProfile = profile, Persistence = Mappings.PersistenceOf(profile) };
    }

    private async Task<object> ApplyAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string mapping = request.Body.String("mapping_profile_id");
        long? expected = request.Body.OptionalInteger("expected_revision", 0, uint.MaxValue);
        request.Body.Check();
        return await InputOperations.ApplyAsync(sessions.FindActive(id), mapping, (uint?)expected);
    }

    private async Task<object> UpdateAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        var patch = (request.Body.Objects("patch") ?? [])
            .Select(entry => MappingProfile.ReadEntry(entry, entry.OptionalString("entry_id") ?? "")).ToArray();
        request.Body.Check();
        var (before, after, updated) = await InputOperations.UpdateActiveAsync(sessions.FindActive(id), patch);
        var kept = Mappings.PersistenceOf(after);
        return new
        {
            after.MappingProfileId,
            Result = before.Revision == after.Revision ? "no_op" : "applied",
            UpdatedEntries = updated,
            RevisionBefore = before.Revision,
            RevisionAfter = after.Revision,
            Persistence = new { kept.Path, kept.Saved, SavedAtUs = after.UpdatedAtUs },
        };
    }

    private async Task<object> InjectAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string browser = request.Body.String("browser_session_id");
        var list = request.Body.Any("events");
        if (list is null)
        {
            request.Body.String("events");
        }
        else if (list.Value.ValueKind != JsonValueKind.Array || list.Value.GetArrayLength() > MostEvents)
        {
            request.Body.Wrong("events", $"array of at most {MostEvents} events", list.Value);
        }

        request.Body.Check();
        HostEvent[] events = [.. list!.Value.EnumerateArray().Select(HostEvent.Read)];
        return await InputOperations.InjectAsync(sessions.FindActive(id), browser, events);
    }

    private async Task<object> CaptureStateAsync(ApiRequest request)
    {
        string id = request.Query.String("session_id");
        string browser = request.Query.String("browser_session_id");
        request.Query.Check();
        var state = await InputOperations.CaptureStateAsync(ForPolicy(id, browser, "capture_state"), browser);
        return new { state.InputEnabled, state.CaptureMode, state.CaptureActive, state.Policy, state.EscapeRelease };
    }

    private async Task<object> ConfigureAsync(ApiRequest request)
    {
        var (id, browser) = PolicyTarget(request);
        bool enabled = ReadEnabled(request.Body, "input_enabled");
        string mode = request.Body.Choice("capture_mode", InputPolicy.MouseOver, InputPolicy.ClickToCapture);
        var escape = EngineEndpoints.ReadEscape(request.Body.OptionalObject("escape_release"));
        string? action = request.Body.Has("request_action") ? request.Body.Choice("request_action", s_actions) : null;
        request.Body.Check();
        return await InputOperations.ConfigureAsync(ForPolicy(id, browser, action ?? "capture_config"), browser, enabled, mode, escape, action);
    }

    private async Task<object> ReleaseAsync(ApiRequest request)
    {
        var (id, browser) = PolicyTarget(request);
        string? reason = request.Body.OptionalString("reason");
        request.Body.Check();
        return await InputOperations.ReleaseAsync(ForPolicy(id, browser, "explicit_release"), browser, reason);
    }

    private async Task<object> SetEnabledAsync(ApiRequest request)
    {
        var (id, browser) = PolicyTarget(request);
        bool enabled = ReadEnabled(request.Body, "enabled");
        string? reason = request.Body.OptionalString("reason");
        request.Body.Check();
        return await InputOperations.SetEnabledAsync(ForPolicy(id, browser, enabled ? "enable" : "disable"), browser, enabled, reason);
    }

    private static (string Session, string Browser) PolicyTarget(ApiRequest request) =>
        (request.Body.String("session_id"), request.Body.String("browser_session_id"));

    // A wrong type here has a code of its own (§2.1).
    private static bool ReadEnabled(JsonFields body, string field)
    {
        if (body.Any(field) is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } other)
        {
            throw new EngineException(
                ErrorCode.InputPolicyModeInvalid, $"'{field}' must be boolean.",
                ErrorDetails.Of(("field", field), ("expected", "boolean"), ("actual", other.ValueKind.ToString().ToLowerInvariant())));
        }

        return body.Bool(field);
    }

    private Session ForPolicy(string id, string browser, string action)
    {
        try
        {
            return sessions.FindActive(id);
        }
        catch (EngineException)
        {
            throw InputPolicy.SessionInvalid(id, browser, action);
        }
    }

    private Session FromQuery(ApiRequest request)
    {
        string id = request.Query.String("session_id");
        request.Query.Check();
        return sessions.FindActive(id);
    }

    private async Task RefreshAsync(MappingProfile profile)
    {
        foreach (var session in sessions.All.Where(each => each.State is LifecycleState.Running or LifecycleState.Paused))
        {
            await InputOperations.RefreshAsync(session, profile);
        }
    }

    private static MappingProfile Patched(
        MappingProfile old, string? profile, IReadOnlyList<MappingEntry> entries, IReadOnlyList<string> removed)
    {
        var list = old.Entries.Where(entry => !removed.Contains(entry.EntryId, StringComparer.Ordinal)).ToList();
        foreach (var entry in entries)
        {
            int at = list.FindIndex(each => string.Equals(each.EntryId, entry.EntryId, StringComparison.Ordinal));
            if (at >= 0)
            {
                list[at] = entry;
            }
            else
            {
                list.Add(entry);
            }
        }

        return old with { Profile = profile ?? old.Profile, Entries = list };
    }
}
