using System.Text.Json.Serialization;
using Attic.Engine.Errors;
using Attic.Engine.Inspect;
using Attic.Engine.Sessions;

namespace Attic.Engine.Metrics;

/// <summary>One component's health (§5.3).</summary>
public sealed record ComponentHealth(
    string Component,
    string Status,
    string Severity,
    long ObservedAtUs,
    long? LastOkAtUs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ErrorCode = null);

/// <summary>The data of <c>engine/health</c> (§5.3, R31).</summary>
public sealed record EngineHealth(
    string? SessionId,
    string OverallStatus,
    string OverallSeverity,
    long GeneratedAtUs,
    int FreshnessTtlMs,
    string FreshnessState,
    IReadOnlyList<ComponentHealth> Components)
{
    private const int TtlMs = 1000;

    // What runs without a session: the server's own parts.
    private static readonly string[] ProcessComponents = ["storage", "streams", "catalog", "scheduler"];

    /// <summary>The health of a session's components, or of the process without one.</summary>
    /// <param name="session">The session, or null.</param>
    /// <param name="components">The components wanted; null for all.</param>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c> for a component that does not exist.</exception>
    public static EngineHealth Of(Session? session, IReadOnlyList<string>? components)
    {
        foreach (string name in components ?? [])
        {
            if (!InspectNames.ComponentsOf(session?.Machine).Contains(name, StringComparer.Ordinal))
            {
                throw new EngineException(
                    Errors.ErrorCode.BadRequest, $"There is no component '{name}'.",
                    new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["field"] = "components",
                        ["expected"] = string.Join(',', InspectNames.ComponentsOf(session?.Machine)),
                        ["actual"] = name,
                    });
            }
        }

        long now = RuntimeClock.NowUs;
        var names = components ?? (session is null ? ProcessComponents : InspectNames.ComponentsOf(session.Machine));
        ComponentHealth[] parts = [.. names.Select(name => Look(name, session, now))];
        var (status, severity) = Overall(parts);
        return new(session?.Id, status, severity, now, TtlMs, "fresh", parts);
    }

    private static ComponentHealth Look(string name, Session? session, long now)
    {
        if (ProcessComponents.Contains(name, StringComparer.Ordinal))
        {
            return Healthy(name, now);
        }

        return session switch
        {
            null => Unavailable(name, now, null, "no_active_session", "error"),
            { State: LifecycleState.Faulted } => Unavailable(name, now, session.LastTransitionAtUs, session.LastError?.Message ?? "faulted", "critical"),
            { State: LifecycleState.Stopped } => Unavailable(name, now, session.LastTransitionAtUs, "session_stopped", "error"),
            _ => Healthy(name, now),
        };
    }

    private static ComponentHealth Healthy(string name, long now) => new(name, "healthy", "info", now, now);

    private static ComponentHealth Unavailable(string name, long now, long? lastOk, string reason, string severity) =>
        new(name, "unavailable", severity, now, lastOk, reason, Errors.ErrorCode.EngineSubsystemUnavailable.Code);

    private static (string Status, string Severity) Overall(ComponentHealth[] parts)
    {
        int healthy = parts.Count(part => string.Equals(part.Status, "healthy", StringComparison.Ordinal));
        return healthy == parts.Length ? ("healthy", "info") : healthy == 0 ? ("unavailable", "critical") : ("degraded", "warning");
    }
}
