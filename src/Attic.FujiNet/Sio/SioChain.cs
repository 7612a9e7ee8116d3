using Attic.Abi.AtariXl;

namespace Attic.FujiNet.Sio;

/// <summary>The devices on one serial bus, by their ids.</summary>
public sealed class SioChain : IDisposable
{
    /// <summary>The bus's rate.</summary>
    public const int StandardBaud = 19200;

    /// <summary>Most bytes that a command brings; one that wants more is refused.</summary>
    public const int MostWriteBytes = 4096;

    private readonly SioPeripheral?[] _devices = new SioPeripheral?[256];
    private readonly Action<string, Exception> _report;
    private volatile ISioStream? _stream;

    /// <summary>A bus without devices.</summary>
    /// <param name="report">Told of faults of devices: where, and what.</param>
    public SioChain(Action<string, Exception>? report = null) => _report = report ?? ((_, _) => { });

    /// <summary>Whether a device wants the computer's attention (PROCEED); told whenever it changes.</summary>
    public Action<bool>? AttentionChanged { get; set; }

    /// <summary>
    /// Whether the computer keeps real time, as all but an emulator that runs as fast as it can. One that does not asks for news more
    /// often than the world has any, and would be out of patience at once: devices make it wait for what they expect.
    /// </summary>
    public bool IsPaced { get; set; } = true;

    /// <summary>Called when the chain goes.</summary>
    public Action? Disposed { get; set; }

    /// <summary>Sends bytes to the computer outside of any frame; set by what carries the bus. On the core's thread.</summary>
    public Action<ReadOnlyMemory<byte>>? SendStream { get; set; }

    /// <summary>Changes the bus's rate, in baud; set by what carries the bus. On the core's thread.</summary>
    public Action<int>? SetBaud { get; set; }

    /// <summary>Whether the computer has the cassette's motor on (MOTOR); null where what carries the bus does not know. On the core's thread.</summary>
    public bool? IsMotorOn { get; private set; }

    /// <summary>Told when <see cref="IsMotorOn"/> changes.</summary>
    public Action? MotorChanged { get; set; }

    /// <summary>Who takes bytes that the computer sends outside of any frame; null for nobody.</summary>
    public ISioStream? Stream
    {
        get => _stream;
        set => _stream = value;
    }

    /// <summary>Puts a device behind ids that follow one another; it belongs to the chain from then on.</summary>
    /// <exception cref="InvalidOperationException">An id is taken.</exception>
    public void Attach(byte firstId, byte lastId, SioPeripheral device)
    {
        ArgumentNullException.ThrowIfNull(device);
        for (int id = firstId; id <= lastId; id++)
        {
            _devices[id] = _devices[id] is null ? device : throw new InvalidOperationException($"SIO device {id:X2} is there already.");
        }
    }

    /// <summary>Puts a device behind one id.</summary>
    /// <exception cref="InvalidOperationException">The id is taken.</exception>
    public void Attach(byte id, SioPeripheral device) => Attach(id, id, device);

    /// <summary>How the device takes a command; silence without one.</summary>
    public SioReception Accept(SioCommand command)
    {
        Stream?.OnCommand();
        var reception = _devices[command.Device]?.Accept(command) ?? SioReception.Silent;
        return reception.WriteBytes <= MostWriteBytes ? reception : SioReception.Nak;
    }

    /// <summary>Carries a command out. A device's fault is reported and answered as an error; the others go on.</summary>
    public async ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        try
        {
            return _devices[command.Device] is { } device ? await device.ExecuteAsync(command, data) : SioResult.Error;
        }
        catch (Exception fault)
        {
            _report($"SIO device {command.Device:X2}, command {command.Command:X2}", fault);
            return SioResult.Error;
        }
    }

    /// <summary>Tells every device of a reset.</summary>
    public void Reset(bool cold)
    {
        foreach (var device in _devices.OfType<SioPeripheral>().Distinct())
        {
            device.Reset(cold);
        }
    }

    /// <summary>The computer switches the motor on or off.</summary>
    public void SetMotor(bool on)
    {
        if (IsMotorOn != on)
        {
            IsMotorOn = on;
            MotorChanged?.Invoke();
        }
    }

    /// <summary>Says that a device wants attention, or no longer.</summary>
    public void SetAttention(bool wanted) => AttentionChanged?.Invoke(wanted);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var device in _devices.OfType<SioPeripheral>().Distinct())
        {
            device.Dispose();
        }

        Disposed?.Invoke();
    }
}

/// <summary>A device that a program talks to byte by byte, after a command has started it.</summary>
public interface ISioStream
{
    /// <summary>The computer has sent bytes. On the core's thread.</summary>
    void OnBytes(ReadOnlyMemory<byte> bytes);

    /// <summary>A command frame came, for whomever. On any thread, from the loop that receives.</summary>
    void OnCommand()
    {
        // Some go on all the same.
    }
}
