using Attic.Abi.Modules;
using Attic.Engine.Errors;
using Attic.Engine.Modules;

namespace Attic.Engine.Snapshots;

/// <summary>A rule of the compatibility matrix and how it went.</summary>
/// <param name="RuleId">RCOMP-01 to 04.</param>
/// <param name="Result">pass or fail.</param>
public sealed record EvaluatedRule(string RuleId, string Result);

/// <summary>The outcome of <c>restore_compatibility_matrix_v1</c>.</summary>
/// <param name="Rules">The rules up to the first failure, in their order.</param>
/// <param name="FailedRuleId">The one that failed, or null.</param>
/// <param name="SourceValue">What the snapshot has.</param>
/// <param name="RuntimeValue">What the session has.</param>
public sealed record RestoreVerdict(IReadOnlyList<EvaluatedRule> Rules, string? FailedRuleId, string? SourceValue, string? RuntimeValue)
{
    /// <summary>Whether the snapshot may be restored.</summary>
    public bool Compatible => FailedRuleId is null;

    /// <summary>Refuses a snapshot that may not.</summary>
    /// <exception cref="EngineException"><c>SNAPSHOT_INCOMPATIBLE</c>.</exception>
    public void Demand(string? guard = null)
    {
        if (Compatible)
        {
            return;
        }

        throw new EngineException(
            ErrorCode.SnapshotIncompatible, $"The snapshot has {SourceValue}, the session {RuntimeValue} ({FailedRuleId}).",
            ErrorDetails.Of(("rule_id", FailedRuleId), ("guard_id", guard ?? FailedRuleId), ("source_value", SourceValue), ("runtime_value", RuntimeValue)));
    }
}

/// <summary>Whether a snapshot may be restored into a session (§15): the rules in their order, up to the first failure.</summary>
public static class RestoreRules
{
    /// <summary>Holds a snapshot against a session.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="profile">The session's profile.</param>
    /// <param name="modules">The session's modules.</param>
    public static RestoreVerdict Evaluate(SnapshotHeader snapshot, string profile, IReadOnlyList<LoadedModule> modules)
    {
        (string Id, string Source, string Runtime)[] rules =
        [
            ("RCOMP-01", $"schema {snapshot.SchemaVersion}", $"schema {SnapshotHeader.CurrentSchema}"),
            ("RCOMP-02", snapshot.Profile, profile),
            ("RCOMP-03", snapshot.Abi.Engine, AbiVersion.StateLayout),
            ("RCOMP-04", ModulesOf(snapshot.Abi.Modules), ModulesOf(snapshot.Abi.Modules, modules)),
        ];
        var evaluated = new List<EvaluatedRule>();
        foreach (var (id, source, runtime) in rules)
        {
            bool pass = string.Equals(source, runtime, StringComparison.Ordinal);
            evaluated.Add(new(id, pass ? "pass" : "fail"));
            if (!pass)
            {
                return new(evaluated, id, source, runtime);
            }
        }

        return new(evaluated, null, null, null);
    }

    private static string ModulesOf(IReadOnlyDictionary<string, string> modules) =>
        string.Join(", ", modules.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}@{pair.Value}"));

    private static string ModulesOf(IReadOnlyDictionary<string, string> wanted, IReadOnlyList<LoadedModule> modules) => ModulesOf(
        wanted.ToDictionary(
            pair => pair.Key,
            pair => modules.FirstOrDefault(module => string.Equals(module.ModuleId, pair.Key, StringComparison.Ordinal))?.StateLayoutVersion ?? "absent",
            StringComparer.Ordinal));
}
