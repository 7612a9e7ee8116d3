using Attic.Engine.Metrics;
using Attic.Engine.Streams;

namespace Attic.Engine.Sessions;

/// <content>What a session says about itself.</content>
public sealed partial class Session
{
    /// <summary>The status now; a machine that runs is asked between two instructions.</summary>
    public async Task<SessionStatus> StatusAsync() =>
        StatusOf(await MomentAsync());

    /// <summary>Counters and clocks now.</summary>
    public async Task<SessionMoment> MomentAsync()
    {
        if (_state is LifecycleState.Starting or LifecycleState.Stopping or LifecycleState.Stopped)
        {
            return _lastMoment;
        }

        try
        {
            return await Ask(Moment);
        }
        catch (Errors.EngineException) when (!IsActive)
        {
            return _lastMoment;
        }
    }

    /// <summary>Milliseconds since the start; 0 once stopped.</summary>
    public long UptimeMs => _state is LifecycleState.Stopped or LifecycleState.Starting ? 0 : (RuntimeClock.NowUs - StartedAtUs) / 1000;

    /// <summary>What went wrong last, or null.</summary>
    public SessionError? LastError => _lastError;

    /// <summary>Shows the present picture again, to a reader who came while the machine stands still.</summary>
    public void ShowFrame()
    {
        if (_state != LifecycleState.Running)
        {
            Try(() => _host?.ShowFrame());
        }
    }

    private SessionMoment Moment()
    {
        if (_host is not { } host)
        {
            return _lastMoment;
        }

        long stamp = host.StampUs;
        return new(
            host.Tick, host.Cycle, host.Machine.Now.Count, stamp, host.Clock.OriginUs, host.Clock.LastEmittedUs,
            host.Clock.Regressions, host.TimelineEpoch, _clock.ModeName);
    }

    private SessionStatus StatusOf(SessionMoment moment) => new(
        Id, Machine, Profile, _state.ApiName(), moment.RunMode, moment.SnapshotAtUs, UptimeMs, moment.CycleCounter,
        moment.TickCounter, moment.TimelineEpoch, LoadedModules,
        new RuntimeStatus(
            _plan.TickHz,
            new Dictionary<string, StreamPresence>(StringComparer.Ordinal)
            {
                ["video"] = StreamPresence.Of(Streams, StreamKind.Video),
                ["audio"] = StreamPresence.Of(Streams, StreamKind.Audio),
            },
            LastTransitionAtUs, _lastError, moment.TimestampOriginUs, moment.TimestampLastEmittedUs,
            moment.TimestampRegressions, moment.MasterCycles),
        new MountedMedia(Media.Rom?.Id, [.. Enumerable.Range(0, Media.Drives).Select(drive => Media.DiskIn(drive)?.Id)],
            [.. Enumerable.Range(0, Media.Drives).Select(drive => Media.MediumIn(drive)?.WriteProtected ?? false)], Media.Cartridge?.Id, Media.Cassette?.Id));

    private void PublishStatus()
    {
        if (!Streams.IsWatched(StreamKind.Engine))
        {
            return;
        }

        var status = StatusOf(_host is null ? _lastMoment : Moment());
        Streams.Post(StreamKind.Engine, new EventUnit("engine_status_update", RuntimeClock.NowUs, ("status", EngineJson.Bytes(status)))
        {
            WithDelivery = true,
        });
        PublishHealth();
    }

    private void PublishHealth()
    {
        var health = EngineHealth.Of(this, components: null);
        Streams.Post(StreamKind.Engine, new EventUnit("engine_health_update", RuntimeClock.NowUs, ("health", EngineJson.Bytes(health)))
        {
            WithDelivery = true,
        });
    }

    private void PublishPeriodic() => Try(PublishStatus);
}
