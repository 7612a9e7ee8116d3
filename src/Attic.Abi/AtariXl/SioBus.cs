using Attic.Abi.Time;

namespace Attic.Abi.AtariXl;

/// <summary>What sits on the serial bus: a disk drive, a printer, a FujiNet. It finds COMMAND and MOTOR among the wires.</summary>
public interface ISioDevice
{
    /// <summary>The computer has sent a byte; every device on the bus hears it.</summary>
    /// <param name="value">The eight data bits.</param>
    /// <param name="goodFrame">Whether the stop bit was high; else the byte was cut off or a break.</param>
    /// <param name="cyclesPerBit">Machine cycles that a bit took; 94 is about 19,040 baud.</param>
    /// <param name="at">The end of the stop bit.</param>
    void OnByte(byte value, bool goodFrame, int cyclesPerBit, MasterCycles at);
}

/// <summary>The computer's end of the bus: POKEY.</summary>
public interface ISioHost
{
    /// <summary>A byte begins on the computer's DATA IN line.</summary>
    /// <param name="value">The eight data bits.</param>
    /// <param name="cyclesPerBit">Machine cycles that each of its ten bits takes.</param>
    /// <param name="at">The falling edge of the start bit, the machine's present.</param>
    void OnStartBit(byte value, int cyclesPerBit, MasterCycles at);

    /// <summary>The DATA IN line changes and stays: what a tape does, whose bits belong to no byte.</summary>
    /// <param name="level">True is high, a mark.</param>
    /// <param name="at">The machine's present.</param>
    void OnInputLine(bool level, MasterCycles at);
}

/// <summary>
/// The XL's serial bus (SIO): DATA OUT to all devices, DATA IN from whichever sends. Bytes carry the length of their bits, so that
/// a receiver at another rate reads what it would on the cable. COMMAND, MOTOR, PROCEED and INTERRUPT are wires of their own
/// (<see cref="XlPins"/>).
/// </summary>
public sealed class SioBus
{
    private readonly List<ISioDevice> _devices = [];
    private ISioHost? _host;

    /// <summary>Plugs the computer in.</summary>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    public void Connect(ISioHost host) =>
        _host = _host is null ? host : throw new InvalidOperationException("The serial bus has a computer already.");

    /// <summary>Plugs a device in.</summary>
    public void Attach(ISioDevice device) => _devices.Add(device);

    /// <summary>Unplugs a device.</summary>
    public void Detach(ISioDevice device) => _devices.Remove(device);

    /// <summary>The computer has sent a byte.</summary>
    public void FromHost(byte value, bool goodFrame, int cyclesPerBit, MasterCycles at)
    {
        foreach (var device in _devices)
        {
            device.OnByte(value, goodFrame, cyclesPerBit, at);
        }
    }

    /// <summary>A device begins to send a byte.</summary>
    public void ToHost(byte value, int cyclesPerBit, MasterCycles at) => _host?.OnStartBit(value, cyclesPerBit, at);

    /// <summary>A device moves the DATA IN line.</summary>
    public void MoveInputLine(bool level, MasterCycles at) => _host?.OnInputLine(level, at);
}
