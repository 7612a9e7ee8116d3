using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Engine.Errors;
using Attic.Engine.Machines;
using Attic.Engine.Snapshots;

namespace Attic.Engine.Sessions;

/// <content>Modules come and go while the machine's state stays (§11, R54).</content>
public sealed partial class Session
{
    private IReadOnlyList<StateBlock>? _releasedState;
    private MachineConfiguration? _releasedConfiguration;
    private string? _missingComponent;

    /// <inheritdoc/>
    public async Task SwapMachineAsync(Func<MachineConfiguration, BuiltMachine> build, IReadOnlyDictionary<string, string> overrides)
    {
        using var turn = await Media.EnterAsync();
        var old = await Control(LifecycleGuard.Active.For("ebin_load"), "/api/v2/ebins/load", () => Swap(build, overrides));
        old?.Dispose();
    }

    /// <inheritdoc/>
    public async Task ReleaseMachineAsync(string component)
    {
        using var turn = await Media.EnterAsync();
        var owner = await Control(LifecycleGuard.Active.For("ebin_unload"), "/api/v2/ebins/unload", () =>
        {
            if (_state == LifecycleState.Running)
            {
                EnterState(LifecycleState.Paused);
            }

            Release(component);
            var released = _owner;
            _owner = null;
            return released;
        });
        owner?.Dispose();
    }

    private IDisposable? Swap(Func<MachineConfiguration, BuiltMachine> build, IReadOnlyDictionary<string, string> overrides)
    {
        var configuration = _releasedConfiguration ?? Host.Machine.Configuration;
        var state = _releasedState ?? StateCollector.Collect(Host.Machine);
        var built = build(configuration);
        try
        {
            if (_host is { } host)
            {
                Media.CheckFits(built.Machine);
                Media.MoveTo(host.Machine, built.Machine);
                try
                {
                    NamedStateLoader.Load(built.Machine, state);
                }
                catch
                {
                    Media.MoveTo(built.Machine, host.Machine);
                    NamedStateLoader.Load(host.Machine, state);
                    throw;
                }
            }
            else
            {
                Media.PutInto(built.Machine);
                NamedStateLoader.Load(built.Machine, state);
            }
        }
        catch (SnapshotMismatchException mismatch)
        {
            built.Dispose();
            throw new EngineException(
                ErrorCode.InternalError, $"The module does not take over the machine's state: {mismatch.Message}",
                ErrorDetails.Of(("failed_stage", "init"), ("reason", mismatch.Message)), inner: mismatch);
        }
        catch
        {
            built.Dispose();
            throw;
        }

        var old = _owner;
        (_host?.Machine as IDisposable)?.Dispose();
        (_releasedState, _releasedConfiguration, _missingComponent) = (null, null, null);
        ModuleOverrides = overrides;
        Adopt(new(built.Machine, built.LoadedModules, built), newTimeline: false);
        Reanchor();
        return old;
    }

    private void Release(string component)
    {
        Input.ReleaseAll("ebin_unload");
        _missingComponent = component;
        _releasedConfiguration = Host.Machine.Configuration;
        _releasedState = StateCollector.Collect(Host.Machine);
        _modules = [.. _modules.Where(module => !string.Equals(module.Component, component, StringComparison.Ordinal))];
        _lastMoment = Moment();
        Media.LeaveMachine(Host.Machine);
        (Host.Machine as IDisposable)?.Dispose();
        _input!.Attach(null);
        _host = null;
    }

    private EngineException MissingComponent() => new(
        ErrorCode.EngineSubsystemUnavailable, $"The module of {_missingComponent} was unloaded; load one with POST ebins/load.",
        ErrorDetails.Of(("component", _missingComponent), ("session_id", Id)));
}
