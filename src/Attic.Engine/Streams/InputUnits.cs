namespace Attic.Engine.Streams;

/// <summary>Which input events a connection asked for (§13).</summary>
internal static class InputUnits
{
    public const string Translated = "input_translated";
    public const string Diagnostics = "input_diagnostics";
    public const string CaptureState = "input_capture_state";
    public const string PolicyChanged = "input_policy_changed";

    /// <summary>Whether <paramref name="connection"/> wants <paramref name="unit"/>; other streams want all of theirs.</summary>
    public static bool Passes(StreamConnection connection, EventUnit unit)
    {
        if (connection.Kind != StreamKind.Input)
        {
            return true;
        }

        if (connection.Settings is not InputSettings settings)
        {
            return false;
        }

        bool mine = settings.BrowserSessionId is null || unit.BrowserSessionId is null
            || string.Equals(settings.BrowserSessionId, unit.BrowserSessionId, StringComparison.Ordinal);
        return mine && unit.Type switch
        {
            Translated => settings.VirtualEvents,
            Diagnostics => settings.Diagnostics,
            _ => settings.PolicyEvents,
        };
    }
}
