using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Modules.StIo.Serial;

namespace Attic.Modules.StIo.Acia;

/// <summary>
/// The ACIA at the MIDI sockets. What the host delivers comes in at 31,250 baud, one character after another; what the
/// ST sends waits for the host.
/// </summary>
public sealed class MidiAcia : Acia6850, ISerialPort, ISerialLine
{
    private const int BitCyclesOnLine = 64 * 16;

    private readonly SerialOutput _output = new();
    private InputState _input;

    /// <summary>A chip on the board's interrupt wire, nothing on its lines.</summary>
    public MidiAcia(ChipContext context)
        : base(context, "acia.midi") => Connect(this);

    /// <inheritdoc/>
    public string PortName => "midi";

    /// <inheritdoc/>
    public long Dropped => _output.Dropped;

    private protected override long NextInput => _input.Queue.Count == 0 ? Never : _input.LineFree;

    /// <inheritdoc/>
    public override void Reset(ResetKind kind, MasterCycles at)
    {
        if (kind == ResetKind.Cold)
        {
            _input = default;
        }

        base.Reset(kind, at);
    }

    /// <inheritdoc/>
    public int Deliver(ReadOnlySpan<byte> bytes, MasterCycles at)
    {
        CatchUp(at);
        _input.LineFree = Math.Max(_input.LineFree, at.Count);
        int taken = 0;
        while (taken < bytes.Length && _input.Queue.TryAdd(bytes[taken]))
        {
            taken++;
        }

        Schedule();
        return taken;
    }

    /// <inheritdoc/>
    public int Take(Span<byte> bytes) => _output.Take(bytes);

    /// <inheritdoc/>
    public override void Visit(StateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Struct("input", ref _input);
        _input.Queue.Confine();
    }

    /// <inheritdoc/>
    void ISerialLine.OnFrame(in SerialFrame frame, MasterCycles at) =>
        _output.Add(SerialFormat.EightNone.Decode(in frame, BitCyclesOnLine, out _, out _));

    /// <inheritdoc/>
    void ISerialLine.OnBreak(bool held, MasterCycles at)
    {
        // A MIDI instrument sees a broken character at most; the host sees nothing.
    }

    private protected override void StartInput(MasterCycles at)
    {
        var frame = SerialFormat.EightNone.Encode(_input.Queue.Take(), BitCyclesOnLine);
        _input.LineFree = at.Count + frame.Cycles;
        Receive(in frame, at);
    }

    /// <summary>What is on its way in.</summary>
    private struct InputState
    {
        /// <summary>When the last character's stop bit ends, in master cycles.</summary>
        public long LineFree;

        /// <summary>Characters that wait.</summary>
        public ByteQueue Queue;
    }
}
