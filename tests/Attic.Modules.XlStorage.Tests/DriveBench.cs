using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Abi.Scheduling;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlStorage.Tests;

/// <summary>Drives on a bus of their own; the computer's end sends frames and hears what comes.</summary>
internal sealed class DriveBench : ISioHost
{
    private const int UsualBit = 94;

    private readonly DeadlineSlots _deadlines = new("disk", "printer", "tape", "sio");
    private readonly Wire _command;
    private readonly int _driver;
    private readonly SioBus _bus = new();
    private readonly DiskDrives _drives;
    private long _cycle;

    public DriveBench(DriveModel model, IAtariDisk disk)
    {
        var wiring = new Wiring();
        var configuration = new MachineConfiguration
        {
            Machine = "atari_xl", Profile = "xl_800_ntsc", Region = VideoRegion.Ntsc, RamKilobytes = 64, Rom = default, MasterClock = new ClockRate(315_000_000, 44),
        };
        _bus.Connect(this);
        _drives = new(new XlChipContext(configuration, _deadlines, wiring, null!, new AudioBuffer(48_000), new PagedMemory(65_536), new XlInterrupts(), _bus), model);
        _command = wiring.Wire(XlPins.SioCommand);
        _driver = _command.AddDriver();
        _drives.Insert(0, disk, MasterCycles.Zero);
    }

    /// <summary>Bytes that the drive sent, with the cycles of a bit.</summary>
    public List<(byte Value, int Bit)> Heard { get; } = [];

    /// <summary>The bytes alone.</summary>
    public byte[] Bytes => [.. Heard.Select(heard => heard.Value)];

    /// <summary>Cycles of a bit that the computer sends.</summary>
    public int Bit { get; set; } = UsualBit;

    private MasterCycles At => ClockTicks.At(_cycle);

    /// <summary>Sends a command frame and waits until nothing more comes.</summary>
    public void Command(char command, int aux = 0, bool damaged = false)
    {
        Heard.Clear();
        byte[] frame = [0x31, (byte)command, (byte)aux, (byte)(aux >> 8)];
        _command.Drive(_driver, level: false, At);
        Pass(1_500);
        Send([.. frame, (byte)(SioFrame.Checksum(frame) + (damaged ? 1 : 0))]);
        _command.Drive(_driver, level: true, At);
        Finish();
    }

    /// <summary>Sends a data frame and waits until nothing more comes.</summary>
    public void DataFrame(byte[] data, bool damaged = false)
    {
        Send([.. data, (byte)(SioFrame.Checksum(data) + (damaged ? 1 : 0))]);
        Finish();
    }

    /// <summary>COMMAND goes low and high again with nothing between.</summary>
    public void Interrupt()
    {
        _command.Drive(_driver, level: false, At);
        Pass(1_000);
        _command.Drive(_driver, level: true, At);
    }

    /// <summary>Sends a command frame and does not wait.</summary>
    public void Begin(char command, int aux)
    {
        Heard.Clear();
        byte[] frame = [0x31, (byte)command, (byte)aux, (byte)(aux >> 8)];
        _command.Drive(_driver, level: false, At);
        Send([.. frame, SioFrame.Checksum(frame)]);
        _command.Drive(_driver, level: true, At);
        Pass(20_000);
    }

    /// <summary>Takes the disk out.</summary>
    public void Eject() => _drives.Eject(0, At);

    /// <summary>Waits until nothing more comes.</summary>
    public void Finish()
    {
        while (_deadlines.Next != MasterCycles.Never)
        {
            _cycle = ClockTicks.Cycle(_deadlines.Next);
            _deadlines.Dispatch(At);
        }
    }

    public void OnStartBit(byte value, int cyclesPerBit, MasterCycles at) => Heard.Add((value, cyclesPerBit));

    public void OnInputLine(bool level, MasterCycles at) => Assert.Fail("A drive sends bytes.");

    private void Send(byte[] bytes)
    {
        foreach (byte value in bytes)
        {
            Pass(10 * Bit);
            _bus.FromHost(value, true, Bit, At);
        }
    }

    private void Pass(long cycles)
    {
        _cycle += cycles;
        _deadlines.Dispatch(At);
    }
}
