namespace Attic.Engine.Sessions;

/// <summary>Where a session stands (§4).</summary>
public enum LifecycleState
{
    /// <summary>Over; its thread is gone, its id stays addressable until the next start (R23).</summary>
    Stopped,

    /// <summary>Being built.</summary>
    Starting,

    /// <summary>The machine runs, or in single step waits to be stepped.</summary>
    Running,

    /// <summary>The machine stands still; everything is in memory.</summary>
    Paused,

    /// <summary>Saved to a file and standing still.</summary>
    Suspended,

    /// <summary>The machine threw; only stop is possible.</summary>
    Faulted,

    /// <summary>Being taken down.</summary>
    Stopping,
}

/// <summary>Names of the enums as the API prints them.</summary>
public static class ApiNames
{
    /// <summary>The state in lower case.</summary>
    public static string ApiName(this LifecycleState state) => state switch
    {
        LifecycleState.Stopped => "stopped",
        LifecycleState.Starting => "starting",
        LifecycleState.Running => "running",
        LifecycleState.Paused => "paused",
        LifecycleState.Suspended => "suspended",
        LifecycleState.Faulted => "faulted",
        _ => "stopping",
    };
}
