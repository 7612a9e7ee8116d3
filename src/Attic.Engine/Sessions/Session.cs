using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Engine.Debug;
using Attic.Engine.Errors;
using Attic.Engine.Input;
using Attic.Engine.Modules;
using Attic.Engine.Streams;

namespace Attic.Engine.Sessions;

/// <summary>
/// One machine and the thread that owns it. Everyone else asks: requests wait in a bounded mailbox and are carried out
/// between two instructions; what the machine makes is published and never waited for.
/// </summary>
public sealed partial class Session : IModuleSession
{
    private readonly PreparedMachine _plan;
    private readonly StartRequest _request;
    private readonly ISessionResources _resources;
    private readonly Mailbox _mailbox = new();
    private readonly Thread _thread;
    private readonly TaskCompletionSource _booted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DebugClock _clock = new();
    private readonly bool _unpaced;

    private MachineHost? _host;
    private InputRouter? _input;
    private IDisposable? _owner;
    private bool _ending;
    private volatile LifecycleState _state = LifecycleState.Starting;
    private volatile SessionError? _lastError;
    private volatile SessionMoment _lastMoment = new(0, 0, 0, 0, 0, 0, 0, 0, "realtime");
    private volatile IReadOnlyList<LoadedModule> _modules = [];
    private long _lastTransitionAtUs = RuntimeClock.NowUs;

    internal Session(string id, PreparedMachine plan, StartRequest request, ISessionResources resources, MappingStore mappings, bool unpaced, Func<ISioGuest>? makeFujiNet = null)
    {
        (Id, _plan, _request, _resources, Mappings, _unpaced) = (id, plan, request, resources, mappings, unpaced);
        ModuleOverrides = request.ModuleOverrides;
        Media = new MediaBay(this, resources, makeFujiNet);
        Streams = new SessionStreams(id, request.Streams)
        {
            OnSecond = PublishPeriodic,
            OnFiltersChanged = () => Try(() => _host?.ApplyFilters()),
            OnBrowserGone = browser => Try(() => _input?.BrowserGone(browser)),
        };
        _thread = new Thread(Run) { Name = "attic-machine", IsBackground = true };
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>The machine's id.</summary>
    public string Machine => _plan.Machine;

    /// <summary>The profile's id.</summary>
    public string Profile => _plan.Profile;

    /// <summary>What the start resolved.</summary>
    public PreparedMachine Plan => _plan;

    /// <summary>What it was started with.</summary>
    public StartRequest Request => _request;

    /// <summary>Where it stands.</summary>
    public LifecycleState State => _state;

    /// <summary>Whether it occupies its slot.</summary>
    public bool IsActive => _state != LifecycleState.Stopped;

    /// <summary>Its modules in the order of the profile.</summary>
    public IReadOnlyList<LoadedModule> LoadedModules => _modules;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> ModuleOverrides { get; private set; }

    /// <summary>What its machine was built from; null before the start.</summary>
    public MachineConfiguration? Configuration { get; private set; }

    /// <summary>The clocks of its machine.</summary>
    public SessionTiming? Timing { get; private set; }

    /// <summary>Its streams.</summary>
    public SessionStreams Streams { get; }

    /// <summary>Its ROM, disks and cartridge.</summary>
    public MediaBay Media { get; }

    /// <summary>When it was started, R-clock.</summary>
    public long StartedAtUs { get; private set; }

    /// <summary>When it stopped, R-clock; 0 before.</summary>
    public long StoppedAtUs { get; private set; }

    /// <summary>When its state last changed, R-clock.</summary>
    public long LastTransitionAtUs => Interlocked.Read(ref _lastTransitionAtUs);

    /// <summary>The mapping profiles of the card.</summary>
    internal MappingStore Mappings { get; }

    /// <summary>Its run mode and history. Machine thread.</summary>
    internal DebugClock Clock => _clock;

    /// <summary>The machine and its clocks. Machine thread.</summary>
    internal MachineHost Host => _host ?? throw (_missingComponent is null ? NotRunning() : MissingComponent());

    /// <summary>Its input. Machine thread.</summary>
    internal InputRouter Input => _input ?? throw NotRunning();

    /// <summary>Completes when the thread has ended.</summary>
    internal Task FinishedAsync() => _finished.Task;

    /// <summary>Has work done on the machine's thread.</summary>
    /// <exception cref="EngineException"><c>ENGINE_NOT_RUNNING</c> when the session ends first; otherwise what the work throws.</exception>
    public Task<T> Ask<T>(Func<T> work) => _mailbox.Ask(work);

    /// <summary>Starts the thread and waits until the machine runs.</summary>
    internal async Task StartAsync()
    {
        _thread.Start();
        await _booted.Task;
    }

    /// <summary>The refusal of everything that needs a session.</summary>
    internal EngineException NotRunning() => NotRunning(Id);

    /// <summary>The refusal of everything that needs a session.</summary>
    /// <param name="id">The id asked for, or null.</param>
    public static EngineException NotRunning(string? id) => new(
        ErrorCode.EngineNotRunning,
        id is null ? "No session is active; start one with POST engine/session." : $"Session {id} is not active.",
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["session_id"] = id });

    private void Run()
    {
        if (Boot())
        {
            Live();
        }

        ShutDown();
    }

    private bool Boot()
    {
        try
        {
            var rom = _resources.Read(_plan.Media.EffectiveRom);
            var instance = _plan.Build(rom, ModuleOverrides);
            Adopt(instance, newTimeline: true);
            Media.InsertFirst(_plan.Media);
            StartedAtUs = RuntimeClock.NowUs;
            _input!.Begin(_request.Input);
            _host!.Pacer.Anchor(_host.Machine.Now, 1);
            if (_request.SingleStep)
            {
                _clock.Change(RunMode.SingleStep, ratio: null);
            }

            EnterState(LifecycleState.Running);
            _booted.SetResult();
            return true;
        }
        catch (EngineException refusal)
        {
            // Nothing of the session remains; whoever started it learns why.
            _booted.SetException(refusal);
            return false;
        }
        catch (Exception failure)
        {
            // The machine itself failed: the session stays, faulted, until it is stopped.
            Fault(failure);
            _booted.SetException(new EngineException(
                ErrorCode.InternalError, $"The machine did not start: {failure.Message}",
                ErrorDetails.Of(("session_id", Id), ("check_id", "RST-SEQ-04")), inner: failure));
            return true;
        }
    }

    private void Adopt(MachineInstance instance, bool newTimeline)
    {
        _owner = instance.Owner;
        _modules = instance.Modules;
        Timing = SessionTiming.Of(instance.Machine);
        Configuration = instance.Machine.Configuration;
        if (_host is null)
        {
            _host = new MachineHost(instance.Machine, Streams, _lastMoment.TimelineEpoch);
            _host.ApplyFilters();
        }
        else
        {
            _host.Replace(instance.Machine, newTimeline);
        }

        _input ??= new InputRouter(this);
        _input.Attach(instance.Machine.Capability<IInputPort>());
    }

    private void Live()
    {
        while (!_ending)
        {
            _mailbox.RunAll();
            if (_ending)
            {
                return;
            }

            if (_state != LifecycleState.Running || _clock.Mode == RunMode.SingleStep)
            {
                _mailbox.Wait(Timeout.Infinite);
                continue;
            }

            int early = _unpaced ? 0 : _host!.Pacer.MillisecondsUntil(_host.Machine.Now);
            if (early > 0)
            {
                _mailbox.Wait(early);
                continue;
            }

            RunSlice();
        }
    }

    private void RunSlice()
    {
        try
        {
            if (_clock.Mode == RunMode.Realtime && _breakpoints.Any)
            {
                RunFrameToBreakpoint();
            }
            else if (_clock.Mode == RunMode.Realtime)
            {
                _host!.RunFrame();
            }
            else
            {
                _host!.RunTicks(SlowTicks(), muted: true);
            }

            _input!.AfterSlice();
        }
        catch (Exception failure)
        {
            Fault(failure);
        }
    }

    // About a fiftieth of a second of the host's time; an instruction takes some eight cycles.
    private int SlowTicks() => (int)Math.Max(1, _host!.Machine.NominalFrameCycles * _clock.Ratio / 8);

    private void Fault(Exception failure)
    {
        _lastError = new(ErrorCode.InternalError.Code, failure.Message, RuntimeClock.NowUs);
        EnterState(LifecycleState.Faulted);
    }

    private void EnterState(LifecycleState state)
    {
        _state = state;
        Interlocked.Exchange(ref _lastTransitionAtUs, RuntimeClock.NowUs);
        if (_host is not null)
        {
            _lastMoment = Moment();
        }

        if (state is LifecycleState.Running && _host is not null)
        {
            Reanchor();
        }

        PublishStatus();
    }

    private void Reanchor() => _host!.Pacer.Anchor(_host.Machine.Now, _clock.Ratio > 0 ? _clock.Ratio : 1);

    // Runs at the very end of the thread: whatever still holds the machine's code is let go here.
    private void ShutDown()
    {
        Media.CloseAll();
        (_host?.Machine as IDisposable)?.Dispose();
        _host = null;
        _input = null;
        _owner?.Dispose();
        _owner = null;
        StoppedAtUs = RuntimeClock.NowUs;
        _state = LifecycleState.Stopped;
        Interlocked.Exchange(ref _lastTransitionAtUs, StoppedAtUs);
        _mailbox.Close(NotRunning());
        PublishStatus();
        Streams.Dispose();
        _finished.SetResult();
    }

    // Work that nobody waits for and that is pointless once the session is over.
    private void Try(Action work)
    {
        if (_state is LifecycleState.Stopped or LifecycleState.Stopping)
        {
            return;
        }

        _ = Ask(() =>
        {
            work();
            return true;
        }).ContinueWith(
            task => _lastError = new(ErrorCode.InternalError.Code, task.Exception!.GetBaseException().Message, RuntimeClock.NowUs),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
