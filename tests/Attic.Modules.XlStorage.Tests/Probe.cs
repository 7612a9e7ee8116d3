using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.Media;
using Attic.Modules.Mos6502;
using Attic.Modules.XlIo;
using Attic.Modules.XlMachine;
using Attic.Modules.XlVideo;

namespace Attic.Modules.XlStorage.Tests;

/// <summary>What programs/probe.s wrote down about one command.</summary>
/// <param name="Ack">The byte that answered the command frame, 0 for none.</param>
/// <param name="Completion">The byte that ended it, 0 for none.</param>
/// <param name="Sum">Checksum of the data.</param>
/// <param name="Last">Last byte of the data.</param>
/// <param name="Sent">When COMMAND rose, in ms.</param>
/// <param name="Completed">When the completion had come, in ms.</param>
/// <param name="Ended">When the last byte had come, in ms.</param>
/// <param name="Head">The first three bytes of the data.</param>
internal sealed record ProbeResult(byte Ack, byte Completion, byte Sum, byte Last, double Sent, double Completed, double Ended, byte[] Head);

/// <summary>
/// A whole machine whose ROM is programs/probe.s: it speaks to the devices by POKEY alone, measures with VCOUNT and the VBI,
/// and leaves its figures in memory.
/// </summary>
internal sealed class Probe
{
    private const ushort Script = 0x3000;
    private const ushort Speed = 0x2FFE;
    private const ushort Done = 0x2FFF;
    private const ushort Results = 0x4000;
    private const int ResultBytes = 16;
    private readonly List<byte> _script = [];

    public Probe(XlDriveModel model = XlDriveModel.Atari810, VideoRegion region = VideoRegion.Ntsc, uint seed = 7)
    {
        byte[] rom = new byte[0x4000];
        using var program = typeof(Probe).Assembly.GetManifestResourceStream("probe.rom")!;
        program.ReadExactly(rom.AsSpan(0x3C00, 0x400));
        Region = region;
        Machine = new XlMachineModule().Create(
            new()
            {
                Machine = "atari_xl", Profile = "xl_800_ntsc", Region = region, RamKilobytes = 64, Rom = rom, Seed = seed,
                Xl = XlOptions.Default with { Drives = model },
            },
            new Dictionary<string, IModule>(StringComparer.Ordinal)
            {
                ["cpu"] = new Mos6502Module(), ["video"] = new XlVideoModule(), ["io"] = new XlIoModule(), ["storage"] = new XlStorageModule(),
            });
    }

    public IMachine Machine { get; }

    public VideoRegion Region { get; }

    /// <summary>POKEY's divisor: 40 is the usual speed.</summary>
    public byte Divisor { get; set; } = 40;

    public void Insert(IAtariDisk disk, int drive = 0) => Machine.Capability<IFloppyDrives>()!.Insert(drive, disk, Machine.Now);

    /// <summary>Adds a command to the script.</summary>
    public void Add(char command, int aux = 0, int bytes = 128, byte device = 0x31) =>
        _script.AddRange([device, (byte)command, (byte)aux, (byte)(aux >> 8), (byte)bytes]);

    /// <summary>Powers the machine on with the script in its memory.</summary>
    public void Start()
    {
        var inspector = Machine.Capability<IMemoryInspector>()!;
        Machine.Reset(ResetKind.Cold);
        inspector.Poke(Script, [(byte)(_script.Count / 5), .. _script]);
        inspector.Poke(Speed - 1, [0, Divisor, 0]);
    }

    /// <summary>Runs the script and reads what the program found.</summary>
    public List<ProbeResult> Run(int mostFrames = 6_000)
    {
        int steps = _script.Count / 5;
        var inspector = Machine.Capability<IMemoryInspector>()!;
        Start();
        Span<byte> done = [0];
        for (int frame = 0; frame < mostFrames && done[0] != 0xFF; frame++)
        {
            Machine.RunFrame();
            Machine.Audio.Clear();
            inspector.Peek(Done, done);
        }

        Assert.Equal(0xFF, done[0]);
        byte[] results = new byte[steps * ResultBytes];
        inspector.Peek(Results, results);
        _script.Clear();
        return [.. results.Chunk(ResultBytes).Select(Result)];
    }

    private ProbeResult Result(byte[] bytes) =>
        new(bytes[0], bytes[1], bytes[2], bytes[3], Time(bytes, 4), Time(bytes, 7), Time(bytes, 10), bytes[13..16]);

    // VBIs, each in line 248, and pairs of lines of 114 cycles.
    private double Time(byte[] bytes, int at)
    {
        (double cycle, int pairs) = Region == VideoRegion.Pal ? (1_773_447, 156) : (1_789_772.73, 131);
        int frames = (bytes[at] | (bytes[at + 1] << 8)) - (bytes[at + 2] >= 124 ? 1 : 0);
        return ((frames * pairs) + bytes[at + 2]) * 2 * 114 / cycle * 1000;
    }
}
