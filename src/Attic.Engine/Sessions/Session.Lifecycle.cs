using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Engine.Errors;

namespace Attic.Engine.Sessions;

/// <summary>The reply of <c>engine/session/pause</c>.</summary>
public sealed record PauseResult(string SessionId, string State, long PausedAtUs);

/// <summary>The reply of <c>engine/session/resume</c>.</summary>
public sealed record ResumeResult(string SessionId, string State, long ResumedAtUs);

/// <summary>The reply of <c>engine/session/reset</c>.</summary>
public sealed record ResetResult(string SessionId, string State, string ResetMode, long ResetAtUs, bool PreserveMedia);

/// <summary>The reply of <c>engine/session/stop</c>.</summary>
public sealed record StopResult(string SessionId, string State, long StoppedAtUs);

/// <content>The transitions of §4.</content>
public sealed partial class Session
{
    /// <summary>Stands still.</summary>
    /// <param name="endpoint">The path asked for.</param>
    public Task<PauseResult> PauseAsync(string endpoint) => Control(LifecycleGuard.Pause, endpoint, () =>
    {
        EnterState(LifecycleState.Paused);
        return new PauseResult(Id, _state.ApiName(), LastTransitionAtUs);
    });

    /// <summary>Goes on, or from suspended only stays paused.</summary>
    /// <param name="toRunning">Whether the machine runs afterwards.</param>
    /// <param name="endpoint">The path asked for.</param>
    /// <exception cref="EngineException"><c>ENGINE_SUBSYSTEM_UNAVAILABLE</c> while a module is unloaded (R54).</exception>
    public Task<ResumeResult> ResumeAsync(bool toRunning, string endpoint) => Control(LifecycleGuard.Resume, endpoint, () =>
    {
        if (_missingComponent is not null)
        {
            throw MissingComponent();
        }

        EnterState(toRunning ? LifecycleState.Running : LifecycleState.Paused);
        return new ResumeResult(Id, _state.ApiName(), LastTransitionAtUs);
    });

    /// <summary>Resets the machine and runs.</summary>
    /// <param name="kind">Power-on or reset button.</param>
    /// <param name="preserveMedia">False: disks and cartridge come out (R25).</param>
    /// <param name="endpoint">The path asked for.</param>
    /// <param name="basic">An XL's: whether it starts with BASIC from now on; null for as it was.</param>
    /// <param name="fromCassette">An XL's: whether START and OPTION are held this once, so that it boots from the tape.</param>
    public async Task<ResetResult> ResetAsync(ResetKind kind, bool preserveMedia, string endpoint, bool? basic = null, bool fromCassette = false)
    {
        using var media = await Media.EnterAsync();
        var ejected = new List<IDisposable>();
        var result = await Control(LifecycleGuard.Reset, endpoint, () =>
        {
            if (!preserveMedia)
            {
                ejected.AddRange(Media.TakeAllOut());
            }

            if (basic is { } on && Host.Machine.Capability<IXlBootKeys>() is { } keys)
            {
                keys.AtPowerOn = on ? keys.AtPowerOn & ~XlConsoleKeys.Option : keys.AtPowerOn | XlConsoleKeys.Option;
            }

            Input.ReleaseAll("reset");
            Reset(kind, fromCassette);
            EnterState(LifecycleState.Running);
            return new ResetResult(Id, _state.ApiName(), kind == ResetKind.Cold ? "cold" : "warm", LastTransitionAtUs, preserveMedia);
        });
        ejected.ForEach(disk => disk.Dispose());
        return result;
    }

    private void Reset(ResetKind kind, bool fromCassette)
    {
        var keys = fromCassette ? Host.Machine.Capability<IXlBootKeys>() : null;
        var usual = keys?.AtPowerOn ?? XlConsoleKeys.None;
        if (keys is not null)
        {
            keys.AtPowerOn = usual | XlConsoleKeys.Start | XlConsoleKeys.Option;
        }

        Host.Reset(kind);
        if (keys is not null)
        {
            keys.AtPowerOn = usual;
        }
    }

    /// <summary>Ends the session: writes disks out, unloads the modules, joins the thread.</summary>
    /// <param name="endpoint">The path asked for.</param>
    public async Task<StopResult> StopAsync(string endpoint)
    {
        await Control(LifecycleGuard.Stop, endpoint, () =>
        {
            _input?.ReleaseAll("stop");
            EnterState(LifecycleState.Stopping);
            _ending = true;
            return true;
        });
        await _finished.Task;
        return new(Id, LifecycleState.Stopped.ApiName(), StoppedAtUs);
    }

    /// <summary>Carries out what a guard allows, on the machine's thread.</summary>
    internal async Task<T> Control<T>(LifecycleGuard guard, string endpoint, Func<T> work)
    {
        // Starting and stopping sessions don't answer their mailbox, stopped ones have none: refuse here what they would.
        if (_state is LifecycleState.Starting or LifecycleState.Stopping or LifecycleState.Stopped)
        {
            guard.Check(_state, endpoint);
        }

        try
        {
            return await Ask(() =>
            {
                guard.Check(_state, endpoint);
                return work();
            });
        }
        catch (EngineException ended) when (ended.Code == ErrorCode.EngineNotRunning && _state == LifecycleState.Stopped)
        {
            guard.Check(_state, endpoint);
            throw;
        }
    }
}
