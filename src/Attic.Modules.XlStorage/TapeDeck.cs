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
/// records; the MOTOR line moves the tape, if a key is down.
/// </summary>
/// <remarks>
/// Source: Atari 410 field service manual; De Re Atari, appendix C. Bytes are recorded as POKEY sends them, without the detour over
/// the two tones that carry them on the tape. Not modelled: the motor's run-up, and the audio track.
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
    private readonly byte[] _record = new byte[MostBytes];
    private DeckState _s = new() { Tape = NoTape, Spare0 = 0, Spare1 = 0 };

    public TapeDeck(XlChipContext context)
    {
        _deadlines = context.Deadlines;
        _slot = _deadlines.Claim(Name, this);
        _bus = context.Sio;
        _bus.Attach(this);
        _ticks = new(context.Configuration.MasterClock);
        context.Wiring.Wire(XlPins.SioMotor).Connect(this);
    }

    /// <inheritdoc/>
    public string Name => "tape";

    /// <inheritdoc/>
    public ITapeMedium? Tape { get; private set; }

    /// <inheritdoc/>
    public TapeKey Key => (TapeKey)_s.Key;

    /// <inheritdoc/>
    public long PositionAt(MasterCycles at) => _s.Moving == 0 ? _s.Position : _s.Position + _ticks.ToMicroseconds(ClockTicks.Cycle(at) - _s.Since);

    /// <inheritdoc/>
    public ITapeMedium? Insert(ITapeMedium tape, MasterCycles at)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var before = Eject(at);
        Tape = tape;
        (_s.Tape, _s.Key) = (tape.Fingerprint, (byte)TapeKey.Play);
        Move(at);
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
        Move(at);
    }

    /// <inheritdoc/>
    public void Wind(long position, MasterCycles at)
    {
        Halt(at);
        _s.Position = Math.Max(0, position);
        Move(at);
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
        // Every change of the line has a deadline.
    }

    /// <inheritdoc/>
    public void OnWire(Wire wire, bool level, MasterCycles at)
    {
        Halt(at);
        _s.Motor = (byte)(level ? 0 : 1);
        Move(at);
    }

    /// <inheritdoc/>
    public void OnByte(byte value, bool goodFrame, int cyclesPerBit, MasterCycles at)
    {
        if (_s.Moving == 0 || Key != TapeKey.Record)
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
        var edges = Tape is null ? [] : Tape.Edges;
        if (_s.Moving == 0 || _s.Edge >= edges.Length)
        {
            return;
        }

        _s.Edge++;
        _bus.MoveInputLine((_s.Edge & 1) == 0, at);
        AwaitEdge();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The state was saved with another tape, or with none.</exception>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("deck", ref _s);
        ulong actual = Tape?.Fingerprint ?? NoTape;
        bool other = _s.Tape != 0 && _s.Tape != actual;
        (_s.Tape, _s.Length) = (actual, Math.Clamp(_s.Length, 0, MostBytes));
        (_s.Edge, _s.Position, _s.Bits) = (Math.Max(0, _s.Edge), Math.Max(0, _s.Position), Math.Max(0, _s.Bits));
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

    private void Move(MasterCycles at)
    {
        if (_s.Motor == 0 || Key == TapeKey.Stop || Tape is not { } tape)
        {
            return;
        }

        (_s.Moving, _s.Since) = (1, ClockTicks.Cycle(at));
        if (Key == TapeKey.Play)
        {
            _s.Edge = Next(tape.Edges, _s.Position);
            if ((_s.Edge & 1) != 0)
            {
                _bus.MoveInputLine(false, at);
            }

            AwaitEdge();
        }
    }

    private void Halt(MasterCycles at)
    {
        if (_s.Moving == 0)
        {
            return;
        }

        Keep();
        (_s.Position, _s.Moving) = (PositionAt(at), 0);
        _deadlines.Set(_slot, MasterCycles.Never);
        if (Key == TapeKey.Play && (_s.Edge & 1) != 0)
        {
            _bus.MoveInputLine(true, at);
        }

        Tape?.Settle();
    }

    private void AwaitEdge()
    {
        var edges = Tape!.Edges;
        _deadlines.Set(_slot, _s.Edge < edges.Length
            ? ClockTicks.At(_s.Since + _ticks.Microseconds(edges[_s.Edge] - _s.Position))
            : MasterCycles.Never);
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
        /// <summary>The cycle from which on the tape moves.</summary>
        public long Since;

        /// <summary>Where it stood then, in µs.</summary>
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
        public byte Moving;
        public byte Spare0;
        public uint Spare1;
    }
}
