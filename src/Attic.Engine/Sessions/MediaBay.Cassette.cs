using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Engine.Errors;
using Attic.Engine.Streams;

namespace Attic.Engine.Sessions;

/// <summary>The tape recorder of a session at one moment.</summary>
/// <param name="CassetteId">The tape's catalog id; null for none.</param>
/// <param name="Name">Its file's name; null for none.</param>
/// <param name="Key">The key that is down: <c>stop</c>, <c>play</c>, <c>record</c>.</param>
/// <param name="Motor">Whether the computer runs the motor.</param>
/// <param name="PositionMs">Where the tape stands, in ms from its beginning.</param>
/// <param name="LengthMs">Where its last signal ends.</param>
/// <param name="WriteProtected">Whether it cannot be recorded on.</param>
/// <param name="HasSound">Whether it has a sound track.</param>
public sealed record CassetteStatus(
    string? CassetteId, string? Name, string Key, bool Motor, long PositionMs, long LengthMs, bool WriteProtected, bool HasSound);

/// <content>The tape recorder.</content>
public sealed partial class MediaBay
{
    private (ResolvedMedium Medium, ITapeMedium Tape)? _cassette;

    /// <summary>The tape in the recorder, or null.</summary>
    public ResolvedMedium? Cassette => _cassette?.Medium;

    /// <summary>Puts a tape in, at its beginning, PLAY pressed.</summary>
    /// <param name="cassetteId">Its catalog id.</param>
    /// <param name="writeProtect">Breaks its tabs out; null for what entry and file say.</param>
    /// <param name="requestId">The request's id, for the events.</param>
    /// <param name="endpoint">The path asked for.</param>
    public async Task<Attached> AttachCassetteAsync(string cassetteId, bool? writeProtect, string requestId, string endpoint)
    {
        using var turn = await EnterAsync();
        await _session.Control(LifecycleGuard.Active.For("media"), endpoint, () => DeckOf(_session.Host.Machine));
        var medium = _resources.Resolve(MediaBinding.Cassette, cassetteId, "cassette_id", _session.Machine);

        // Also when it is the same tape: it has to be closed before it is opened.
        await TakeTapeOutAsync(endpoint);
        var tape = _resources.OpenTape(medium, writeProtect);
        PostAttach("cassette", medium.Id, "mounted", requestId);
        try
        {
            var attached = await _session.Control(LifecycleGuard.Active.For("media"), endpoint, () =>
            {
                long mounted = RuntimeClock.NowUs;
                var host = _session.Host;
                DeckOf(host.Machine).Insert(tape, host.Machine.Now);
                _cassette = (medium, tape);
                return new Attached(medium, tape.WriteProtected, mounted, RuntimeClock.NowUs, host.Generation, false);
            });
            PostAttach("cassette", medium.Id, "applied", requestId);
            return attached;
        }
        catch (Exception failure)
        {
            (tape as IDisposable)?.Dispose();
            var refused = AttachFailure(failure, "applied");
            PostAttach("cassette", medium.Id, "failed", requestId, refused);
            throw refused;
        }
    }

    /// <summary>Takes the tape out and writes it out.</summary>
    /// <returns>Its id, null when the recorder was empty.</returns>
    public async Task<string?> EjectCassetteAsync(string endpoint)
    {
        using var turn = await EnterAsync();
        return (await TakeTapeOutAsync(endpoint))?.Id;
    }

    /// <summary>Presses a key of the recorder, and winds the tape.</summary>
    /// <param name="key">The key; null for none.</param>
    /// <param name="positionMs">Where to wind to, in ms from the tape's beginning; null for nowhere.</param>
    /// <param name="toEnd">Winds to where the last signal ends instead.</param>
    /// <param name="endpoint">The path asked for.</param>
    /// <exception cref="EngineException"><c>CONFLICT</c>: there is no tape, or RECORD was asked for and it is protected.</exception>
    public async Task<CassetteStatus> ControlCassetteAsync(TapeKey? key, long? positionMs, bool toEnd, string endpoint)
    {
        using var turn = await EnterAsync();
        return await _session.Control(LifecycleGuard.Active.For("media"), endpoint, () =>
        {
            var machine = _session.Host.Machine;
            var deck = DeckOf(machine);
            var tape = deck.Tape ?? throw new EngineException(
                ErrorCode.Conflict, "There is no tape in the recorder.", ErrorDetails.Of(("remediation", "attach_first")));
            if (key is TapeKey.Record && tape.WriteProtected)
            {
                throw new EngineException(
                    ErrorCode.Conflict, $"{tape.Name} cannot be recorded on.", ErrorDetails.Of(("cassette_id", _cassette?.Medium.Id), ("reason", "write_protected")));
            }

            machine.Synchronize();
            if (toEnd || positionMs is not null)
            {
                deck.Wind(toEnd ? tape.Length : positionMs!.Value * 1000, machine.Now);
            }

            if (key is { } pressed)
            {
                deck.Press(pressed, machine.Now);
            }

            return Look(machine);
        });
    }

    /// <summary>What the recorder does.</summary>
    /// <exception cref="EngineException"><c>UNSUPPORTED_MEDIA_FORMAT</c>: the machine has none.</exception>
    public Task<CassetteStatus> CassetteAsync() => _session.Ask(() => Look(_session.Host.Machine));

    private CassetteStatus Look(IMachine machine)
    {
        var deck = DeckOf(machine);
        var tape = deck.Tape;
        return new(
            _cassette?.Medium.Id, tape?.Name, deck.Key.ToString().ToLowerInvariant(), deck.MotorOn,
            Math.Max(0, deck.PositionAt(machine.Now)) / 1000, (tape?.Length ?? 0) / 1000, tape?.WriteProtected ?? false, tape?.Sound is not null);
    }

    private async Task<ResolvedMedium?> TakeTapeOutAsync(string endpoint)
    {
        var was = await _session.Control(LifecycleGuard.Active.For("media"), endpoint, TakeTapeOut);
        (was?.Tape as IDisposable)?.Dispose();
        return was?.Medium;
    }

    // Machine thread.
    private (ResolvedMedium Medium, ITapeMedium Tape)? TakeTapeOut()
    {
        var was = _cassette;
        if (was is not null)
        {
            var machine = _session.Host.Machine;
            machine.Capability<ITapeDeck>()?.Eject(machine.Now);
            _cassette = null;
        }

        return was;
    }

    // Machine thread.
    private void InsertFirstTape(ResolvedMedium? medium)
    {
        if (medium is not null)
        {
            var machine = _session.Host.Machine;
            var deck = DeckOf(machine);
            var tape = _resources.OpenTape(medium, null);
            _cassette = (medium, tape);
            deck.Insert(tape, machine.Now);
        }
    }

    // Puts in the tape that a snapshot names, or takes the present one out. Machine thread.
    private IEnumerable<IDisposable> BindTape(string? id)
    {
        if (string.Equals(_cassette?.Medium.Id, id, StringComparison.Ordinal))
        {
            return [];
        }

        var wanted = id is null ? null : _resources.Resolve(MediaBinding.Cassette, id, "cassette_id", _session.Machine);
        var was = TakeTapeOut();
        InsertFirstTape(wanted);
        return was?.Tape is IDisposable closable ? [closable] : [];
    }

    private static ITapeDeck DeckOf(IMachine machine) => machine.Capability<ITapeDeck>() ?? throw new EngineException(
        ErrorCode.UnsupportedMediaFormat, "The machine has no tape recorder.", ErrorDetails.Of(("supported", Array.Empty<string>())));
}
