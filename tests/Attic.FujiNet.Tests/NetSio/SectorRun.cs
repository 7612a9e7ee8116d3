using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.FujiNet.Core;
using Attic.FujiNet.Disk;
using Attic.FujiNet.NetSio;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Storage;
using Attic.Modules.Mos6502;
using Attic.Modules.XlIo;
using Attic.Modules.XlMachine;
using Attic.Modules.XlStorage;
using Attic.Modules.XlVideo;

namespace Attic.FujiNet.Tests.NetSio;

/// <summary>
/// Our 800XL with our OS, which reads and writes sectors of a FujiNet's disk by SIOV over a net that loses, repeats and swaps datagrams.
/// The boot sector comes over that net as well. Throws when a read gives wrong data or a write that was reported complete is not there.
/// </summary>
public sealed class SectorRun : IDisposable
{
    private const int Sectors = 720;
    private const int SectorBytes = 128;
    private const int FirstWritable = 4;
    private const int Go = 0x06F0;
    private const int Result = 0x06F1;
    private const int Buffer = 0x4000;
    private const int Dcb = 0x0300;
    private const int MostFrames = 60 * 60 * 10;

    // What the OS itself tries again, and hands on when it has tried often enough: no answer, NAK, framing, checksum, error.
    private static readonly byte[] s_retried = [138, 139, 140, 142, 143, 144];

    private readonly Random _random;
    private readonly byte[][] _content = [.. Enumerable.Range(0, Sectors + 1).Select(_ => new byte[SectorBytes])];
    private readonly FujiNetStack _stack;
    private readonly IMachine _machine;

    /// <param name="rom">Our OS.</param>
    /// <param name="seed">What chance is made of.</param>
    /// <param name="faults">What the net does.</param>
    public SectorRun(byte[] rom, int seed, NetFaults faults)
    {
        _random = new Random(seed);
        Net = new LossyNet(seed + 1, faults);
        _stack = FujiNetStack.CreateAsync(new FujiNetOptions { Configure = config => config.Boot.IsConfig = false }).AsTask().GetAwaiter().GetResult();
        MakeDisk();
        var chain = AtariChain.CreateAsync(_stack, null, _ => { }).AsTask().GetAwaiter().GetResult();
        var transport = new NetSioTransport(Net.DeviceEnd, chain, _stack.Core.Context, ownThread: false, Net);
        _stack.Core.IO.Add(transport);
        Net.Work = () =>
        {
            while (transport.Pump(TimeSpan.Zero) || _stack.Core.Tick())
            {
                // Until nothing is left to do.
            }
        };
        Cable = new NetSioCable(Net.EmulatorEnd, isPaced: false, Net);
        _machine = MakeMachine(rom);
        Check(Cable.WaitForDevice(TimeSpan.FromSeconds(60)), "No FujiNet came.");
        _machine.Capability<ISioCablePort>()!.Plug(Cable, _machine.Now);
        RunUntil(() => Peek(Go) == 0 && Peek(Go + 2) == 0xA5, "the boot");
    }

    public LossyNet Net { get; }

    public NetSioCable Cable { get; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    /// <summary>Calls of SIOV that ended in an error, after all that the OS tries.</summary>
    public int Errors { get; private set; }

    public long Frames => _machine.FrameNumber;

    /// <summary>Reads sectors, each until it has come.</summary>
    public void Read(int count)
    {
        for (; count > 0; count--)
        {
            Verify(1 + _random.Next(Sectors));
            Reads++;
        }
    }

    /// <summary>Writes sectors, each until it is reported complete, and reads each back.</summary>
    public void Write(int count)
    {
        byte[] data = new byte[SectorBytes];
        for (; count > 0; count--)
        {
            int sector = FirstWritable + _random.Next(Sectors + 1 - FirstWritable);
            _random.NextBytes(data);
            do
            {
                Poke(Buffer, data);
            }
            while (!Succeeds(Call((byte)'W', 0x80, sector)));

            data.CopyTo(_content[sector], 0);
            Verify(sector);
            Writes++;
        }
    }

    public void Dispose()
    {
        _stack.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Cable.Dispose();
    }

    private static IMachine MakeMachine(byte[] rom)
    {
        var configuration = new MachineConfiguration
        {
            Machine = "atari_xl", Profile = "xl_800_ntsc", Region = VideoRegion.Ntsc, RamKilobytes = 64, Rom = rom, Seed = 1985,
        };
        return new XlMachineModule().Create(configuration, new Dictionary<string, IModule>(StringComparer.Ordinal)
        {
            ["cpu"] = new Mos6502Module(), ["video"] = new XlVideoModule(), ["io"] = new XlIoModule(), ["storage"] = new XlStorageModule(),
        });
    }

    // Boots at $0600: what waits there calls SIOV whenever GO is set, and leaves the status behind it.
    private static byte[] BootSector()
    {
        byte[] sector =
        [
            0, 1, 0x00, 0x06, 0x00, 0x06,
            0xA9, 0x00, 0x8D, 0xF0, 0x06, 0xA9, 0xA5, 0x8D, 0xF2, 0x06, // go = 0; up = A5
            0xAD, 0xF0, 0x06, 0xF0, 0xFB, // wait until go
            0x20, 0x59, 0xE4, 0x8C, 0xF1, 0x06, // SIOV; its status
            0xA9, 0x00, 0x8D, 0xF0, 0x06, 0x4C, 0x10, 0x06, // go = 0; again
        ];
        return [.. sector, .. new byte[SectorBytes - sector.Length]];
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }

    private void MakeDisk()
    {
        var target = _stack.Storage.Resolve("host:/run.atr")!;
        Do(() => _stack.Disks.CreateAsync(target, ImageFormats.LayoutOfNew(ImageType.Atr, SectorBytes, Sectors), overwrite: true));
        Do(() => _stack.Disks.MountAsync(0, target, new MountOptions(Atari: true)));
        for (int sector = 1; sector <= Sectors; sector++)
        {
            _random.NextBytes(_content[sector]);
            if (sector == 1)
            {
                _content[1] = BootSector();
            }

            byte[] data = _content[sector];
            uint index = (uint)sector - 1;
            Do(async () => await _stack.Disks.WriteAsync(0, index, 1, data));
        }
    }

    private static void Do(Func<ValueTask> work) => work().AsTask().GetAwaiter().GetResult();

    private void Verify(int sector)
    {
        while (!Succeeds(Call((byte)'R', 0x40, sector)))
        {
            // A program tries again.
        }

        byte[] came = new byte[SectorBytes];
        ((IMemoryInspector)_machine).Peek(Buffer, came);
        Check(came.AsSpan().SequenceEqual(_content[sector]), $"Sector {sector} was read as complete, with wrong data, after {Reads} reads and {Writes} writes.");
    }

    private bool Succeeds(byte status)
    {
        if (status == 1)
        {
            return true;
        }

        Errors++;
        Check(s_retried.Contains(status), $"Status {status} is none that is tried again.");
        return false;
    }

    private byte Call(byte command, byte direction, int sector)
    {
        if (direction == 0x40)
        {
            // What a read leaves untouched cannot pass for data.
            byte[] noise = new byte[SectorBytes];
            _random.NextBytes(noise);
            Poke(Buffer, noise);
        }

        Poke(Dcb, [0x31, 1, command, direction, Buffer & 0xFF, Buffer >> 8, 2, 0, SectorBytes, 0, (byte)sector, (byte)(sector >> 8)]);
        Poke(Go, [1]);
        RunUntil(() => Peek(Go) == 0, "SIOV");
        return Peek(Result);
    }

    private void RunUntil(Func<bool> done, string what)
    {
        for (int frame = 0; !done(); frame++)
        {
            Check(frame < MostFrames, $"It never came: {what}.");
            _machine.RunFrame();
            _machine.Audio.Clear();
        }
    }

    private byte Peek(int address)
    {
        Span<byte> value = stackalloc byte[1];
        ((IMemoryInspector)_machine).Peek((uint)address, value);
        return value[0];
    }

    private void Poke(int address, ReadOnlySpan<byte> bytes) => ((IMemoryInspector)_machine).Poke((uint)address, bytes);
}
