using Attic.Engine.Errors;
using Attic.Engine.Sessions;

namespace Attic.Engine.Input;

/// <summary>The capture state of replies (§13).</summary>
public sealed record CaptureState(
    bool InputEnabled, string CaptureMode, bool CaptureActive, PolicyBlock Policy, EscapeRelease EscapeRelease, string TransitionResult);

/// <summary>The reply of <c>capture/release</c>.</summary>
public sealed record ReleaseResult(string Result, bool CaptureActive, long ReleasedAtUs, PolicyBlock Policy);

/// <summary>The reply of <c>policy/enabled</c>.</summary>
public sealed record EnableResult(bool RequestedEnabled, string Result, string PreviousPolicyState, PolicyBlock Policy);

/// <summary>The reply of <c>events/inject</c>.</summary>
public sealed record InjectResult(int Accepted, int Rejected, IReadOnlyList<InjectedEvent> Results, int QueueDepth);

/// <summary>The reply of <c>mappings/apply</c>.</summary>
public sealed record ApplyResult(
    string Result, string? PreviousMappingProfileId, string ActiveMappingProfileId, uint ActiveMappingRevision, long AppliedAtUs, long CutoverTick);

/// <summary>What the input endpoints do (§13), each carried out between two ticks.</summary>
public static class InputOperations
{
    /// <summary>The session's devices.</summary>
    public static Task<IReadOnlyList<InputDevice>> DevicesAsync(Session session) =>
        WithMachine(session, () => session.Input.Devices.All);

    /// <summary>Injects a batch.</summary>
    /// <exception cref="EngineException">See the endpoint's codes.</exception>
    public static Task<InjectResult> InjectAsync(Session session, string browser, IReadOnlyList<HostEvent> events) => WithMachine(session, () =>
    {
        var input = session.Input;
        input.Policy.CheckInject(browser);
        foreach (var host in events)
        {
            input.Devices.Announce(host);
        }

        var results = input.Inject(browser, events);
        return new InjectResult(results.Count, 0, results, input.QueueDepth);
    });

    /// <summary>The capture state as a browser session sees it.</summary>
    public static Task<CaptureState> CaptureStateAsync(Session session, string browser) => WithPolicy(session, browser, "capture_state", () =>
    {
        session.Input.Policy.Admit(browser, "capture_state", onlyLooking: true);
        return StateOf(session.Input.Policy, applied: false);
    });

    /// <summary>Enables, chooses the mode, sets the escape sequence, and carries out a signal of the page (R64).</summary>
    public static Task<CaptureState> ConfigureAsync(
        Session session, string browser, bool enabled, string mode, EscapeRelease? escape, string? action) =>
        WithPolicy(session, browser, action ?? "capture_config", () =>
        {
            var input = session.Input;
            var policy = input.Policy;
            policy.Admit(browser, action ?? "capture_config");
            if (action is not null)
            {
                InputPolicy.CheckAction(action, mode);
            }

            string before = policy.Block.State;
            bool changed = policy.SetMode(mode);
            if (escape is not null && !IsSame(escape, policy.Escape))
            {
                policy.Escape = escape;
                changed = true;
            }

            var outcome = policy.SetEnabled(browser, enabled, "capture_config");
            if (action is not null)
            {
                outcome = policy.Act(browser, action);
            }

            bool applied = outcome.Applied || changed;
            input.PublishPolicy(browser, outcome with { Applied = applied, Before = before }, action ?? "capture_config", enabled);
            return StateOf(policy, applied);
        });

    /// <summary>Lets go (<c>explicit_release</c>).</summary>
    public static Task<ReleaseResult> ReleaseAsync(Session session, string browser, string? reason) =>
        WithPolicy(session, browser, "explicit_release", () =>
        {
            var input = session.Input;
            input.Policy.Admit(browser, "explicit_release");
            var outcome = input.Policy.ReleaseExplicitly(reason);
            input.PublishPolicy(browser, outcome, "explicit_release", null);
            return new ReleaseResult(outcome.Applied ? "released" : "no_op", input.Policy.CaptureActive, RuntimeClock.NowUs, input.Policy.Block);
        });

    /// <summary>Enables or disables input.</summary>
    public static Task<EnableResult> SetEnabledAsync(Session session, string browser, bool enabled, string? reason) =>
        WithPolicy(session, browser, enabled ? "enable" : "disable", () =>
        {
            var input = session.Input;
            input.Policy.Admit(browser, enabled ? "enable" : "disable");
            var outcome = input.Policy.SetEnabled(browser, enabled, reason);
            input.PublishPolicy(browser, outcome, enabled ? "enable" : "disable", enabled);
            var policy = outcome.Applied ? input.Policy.Block : input.Policy.Block with { Reason = outcome.Reason };
            return new EnableResult(enabled, outcome.Result, outcome.Before, policy);
        });

    /// <summary>The active profile.</summary>
    /// <exception cref="EngineException"><c>INPUT_MAPPING_NOT_FOUND</c> when the session has none.</exception>
    public static Task<MappingProfile> ActiveAsync(Session session) => WithMachine(session, () => Active(session));

    /// <summary>Makes a profile active.</summary>
    public static Task<ApplyResult> ApplyAsync(Session session, string id, uint? expectedRevision)
    {
        var profile = session.Mappings.Get(id, session.Machine);
        MappingStore.CheckRevision(profile, expectedRevision);
        return WithMachine(
            session,
            () =>
            {
                var previous = session.Input.Mapping;
                bool same = previous is not null && string.Equals(previous.MappingProfileId, id, StringComparison.Ordinal)
                    && previous.Revision == profile.Revision;
                if (!same)
                {
                    session.Input.Use(profile);
                }

                return new ApplyResult(
                    same ? "no_op" : "applied", previous?.MappingProfileId, id, profile.Revision, RuntimeClock.NowUs, session.Host.Tick);
            },
            onlyRunning: true);
    }

    /// <summary>Loads a profile into a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="id">The profile's id.</param>
    /// <param name="replace">False: only if the session has none.</param>
    public static Task<(bool Applied, MappingProfile Profile)> LoadAsync(Session session, string id, bool replace)
    {
        var profile = session.Mappings.Get(id, session.Machine);
        return WithMachine(session, () =>
        {
            bool applies = replace || session.Input.Mapping is null;
            if (applies)
            {
                session.Input.Use(profile);
            }

            return (applies, profile);
        });
    }

    /// <summary>Changes entries of the active profile by their host control, on the card and in the session.</summary>
    public static async Task<(MappingProfile Before, MappingProfile After, int Updated)> UpdateActiveAsync(
        Session session, IReadOnlyList<MappingEntry> patch)
    {
        var active = await ActiveAsync(session);
        int updated = 0;
        var (before, after) = session.Mappings.Change(active.MappingProfileId, session.Machine, null, profile =>
        {
            var entries = profile.Entries.ToList();
            foreach (var entry in patch)
            {
                updated += Upsert(entries, entry) ? 1 : 0;
            }

            return profile with { Entries = entries };
        });
        await RefreshAsync(session, after);
        return (before, after, updated);
    }

    /// <summary>Makes a session that uses a profile use its new revision.</summary>
    public static Task<bool> RefreshAsync(Session session, MappingProfile profile) => session.Ask(() =>
    {
        bool uses = string.Equals(session.Input.Mapping?.MappingProfileId, profile.MappingProfileId, StringComparison.Ordinal)
            && string.Equals(session.Machine, profile.Machine, StringComparison.Ordinal);
        if (uses)
        {
            session.Input.Use(profile);
        }

        return uses;
    });

    /// <summary>Whether a session's active profile is this one.</summary>
    public static Task<bool> UsesAsync(Session session, string id) =>
        session.Ask(() => string.Equals(session.Input.Mapping?.MappingProfileId, id, StringComparison.Ordinal));

    private static bool Upsert(List<MappingEntry> entries, MappingEntry entry)
    {
        int at = entry.EntryId.Length > 0
            ? entries.FindIndex(old => string.Equals(old.EntryId, entry.EntryId, StringComparison.Ordinal))
            : entries.FindIndex(old => old.Host.IsSameAs(entry.Host));
        if (at < 0)
        {
            string id = entry.EntryId.Length > 0 ? entry.EntryId : $"{entry.Host.DeviceType}.{entry.Host.Code}.{entries.Count}";
            entries.Add(entry with { EntryId = id });
            return true;
        }

        var changed = entry with { EntryId = entries[at].EntryId };
        bool same = Streams.EngineJson.Bytes(changed).AsSpan().SequenceEqual(Streams.EngineJson.Bytes(entries[at]));
        entries[at] = changed;
        return !same;
    }

    private static MappingProfile Active(Session session) => session.Input.Mapping ?? throw new EngineException(
        ErrorCode.InputMappingNotFound, "The session has no mapping profile; load one with POST input/mappings/load.",
        ErrorDetails.Of(("mapping_profile_id", null)));

    // R66: running or paused, apply running only; otherwise the session counts as not running.
    private static Task<T> WithMachine<T>(Session session, Func<T> work, bool onlyRunning = false)
    {
        bool Fits() => session.State == LifecycleState.Running || (!onlyRunning && session.State == LifecycleState.Paused);
        if (!Fits())
        {
            throw session.NotRunning();
        }

        return session.Ask(() => Fits() ? work() : throw session.NotRunning());
    }

    private static Task<T> WithPolicy<T>(Session session, string browser, string action, Func<T> work)
    {
        bool Fits() => session.State is LifecycleState.Running or LifecycleState.Paused;
        if (!Fits())
        {
            throw InputPolicy.SessionInvalid(session.Id, browser, action);
        }

        return session.Ask(() => Fits() ? work() : throw InputPolicy.SessionInvalid(session.Id, browser, action));
    }

    private static bool IsSame(EscapeRelease a, EscapeRelease b) =>
        a.Enabled == b.Enabled && a.TimeoutMs == b.TimeoutMs && a.Sequence.SequenceEqual(b.Sequence, StringComparer.Ordinal);

    private static CaptureState StateOf(InputPolicy policy, bool applied) => new(
        policy.Enabled, policy.CaptureMode, policy.CaptureActive, policy.Block, policy.Escape, applied ? "applied" : "no_op");
}
