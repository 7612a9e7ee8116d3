using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Firmware.Xl.Tests;

/// <summary>
/// A device on the serial bus in place of the disk drives: hands each command frame to a function and sends back the bytes
/// that it returns.
/// </summary>
/// <param name="answer">Gets the four bytes of a command frame and, behind a command that brings data, those data. The answer's bytes
/// are sent one by one at 19,200 baud, null keeps silent.</param>
/// <param name="dataBytes">Tells how many data bytes follow a command; 0 for none.</param>
internal sealed class SerialDevice(Func<byte[], byte[], byte[]?> answer, Func<byte[], int>? dataBytes = null)
    : IChipModule, IChip, IDeadlineHandler, ISioDevice, IWireSink
{
    private const int BitCycles = 94;

    private readonly List<byte> _received = [];
    private readonly Queue<byte> _sending = new();
    private DeadlineSlots _deadlines = null!;
    private SioBus _bus = null!;
    private int _slot;
    private bool _commandLine = true;
    private byte[] _command = [];
    private int _expected;

    /// <summary>Every command frame that came with a good checksum, four bytes each.</summary>
    public List<byte[]> Commands { get; } = [];

    public string StateLayoutVersion => "1.0.0";

    public string Name => "disk";

    /// <summary>The sum of all bytes with the carry added back in, as frames end with it.</summary>
    public static byte Checksum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (byte value in bytes)
        {
            sum += value;
            sum = (sum & 0xFF) + (sum >> 8);
        }

        return (byte)sum;
    }

    /// <summary>ACK, COMPLETE, a data frame and its checksum.</summary>
    public static byte[] Data(params byte[] data) => [(byte)'A', (byte)'C', .. data, Checksum(data)];

    public IReadOnlyList<IChip> CreateChips(ChipContext context)
    {
        var board = (XlChipContext)context;
        (_deadlines, _bus) = (board.Deadlines, board.Sio);
        _slot = _deadlines.Claim(Name, this);
        _bus.Attach(this);
        board.Wiring.Wire(XlPins.SioCommand).Connect(this);
        return [this];
    }

    public void Reset(ResetKind kind, MasterCycles at)
    {
        // It has a switch of its own.
    }

    public void CatchUp(MasterCycles now)
    {
        // Everything that it does has a deadline.
    }

    public void Visit(StateVisitor visitor)
    {
        // No test saves a state with it.
    }

    public void OnWire(Wire wire, bool level, MasterCycles at)
    {
        _commandLine = level;
        if (!level)
        {
            _received.Clear();
            _sending.Clear();
            _expected = 0;
        }
        else if (_received.Count == 5 && Checksum(_received.ToArray().AsSpan(0, 4)) == _received[4])
        {
            _command = [.. _received[..4]];
            Commands.Add(_command);
            _received.Clear();
            _expected = dataBytes?.Invoke(_command) ?? 0;
            Send(_expected > 0 ? [(byte)'A'] : answer(_command, []), at);
        }
    }

    public void OnByte(byte value, bool goodFrame, int cyclesPerBit, MasterCycles at)
    {
        _received.Add(value);
        if (_commandLine && _expected > 0 && _received.Count == _expected + 1)
        {
            Send(answer(_command, [.. _received]), at);
            _expected = 0;
        }
    }

    public void OnDeadline(MasterCycles at)
    {
        if (!_sending.TryDequeue(out byte value))
        {
            return;
        }

        _bus.ToHost(value, BitCycles, at);
        if (_sending.Count > 0)
        {
            // The machine behind COMPLETE takes its time, as devices do.
            _deadlines.Set(_slot, at + new MasterCycles(Scanline.MasterPerCycle * ((10 * BitCycles) + (_sending.Count > 1 ? 200 : 20))));
        }
    }

    private void Send(byte[]? bytes, MasterCycles at)
    {
        foreach (byte value in bytes ?? [])
        {
            _sending.Enqueue(value);
        }

        if (_sending.Count > 0)
        {
            _deadlines.Set(_slot, at + new MasterCycles(Scanline.MasterPerCycle * 1800));
        }
    }
}
