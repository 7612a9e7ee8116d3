using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlStorage;

/// <summary>
/// The tape recorder (410, 1010, XC12): its data track is the DATA IN line while it plays, what comes over DATA OUT is recorded while it
/// records; the MOTOR line moves the tape, if a key is down, and what is on its sound track is heard while it plays.
/// </summary>
/// <remarks>
/// Source: Atari 410 field service manual; De Re Atari, appendix C. Bytes are recorded as POKEY sends them, without the detour over
/// the two tones that carry them on the tape.
/// </remarks>
internal sealed class TapeDeck : IChip, IDeadlineHandler, ISioDevice, IWireSink, ITapeDeck
{
    private const int MostBytes = 4_096;
    private const ulong NoTape = 1;

    // Bytes that follow each other within so many µs belong to one record.
    private const int RecordGap = 20_000;

    private readonly DeadlineSlots _deadlines;
    private readonly int _slot;
    private readonly SioBus _bus;
    private readonly ClockTicks _ticks;
    private readonly TapeSoundMixer _sound;
    private readonly Func<double, double> _soundPosition;
    private readonly byte[] _record = new byte[MostBytes];
    private DeckState _s = new() { Tape = NoTape, Spare0 = 0, Spare1 = 0 };
    private MasterCycles _now;

    public TapeDeck(XlChipContext context)
    {
        _deadlines = context.Deadlines;
        _slot = _deadlines.Claim(Name, this);
        _bus = context.Sio;
        _bus.Attach(this);
        _ticks = new(context.Configuration.MasterClock);
        _sound = new(context.Audio);
        _soundPosition = SoundPosition;
        context.Wiring.Wire(XlPins.SioMotor).Connect(this);
    }

    /// <inheritdoc/>
    public string Name => "tape";

    /// <inheritdoc/>
    public ITapeMedium? Tape { get; private set; }

    /// <inheritdoc/>
    public TapeKey Key => (TapeKey)_s.Key;

    /// <inheritdoc/>
    public bool MotorOn => _s.Motor != 0;

    /// <inheritdoc/>
    public long PositionAt(MasterCycles at) => _s.Position + (long)Math.Round(TapeMotion.Way(Pace, Elapsed(at)));

    /// <inheritdoc/>
    public ITapeMedium? Insert(ITapeMedium tape, MasterCycles at)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var before = Eject(at);
        Tape = tape;
        (_s.Tape, _s.Key) = (tape.Fingerprint, (byte)TapeKey.Play);
        Follow(at);
        return before;
    }

    /// <inheritdoc/>
    public ITapeMedium? Eject(MasterCycles at)
    {
        Halt(at);
        var before = Tape;
        Tape = null;
        (_s.Tape, _s.Position, _s.Key) = (NoTape, 0, (byte)TapeKey.Stop);
        return before;
    }

    /// <inheritdoc/>
    public void Press(TapeKey key, MasterCycles at)
    {
        Halt(at);
        _s.Key = (byte)(key == TapeKey.Record && Tape is not { WriteProtected: false } ? TapeKey.Play : key);
        Follow(at);
    }

    /// <inheritdoc/>
    public void Wind(long position, MasterCycles at)
    {
        Halt(at);
        _s.Position = Math.Max(0, position);
        Follow(at);
    }

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        // The tape is at its beginning, PLAY is down; the RESET key does not reach the recorder.
        if (kind == ResetKind.Cold)
        {
            _s = new() { Tape = Tape?.Fingerprint ?? NoTape, Key = (byte)(Tape is null ? TapeKey.Stop : TapeKey.Play) };
        }
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now)
    {
        // Every change of the line has a deadline. POKEY has caught up before.
        _now = now;
        _sound.Mix(_ticks.ToMicrosecondsExactly(ClockTicks.Cycle(now)), Pace != TapePace.Stands && Key == TapeKey.Play ? Tape?.Sound : null, _soundPosition);
    }

    /// <inheritdoc/>
    public void OnWire(Wire wire, bool level, MasterCycles at)
    {
        _s.Motor = (byte)(level ? 0 : 1);
        Follow(at);
    }

    /// <inheritdoc/>
    public void OnByte(byte value, bool goodFrame, int cyclesPerBit, MasterCycles at)
    {
        if (Pace == TapePace.Stands || Key != TapeKey.Record)
        {
            return;
        }

        long ends = PositionAt(at);
        long starts = Math.Max(0, ends - _ticks.ToMicroseconds(10L * cyclesPerBit));
        if (_s.Length > 0 && (starts > _s.RecordEnd + RecordGap || _s.Length == MostBytes))
        {
            Keep();
        }

        if (_s.Length == 0)
        {
            (_s.RecordStart, _s.Bits) = (starts, 0);
        }

        _record[_s.Length++] = value;
        _s.Bits += cyclesPerBit;
        _s.RecordEnd = ends;
    }

    /// <inheritdoc/>
    public void OnDeadline(MasterCycles at)
    {
        if (Pace == TapePace.Coasts && ClockTicks.Cycle(at) >= _s.Since + _ticks.Microseconds(TapeMotion.RunDown))
        {
            Halt(at);
            return;
        }

        var edges = Tape is null ? [] : Tape.Edges;
        if (Pace == TapePace.Stands || Key != TapeKey.Play || _s.Edge >= edges.Length)
        {
            return;
        }

        _s.Edge++;
        _bus.MoveInputLine((_s.Edge & 1) == 0, at);
        Await();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The state was saved with another tape, or with none.</exception>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("deck", ref _s);
        ulong actual = Tape?.Fingerprint ?? NoTape;
        bool other = _s.Tape != 0 && _s.Tape != actual;
        (_s.Tape, _s.Length) = (actual, Math.Clamp(_s.Length, 0, MostBytes));
        (_s.Edge, _s.Bits, _s.Pace) = (Math.Max(0, _s.Edge), Math.Max(0, _s.Bits), Math.Min(_s.Pace, (byte)TapePace.Coasts));
        (_s.Position, _s.Since) = (Math.Clamp(_s.Position, -TapeMotion.RunUp, long.MaxValue / 4), Math.Max(-_ticks.Microseconds(TapeMotion.RunUp), _s.Since));
        visitor.Memory("record", _record.AsSpan(0, _s.Length));
        if (other)
        {
            throw new InvalidDataException("The state was saved with another tape in the recorder.");
        }

        if (Tape is not null)
        {
            visitor.Part("cassette", Tape);
        }
    }

    private TapePace Pace => (TapePace)_s.Pace;

    // µs since the pace changed.
    private double Elapsed(MasterCycles at) => _ticks.ToMicrosecondsExactly(Math.Max(0, ClockTicks.Cycle(at) - _s.Since));

    // The motor and the keys say whether the tape shall move; its own weight says how.
    private void Follow(MasterCycles at)
    {
        bool pulled = MotorOn && Key != TapeKey.Stop && Tape is not null;
        var next = pulled ? TapePace.Runs : Pace == TapePace.Stands ? TapePace.Stands : TapePace.Coasts;
        if (next == Pace)
        {
            return;
        }

        // At the speed that it has the new pace would have been under way for a while, and got some way.
        bool stood = Pace == TapePace.Stands;
        double lead = TapeMotion.LeadOf(next, TapeMotion.Speed(Pace, Elapsed(at)));
        long position = PositionAt(at) - (long)Math.Round(TapeMotion.Way(next, lead));
        (_s.Position, _s.Since, _s.Pace) = (position, ClockTicks.Cycle(at) - _ticks.Microseconds((long)lead), (byte)next);
        if (stood && Key == TapeKey.Play)
        {
            _s.Edge = Next(Tape!.Edges, PositionAt(at));
            if ((_s.Edge & 1) != 0)
            {
                _bus.MoveInputLine(false, at);
            }
        }

        Await();
    }

    // The tape stands.
    private void Halt(MasterCycles at)
    {
        if (Pace == TapePace.Stands)
        {
            return;
        }

        Keep();
        (_s.Position, _s.Pace, _s.Since) = (PositionAt(at), (byte)TapePace.Stands, 0);
        _deadlines.Set(_slot, MasterCycles.Never);
        if (Key == TapeKey.Play && (_s.Edge & 1) != 0)
        {
            _bus.MoveInputLine(true, at);
        }

        Tape?.Settle();
    }

    // The next edge, or the moment in which the tape stands.
    private void Await()
    {
        var edges = Key == TapeKey.Play ? Tape!.Edges : [];
        double edge = _s.Edge < edges.Length ? TapeMotion.Time(Pace, Math.Max(0, edges[_s.Edge] - _s.Position)) : double.PositiveInfinity;
        double next = Pace == TapePace.Coasts ? Math.Min(edge, TapeMotion.RunDown) : edge;
        _deadlines.Set(_slot, double.IsFinite(next) ? ClockTicks.At(_s.Since + _ticks.Microseconds((long)Math.Round(next))) : MasterCycles.Never);
    }

    // Before the motor was switched off the tape moved at its speed; before it was switched on it stood.
    private double SoundPosition(double before)
    {
        double elapsed = Elapsed(_now) - before;
        return elapsed >= 0 ? _s.Position + TapeMotion.Way(Pace, elapsed)
            : Pace == TapePace.Coasts ? _s.Position + elapsed : -1;
    }

    // The first edge that is still to come.
    private static int Next(ReadOnlySpan<long> edges, long position)
    {
        int found = edges.BinarySearch(position);
        return found < 0 ? ~found : found;
    }

    // Puts what was sent onto the tape.
    private void Keep()
    {
        if (_s.Length == 0)
        {
            return;
        }

        // The mean of a bit's length: machine cycles a second over cycles a bit.
        long second = _ticks.Microseconds(1_000_000);
        long baud = _s.Bits == 0 ? 600 : ((second * _s.Length) + (_s.Bits / 2)) / _s.Bits;
        Tape?.Record(_s.RecordStart, _record.AsSpan(0, _s.Length), (int)Math.Clamp(baud, 1, 65_535));
        _s.Length = 0;
    }

    private struct DeckState
    {
        /// <summary>The cycle in which the present pace began, or would have, had it begun with the other end's speed.</summary>
        public long Since;

        /// <summary>Where the tape was then, in µs; may lie before its beginning.</summary>
        public long Position;

        /// <summary>Which tape: its fingerprint, 1 for none; 0 in erased state.</summary>
        public ulong Tape;

        /// <summary>Where the record under way begins and ends, in µs.</summary>
        public long RecordStart;
        public long RecordEnd;

        /// <summary>The sum of its bytes' cycles per bit.</summary>
        public long Bits;

        /// <summary>Its bytes so far.</summary>
        public int Length;

        /// <summary>Edges that have passed; odd while the line is low.</summary>
        public int Edge;
        public byte Key;
        public byte Motor;
        public byte Pace;
        public byte Spare0;
        public uint Spare1;
    }
}
