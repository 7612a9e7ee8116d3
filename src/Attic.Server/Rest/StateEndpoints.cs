using Attic.Engine.Sessions;
using Attic.Engine.Snapshots;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary>Saves and restores (§5.4, §15).</summary>
internal sealed class StateEndpoints(SessionManager sessions)
{
    private const int DefaultLimit = 100;

    /// <summary>Adds the endpoints.</summary>
    public void Map(ApiRoutes routes)
    {
        routes.Post("engine/session/suspend-save", Scopes.EngineControl, SuspendAsync);
        routes.Post("engine/session/restore-resume", Scopes.EngineControl, RestoreResumeAsync);
        routes.Post("engine/state/save", Scopes.EngineControl, SaveAsync);
        routes.Post("engine/state/restore", Scopes.EngineControl, RestoreAsync);
        routes.Post("engine/state/restore/validate", Scopes.EngineControl, Validate);
        routes.Get("engine/state/list", Scopes.InspectRead, List);
    }

    private async Task<object> SuspendAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string? name = request.Body.OptionalString("name");
        bool autoResume = request.Body.OptionalBool("auto_resume", false);
        bool streams = request.Body.OptionalBool("include_stream_state", true);
        request.Body.OptionalString("reason");
        request.Body.Check();
        return await sessions.FindAny(id).SuspendSaveAsync(name, autoResume, streams, request.Endpoint);
    }

    private async Task<object> RestoreResumeAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string snapshot = request.Body.String("snapshot_id");
        string mode = request.Body.Choice("resume_mode", "running", "paused");
        request.Body.OptionalString("reason");
        request.Body.Check();
        return await sessions.FindAny(id).RestoreResumeAsync(snapshot, IsRunning(mode), request.Endpoint);
    }

    private async Task<object> SaveAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string? name = request.Body.OptionalString("name");
        var tags = request.Body.OptionalStrings("tags") ?? [];
        request.Body.Check();
        return await sessions.FindActive(id).SaveStateAsync(name, tags, request.Endpoint);
    }

    private async Task<object> RestoreAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string snapshot = request.Body.String("snapshot_id");
        string mode = request.Body.Choice("resume_mode", "running", "paused");
        request.Body.Check();
        return await sessions.FindActive(id).RestoreStateAsync(snapshot, IsRunning(mode), request.Endpoint);
    }

    private Task<object> Validate(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string snapshot = request.Body.String("snapshot_id");
        bool strict = request.Body.OptionalBool("strict", true);
        request.Body.Check();
        var verdict = sessions.FindActive(id).Validate(snapshot);
        return Task.FromResult<object>(new
        {
            SnapshotId = snapshot,
            verdict.Compatible,
            EvaluatedRules = verdict.Rules,
            verdict.FailedRuleId,
            ErrorCode = strict && !verdict.Compatible ? Engine.Errors.ErrorCode.SnapshotIncompatible.Code : null,
            ValidatedAtUs = RuntimeClock.NowUs,
        });
    }

    private Task<object> List(ApiRequest request)
    {
        string? profile = request.Query.OptionalString("profile");
        string? tag = request.Query.OptionalString("tag");
        long limit = request.Query.OptionalInteger("limit", 1, 1000) ?? DefaultLimit;
        request.Query.Check();
        var store = new SnapshotStore(sessions.Resources.HostFolder(SnapshotStore.VirtualFolder));
        return Task.FromResult<object>(new
        {
            Snapshots = store.List()
                .Where(each => profile is null || string.Equals(each.Profile, profile, StringComparison.Ordinal))
                .Where(each => tag is null || each.Tags.Contains(tag, StringComparer.Ordinal))
                .Take((int)limit).ToArray(),
        });
    }

    private static bool IsRunning(string mode) => string.Equals(mode, "running", StringComparison.Ordinal);
}
