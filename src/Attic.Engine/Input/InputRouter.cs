using System.Text.Json.Nodes;
using Attic.Abi.Machines;
using Attic.Engine.Errors;
using Attic.Engine.Sessions;
using Attic.Engine.Streams;

namespace Attic.Engine.Input;

/// <summary>What became of one injected event.</summary>
/// <param name="EventId">The client's id.</param>
/// <param name="Status"><c>injected</c>, or <c>unmapped</c> when the active profile has nothing for it.</param>
/// <param name="Tick">The tick before which it took effect.</param>
/// <param name="Cycle">The processor cycle.</param>
public sealed record InjectedEvent(string EventId, string Status, long Tick, long Cycle);

/// <summary>
/// Turns host events into movements of the machine's controls by the active mapping profile, keeps track of what is held
/// down, and tells the input stream. Machine thread.
/// </summary>
internal sealed class InputRouter
{
    private const int TurboSlices = 3;
    private const double AxisThreshold = 0.5;
    private const string LifecycleBrowser = "";

    private readonly Session _session;
    private readonly Dictionary<(string DeviceType, string Code), List<Binding>> _bindings = [];
    private readonly Dictionary<int, Binding> _held = [];
    private readonly List<int> _turbo = [];
    private readonly Dictionary<string, Sequences> _sequences = new(StringComparer.Ordinal);
    private IInputPort? _port;
    private int _slices;
    private bool _turboDown;
    private int _escapeProgress;
    private long _escapeStartedUs;
    private (long Tick, long Cycle) _lastEvent;

    public InputRouter(Session session)
    {
        _session = session;
        Policy = new InputPolicy(session.Id);
    }

    public InputPolicy Policy { get; }

    /// <summary>The devices that events came from.</summary>
    public InputDevices Devices { get; } = new();

    /// <summary>The active mapping profile, or null.</summary>
    public MappingProfile? Mapping { get; private set; }

    /// <summary>Bytes or events that the machine has not taken yet.</summary>
    public int QueueDepth => _port?.Pending ?? 0;

    /// <summary>Connects the controls of a machine, or of the one that replaces it.</summary>
    public void Attach(IInputPort? port)
    {
        _held.Clear();
        _turbo.Clear();
        _port = port;
        Bind();
    }

    /// <summary>Takes the values of a session's start.</summary>
    public void Begin(InputDefaults defaults)
    {
        Policy.Begin(defaults);
        string id = MappingStore.DefaultFor(_session.Machine);
        Mapping = _session.Mappings.List(_session.Machine)
            .FirstOrDefault(profile => string.Equals(profile.MappingProfileId, id, StringComparison.Ordinal));
        Bind();
    }

    /// <summary>Makes a profile the active one, between two ticks.</summary>
    public void Use(MappingProfile profile)
    {
        ReleaseAll("mapping_changed");
        Mapping = profile;
        Bind();
    }

    /// <summary>Injects events in their order, at successive ticks while the machine runs.</summary>
    public IReadOnlyList<InjectedEvent> Inject(string browser, IReadOnlyList<HostEvent> events)
    {
        var results = new List<InjectedEvent>(events.Count);
        for (int i = 0; i < events.Count; i++)
        {
            if (i > 0)
            {
                _session.TickForInput();
            }

            bool mapped = Translate(browser, events[i]);
            results.Add(new(events[i].EventId, mapped ? "injected" : "unmapped", _session.Host.Tick, _session.Host.Cycle));
            LookForEscape(browser, events[i]);
        }

        PublishDiagnostics(browser);
        return results;
    }

    /// <summary>Lets go of everything that is held (R67).</summary>
    public void ReleaseAll(string reason)
    {
        foreach (var (control, binding) in _held.ToArray())
        {
            _port?.Apply(control, InputPhase.Release, 0);
            Publish(Policy.Owner ?? LifecycleBrowser, null, binding, InputPhase.Release, reason);
        }

        _held.Clear();
        _turbo.Clear();
    }

    /// <summary>Presses and lets go of what has the turbo flag.</summary>
    public void AfterSlice()
    {
        if (_turbo.Count == 0 || ++_slices % TurboSlices != 0)
        {
            return;
        }

        _turboDown = !_turboDown;
        foreach (int control in _turbo)
        {
            _port?.Apply(control, _turboDown ? InputPhase.Press : InputPhase.Release, 0);
        }
    }

    /// <summary>A browser session's last connection closed.</summary>
    public void BrowserGone(string browser)
    {
        string before = Policy.Block.State;
        if (Policy.OwnerGone(browser))
        {
            ReleaseAll("owner_disconnected");
            PublishPolicy(browser, new(true, before, "owner_disconnected"), "owner_disconnected", null);
        }
    }

    /// <summary>Tells the input stream what a policy request led to; each request tells once, no_op included (R68).</summary>
    public void PublishPolicy(string browser, PolicyOutcome outcome, string action, bool? requestedEnabled)
    {
        if (!Policy.CaptureActive)
        {
            ReleaseAll(outcome.Reason);
        }

        var sequences = SequencesOf(browser);
        long sequence = ++sequences.Policy;
        if (!_session.Streams.IsWatched(StreamKind.Input))
        {
            return;
        }

        long now = RuntimeClock.NowUs;
        _session.Streams.Post(StreamKind.Input, new EventUnit(
            InputUnits.PolicyChanged,
            now,
            ("browser_session_id", EngineJson.Bytes(browser)),
            ("source", EngineJson.Bytes(Policy.Block.Source)),
            ("prior_state", EngineJson.Bytes(outcome.Before)),
            ("new_state", EngineJson.Bytes(Policy.Block.State)),
            ("reason", EngineJson.Bytes(outcome.Reason)),
            ("request_action", EngineJson.Bytes(action)),
            ("requested_enabled", EngineJson.Bytes(requestedEnabled)),
            ("transition_result", EngineJson.Bytes(outcome.Result)))
        {
            Sequence = sequence,
            BrowserSessionId = browser,
        });
        _session.Streams.Post(StreamKind.Input, CaptureStateUnit(browser));
    }

    /// <summary>The <c>input_capture_state</c> event.</summary>
    public EventUnit CaptureStateUnit(string browser) => new(
        InputUnits.CaptureState,
        RuntimeClock.NowUs,
        ("browser_session_id", EngineJson.Bytes(browser)),
        ("input_enabled", EngineJson.Bytes(Policy.Enabled)),
        ("capture_mode", EngineJson.Bytes(Policy.CaptureMode)),
        ("capture_active", EngineJson.Bytes(Policy.CaptureActive)),
        ("policy", EngineJson.Bytes(Policy.Block)))
    {
        Plain = true,
        BrowserSessionId = browser,
    };

    private void Bind()
    {
        _bindings.Clear();
        foreach (var entry in Mapping?.Entries ?? [])
        {
            string? value = entry.Virtual.Value is JsonValue text && text.TryGetValue(out string? name) ? name : null;
            if (_port?.TryResolve(entry.Virtual.Target, value, out int control) != true)
            {
                continue;
            }

            var key = (entry.Host.DeviceType, entry.Host.Code);
            if (!_bindings.TryGetValue(key, out var list))
            {
                _bindings.Add(key, list = []);
            }

            list.Add(new Binding(entry, control));
        }
    }

    private bool Translate(string browser, HostEvent host)
    {
        switch (host.Type)
        {
            case "mouse_move":
                bool x = Move(browser, host, "dx", host.Dx);
                return Move(browser, host, "dy", host.Dy) || x;
            case "mouse_wheel":
                return Move(browser, host, "wheel", host.Dy);
            case "pad_axis":
                return Tilt(browser, host);
            default:
                return Press(browser, host, host.Type.EndsWith("_down", StringComparison.Ordinal));
        }
    }

    private bool Move(string browser, HostEvent host, string code, int counts)
    {
        bool mapped = false;
        foreach (var binding in BindingsOf(host, code))
        {
            mapped = true;
            int amount = (int)Math.Round(counts * binding.Scale);
            if (amount != 0)
            {
                _port!.Apply(binding.Control, InputPhase.Press, amount);
                Publish(browser, host, binding, InputPhase.Press, null, amount);
            }
        }

        return mapped;
    }

    private bool Tilt(string browser, HostEvent host)
    {
        bool mapped = false;
        foreach (var binding in BindingsOf(host, host.Code))
        {
            mapped = true;
            double value = binding.Inverted ? -host.Value : host.Value;
            Set(browser, host, binding, value > AxisThreshold);
        }

        return mapped;
    }

    private bool Press(string browser, HostEvent host, bool down)
    {
        bool mapped = false;
        foreach (var binding in BindingsOf(host, host.Code))
        {
            mapped = true;
            if (binding.Phase is { } phase)
            {
                if (down)
                {
                    _port!.Apply(binding.Control, phase, 0);
                    Publish(browser, host, binding, phase, null);
                }
            }
            else
            {
                Set(browser, host, binding, down);
            }
        }

        return mapped;
    }

    private void Set(string browser, HostEvent host, Binding binding, bool down)
    {
        bool held = _held.ContainsKey(binding.Control);
        if (!down && !held)
        {
            return;
        }

        var phase = !down ? InputPhase.Release : held ? InputPhase.Repeat : InputPhase.Press;
        if (phase == InputPhase.Repeat && string.Equals(host.DeviceType, "game_controller", StringComparison.Ordinal))
        {
            return;
        }

        Hold(binding, down);
        _port!.Apply(binding.Control, phase, 0);
        Publish(browser, host, binding, phase, null);
    }

    private void Hold(Binding binding, bool down)
    {
        if (!down)
        {
            _held.Remove(binding.Control);
            _turbo.Remove(binding.Control);
            return;
        }

        if (_held.TryAdd(binding.Control, binding) && binding.Turbo)
        {
            _turbo.Add(binding.Control);
            _turboDown = true;
        }
    }

    private IEnumerable<Binding> BindingsOf(HostEvent host, string code)
    {
        if (_port is null || !_bindings.TryGetValue((host.DeviceType, code), out var list))
        {
            return [];
        }

        // Of several that fit, those count that name the most of the modifiers held. A key that goes up lets go of all.
        var accepted = list.Where(binding => binding.Accepts(host)).ToList();
        if (accepted.Count < 2 || host.Type.EndsWith("_up", StringComparison.Ordinal))
        {
            return accepted;
        }

        int most = accepted.Max(binding => binding.ModifierCount);
        return accepted.Where(binding => binding.ModifierCount == most);
    }

    // The keys still reach the machine; the capture ends after the last of them.
    private void LookForEscape(string browser, HostEvent host)
    {
        var escape = Policy.Escape;
        if (!string.Equals(host.Type, "key_down", StringComparison.Ordinal) || !Policy.CaptureActive || !escape.Enabled
            || escape.Sequence.Count == 0 || !string.Equals(Policy.CaptureMode, InputPolicy.ClickToCapture, StringComparison.Ordinal))
        {
            return;
        }

        long now = RuntimeClock.NowUs;
        bool late = _escapeProgress > 0 && now - _escapeStartedUs > escape.TimeoutMs * 1000L;
        if (late || !string.Equals(host.Code, escape.Sequence[_escapeProgress], StringComparison.Ordinal))
        {
            _escapeProgress = 0;
        }

        if (!string.Equals(host.Code, escape.Sequence[_escapeProgress], StringComparison.Ordinal))
        {
            return;
        }

        _escapeStartedUs = _escapeProgress == 0 ? now : _escapeStartedUs;
        if (++_escapeProgress == escape.Sequence.Count)
        {
            _escapeProgress = 0;
            PublishPolicy(browser, Policy.Act(browser, "escape_release"), "escape_release", null);
        }
    }

    private void Publish(string browser, HostEvent? host, Binding binding, InputPhase phase, string? reason, int? amount = null)
    {
        var sequences = SequencesOf(browser);
        long sequence = ++sequences.Translated;
        var place = (_session.Host.Tick, _session.Host.Cycle);
        if (place.CompareTo(_lastEvent) < 0)
        {
            sequences.Violations++;
            (sequences.LastError, sequences.LastErrorAtUs) = ("SEQ-CHECK-03", RuntimeClock.NowUs);
        }

        _lastEvent = place;
        if (!_session.Streams.IsWatched(StreamKind.Input))
        {
            return;
        }

        var virtualEvent = new
        {
            binding.Entry.Virtual.Target,
            Value = amount is { } moved ? JsonValue.Create(moved) : binding.Entry.Virtual.Value,
            Phase = PhaseName(phase),
        };
        _session.Streams.Post(StreamKind.Input, new EventUnit(
            InputUnits.Translated,
            RuntimeClock.NowUs,
            ("browser_session_id", EngineJson.Bytes(browser)),
            ("host_event_id", EngineJson.Bytes(host?.EventId)),
            ("tick", EngineJson.Bytes(place.Tick)),
            ("cycle", EngineJson.Bytes(place.Cycle)),
            ("mapping_profile_id", EngineJson.Bytes(Mapping?.MappingProfileId)),
            ("mapping_revision", EngineJson.Bytes(Mapping?.Revision ?? 0)),
            ("host_event", host?.Raw ?? EngineJson.Bytes(new { Type = "release", Reason = reason })),
            ("virtual_event", EngineJson.Bytes(virtualEvent)))
        {
            Sequence = sequence,
            BrowserSessionId = browser,
            HostEventField = "host_event",
        });
    }

    private void PublishDiagnostics(string browser)
    {
        if (!_session.Streams.IsWatched(StreamKind.Input))
        {
            return;
        }

        var sequences = SequencesOf(browser);
        _session.Streams.Post(StreamKind.Input, new EventUnit(
            InputUnits.Diagnostics,
            RuntimeClock.NowUs,
            ("browser_session_id", EngineJson.Bytes(browser)),
            ("last_emitted_event_seq", EngineJson.Bytes(sequences.Translated)),
            ("emitted_events", EngineJson.Bytes(sequences.Translated)),
            ("queue_depth", EngineJson.Bytes(QueueDepth)),
            ("queue_capacity", EngineJson.Bytes(StreamKind.Input.Capacity())),
            ("dropped_events", EngineJson.Bytes(_session.Streams.HealthOf(StreamKind.Input).DroppedEvents)),
            ("mapping_profile_id", EngineJson.Bytes(Mapping?.MappingProfileId)),
            ("sequencing_violations", EngineJson.Bytes(sequences.Violations)),
            ("last_sequence_error", EngineJson.Bytes(sequences.LastError)),
            ("last_sequence_error_at_us", EngineJson.Bytes(sequences.LastErrorAtUs)))
        {
            Plain = true,
            BrowserSessionId = browser,
        });
    }

    private Sequences SequencesOf(string browser)
    {
        if (!_sequences.TryGetValue(browser, out var sequences))
        {
            _sequences.Add(browser, sequences = new Sequences());
        }

        return sequences;
    }

    private static string PhaseName(InputPhase phase) => phase switch
    {
        InputPhase.Press => "press",
        InputPhase.Release => "release",
        _ => "repeat",
    };

    private sealed class Sequences
    {
        public long Translated { get; set; }

        public long Policy { get; set; }

        public long Violations { get; set; }

        public string? LastError { get; set; }

        public long? LastErrorAtUs { get; set; }
    }

    private sealed class Binding(MappingEntry entry, int control)
    {
        public MappingEntry Entry => entry;

        public int Control => control;

        public bool Inverted { get; } = entry.Flags?.Contains("invert_axis", StringComparer.Ordinal) == true;

        public bool Turbo { get; } = entry.Flags?.Contains("turbo", StringComparer.Ordinal) == true;

        public double Scale { get; } =
            (entry.Virtual.Value is JsonValue value && value.TryGetValue(out double factor) ? factor : 1)
            * (entry.Flags?.Contains("invert_axis", StringComparer.Ordinal) == true ? -1 : 1);

        public int ModifierCount { get; } = entry.Host.Modifiers?.Count ?? 0;

        public InputPhase? Phase { get; } = entry.Virtual.Phase switch
        {
            "press" => InputPhase.Press,
            "release" => InputPhase.Release,
            "repeat" => InputPhase.Repeat,
            _ => null,
        };

        // A key that goes up lets go whatever the modifiers are by then.
        public bool Accepts(HostEvent host) =>
            (entry.Host.DeviceId is null || string.Equals(entry.Host.DeviceId, host.DeviceId, StringComparison.Ordinal))
            && (entry.Host.Modifiers is null || host.Type.EndsWith("_up", StringComparison.Ordinal)
                || entry.Host.Modifiers.All(modifier => host.Modifiers.Contains(modifier, StringComparer.Ordinal)));
    }
}
