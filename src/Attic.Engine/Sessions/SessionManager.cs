using Attic.Abi.AtariXl;
using Attic.Engine.Errors;
using Attic.Engine.Input;

namespace Attic.Engine.Sessions;

/// <summary>
/// The sessions of an engine: a slot each, one by default. A stopped session stays addressable until its slot is taken
/// again (R23).
/// </summary>
public sealed class SessionManager : IAsyncDisposable
{
    private readonly ISessionResources _resources;
    private readonly Session?[] _slots;
    private readonly Lock _gate = new();
    private readonly bool _unpaced;
    private readonly Func<ISioGuest>? _makeFujiNet;
    private long _starting;

    /// <summary>An engine without sessions.</summary>
    /// <param name="resources">Card, catalogs and modules.</param>
    /// <param name="mappings">The card's mapping profiles.</param>
    /// <param name="slots">Sessions at a time.</param>
    /// <param name="unpaced">Whether machines run as fast as they can; for tests.</param>
    /// <param name="makeFujiNet">Makes a FujiNet for a session's serial socket; it throws <see cref="IOException"/> when it cannot. Null for none.</param>
    public SessionManager(ISessionResources resources, MappingStore mappings, int slots = 1, bool unpaced = false, Func<ISioGuest>? makeFujiNet = null)
    {
        _makeFujiNet = makeFujiNet;
        (_resources, Mappings, _unpaced) = (resources, mappings, unpaced);
        _slots = new Session?[slots];
    }

    /// <summary>The card's mapping profiles.</summary>
    public MappingStore Mappings { get; }

    /// <summary>Card, catalogs and modules.</summary>
    public ISessionResources Resources => _resources;

    /// <summary>The sessions that occupy a slot, stopped ones included.</summary>
    public IReadOnlyList<Session> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _slots.OfType<Session>()];
            }
        }
    }

    /// <summary>The active session that was started last, or null.</summary>
    public Session? Current => All.Where(session => session.IsActive).MaxBy(session => session.StartedAtUs);

    /// <summary>Starts a session.</summary>
    /// <param name="request">What it is to be made of.</param>
    /// <param name="endpoint">The path asked for.</param>
    /// <exception cref="EngineException">
    /// <c>ENGINE_ALREADY_RUNNING</c> (G-START-01), <c>INVALID_SESSION_STATE</c> (G-COMMON-01), or a stage's code; the slot
    /// is then as it was.
    /// </exception>
    public async Task<Session> StartAsync(StartRequest request, string endpoint)
    {
        int slot = TakeSlot(endpoint);
        Session? before;
        Session session;
        try
        {
            var plan = _resources.Prepare(request);
            session = new Session(Identifiers.New("ses_"), plan, request, _resources, Mappings, _unpaced, _makeFujiNet);
            lock (_gate)
            {
                before = _slots[slot];
                _slots[slot] = session;
            }
        }
        finally
        {
            lock (_gate)
            {
                _starting &= ~(1L << slot);
            }
        }

        try
        {
            await session.StartAsync();
            return session;
        }
        catch (EngineException) when (session.State != LifecycleState.Faulted)
        {
            lock (_gate)
            {
                _slots[slot] = before;
            }

            throw;
        }
    }

    /// <summary>A session for a lifecycle action: stopped ones are found too.</summary>
    /// <exception cref="EngineException"><c>ENGINE_NOT_RUNNING</c>.</exception>
    public Session FindAny(string id) =>
        All.FirstOrDefault(session => string.Equals(session.Id, id, StringComparison.Ordinal)) ?? throw Session.NotRunning(id);

    /// <summary>An active session.</summary>
    /// <param name="id">Its id; null for the current one (R24).</param>
    /// <exception cref="EngineException"><c>ENGINE_NOT_RUNNING</c>.</exception>
    public Session FindActive(string? id)
    {
        var session = id is null ? Current : All.FirstOrDefault(each => string.Equals(each.Id, id, StringComparison.Ordinal));
        return session is { IsActive: true } ? session : throw Session.NotRunning(id);
    }

    /// <summary>Whether a file of the card is in a drive of some session.</summary>
    public bool IsAttached(string virtualPath) => All.Any(session => session.IsActive && Enumerable.Range(0, session.Media.Drives)
        .Select(session.Media.DiskIn).Append(session.Media.Cassette).Append(session.Media.Cartridge)
        .Any(medium => string.Equals(medium?.LocalPath, virtualPath, StringComparison.Ordinal)));

    /// <summary>Stops all sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var session in All.Where(session => session.IsActive))
        {
            try
            {
                await session.StopAsync("shutdown");
            }
            catch (EngineException) when (!session.IsActive || session.State == LifecycleState.Stopping)
            {
                // Someone else is stopping it.
                await session.FinishedAsync();
            }
        }
    }

    private int TakeSlot(string endpoint)
    {
        lock (_gate)
        {
            for (int slot = 0; slot < _slots.Length; slot++)
            {
                if ((_starting & (1L << slot)) == 0 && _slots[slot] is not { IsActive: true })
                {
                    _starting |= 1L << slot;
                    return slot;
                }
            }

            var busy = _slots.OfType<Session>().FirstOrDefault(session => session.State is LifecycleState.Starting or LifecycleState.Stopping);
            if (busy is not null || _starting != 0)
            {
                LifecycleGuard.RefuseTransitional(busy?.State ?? LifecycleState.Starting, endpoint, "start", [LifecycleState.Stopped]);
            }

            string? active = Current?.Id;
            throw new EngineException(
                ErrorCode.EngineAlreadyRunning, $"Session {active} is active; stop it first, or start the server with --sessions N.",
                ErrorDetails.Of(("session_id", active), ("guard_id", "G-START-01"), ("endpoint", endpoint)));
        }
    }
}
