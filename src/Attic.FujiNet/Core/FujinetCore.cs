namespace Attic.FujiNet.Core;

/// <summary>
/// The FujiNet: transports, devices and events, driven by one thread that calls <see cref="Tick"/>. It knows no platform.
/// </summary>
public sealed class FujinetCore : IDisposable
{
    private readonly List<Action> _polls = [];

    /// <summary>Puts a core together.</summary>
    /// <param name="io">The transports' service.</param>
    /// <param name="routing">Who answers which request.</param>
    /// <param name="events">The events.</param>
    /// <param name="context">Brings work onto the core's thread.</param>
    public FujinetCore(IOService io, RoutingManager routing, EventHub events, CoreContext context)
    {
        IO = io;
        Routing = routing;
        Events = events;
        Context = context;
    }

    /// <summary>The transports' service.</summary>
    public IOService IO { get; }

    /// <summary>Who answers which request.</summary>
    public RoutingManager Routing { get; }

    /// <summary>The events.</summary>
    public EventHub Events { get; }

    /// <summary>Brings work onto the core's thread.</summary>
    public CoreContext Context { get; }

    /// <summary>Ticks since the start.</summary>
    public long TickCount { get; private set; }

    /// <summary>Whether a program asked for a restart; the platform ends the core once the answer is sent.</summary>
    public bool RestartRequested { get; private set; }

    /// <summary>Whether somebody asked for the end.</summary>
    public bool StopRequested { get; private set; }

    /// <summary>Adds something that is called once a tick.</summary>
    public void AddPoll(Action poll) => _polls.Add(poll);

    /// <summary>Takes out what <see cref="AddPoll"/> added. Not from within one.</summary>
    public void RemovePoll(Action poll) => _polls.Remove(poll);

    /// <summary>Asks the platform for a restart.</summary>
    public void RequestRestart() => RestartRequested = true;

    /// <summary>Asks the platform for the end.</summary>
    public void RequestStop() => StopRequested = true;

    /// <summary>Does everything that can be done now. Never blocks.</summary>
    /// <returns>Whether there may be more to do at once; otherwise wait for what <see cref="Interest"/> names.</returns>
    public bool Tick()
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Context);
        try
        {
            Context.Drain();
            bool more = IO.ServiceOnce();
            Routing.PollDevices();
            foreach (var poll in _polls)
            {
                poll();
            }

            TickCount++;
            return more || Context.HasWork;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>Collects what the next tick waits for.</summary>
    public void Interest(ReadinessSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (Context.HasWork)
        {
            set.SetReady();
        }

        IO.Interest(set);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IO.Dispose();
        Routing.Dispose();
    }
}
