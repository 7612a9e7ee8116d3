using System.Text;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Media.Fat;
using Attic.Media.Floppies;
using Attic.Modules.M68000;
using Attic.Modules.StAudio;
using Attic.Modules.StIo;
using Attic.Modules.StMachine;
using Attic.Modules.StStorage;
using Attic.Modules.StVideo;

namespace Attic.Firmware.Tests;

/// <summary>A person at an ST with the ROM of the source tree: types, changes disks, and waits for what the screen says.</summary>
internal sealed class StUser : IDisposable
{
    private const int Patience = 3_000;
    private readonly List<FloppyImage> _disks = [];
    private readonly IInputPort _input;
    private readonly IScreenText _screen;

    public StUser(int kilobytes = 1024, MonitorKind monitor = MonitorKind.Colour, byte[]? disk = null)
    {
        Machine = new StMachineModule().Create(
            new()
            {
                Machine = "atari_st",
                Profile = "st_1040_pal",
                Region = VideoRegion.Pal,
                RamKilobytes = kilobytes,
                Rom = FirmwareTree.Rom(),
                Monitor = monitor,
                Seed = 1985,
            },
            new Dictionary<string, IModule>(StringComparer.Ordinal)
            {
                ["cpu"] = new M68000Module(),
                ["video"] = new StVideoModule(),
                ["io"] = new StIoModule(),
                ["audio"] = new StAudioModule(),
                ["storage"] = new StStorageModule(),
            });
        _input = Machine.Capability<IInputPort>()!;
        _screen = Machine.Capability<IScreenText>()!;
        if (disk is not null)
        {
            Insert(disk);
        }
    }

    public IMachine Machine { get; }

    public string Screen => _screen.ReadScreenText();

    /// <summary>A formatted disk with files: the programs of the source tree by their names, or given contents.</summary>
    public static byte[] Disk(params (string Path, byte[] Content)[] files)
    {
        var volume = Fat12Volume.Format(DiskGeometry.DoubleSided);
        foreach (var (path, content) in files)
        {
            int folder = path.LastIndexOf('\\');
            if (folder > 0 && !volume.Exists(path[..folder]))
            {
                volume.MakeFolder(path[..folder]);
            }

            volume.WriteFile(path, content);
        }

        return volume.Image.ToArray();
    }

    /// <summary>Puts a disk into drive A; it lives in memory.</summary>
    public void Insert(byte[] image)
    {
        var disk = FloppyImage.FromBytes("disk.st", image);
        _disks.Add(disk);
        Machine.Capability<IFloppyDrives>()!.Insert(0, disk, Machine.Now);
    }

    /// <summary>What drive A's disk holds now.</summary>
    public Fat12Volume DiskInA() => Fat12Volume.Open(_disks[^1].CopyContent().ToSectors());

    public void Wait(int frames)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            Machine.Audio.Clear();
            Machine.RunFrame();
        }
    }

    /// <summary>Runs until the screen says so.</summary>
    /// <returns>The frames that it took, to the next multiple of five.</returns>
    public int WaitFor(string text)
    {
        int frames = 0;
        for (; !Screen.Contains(text, StringComparison.Ordinal); frames += 5)
        {
            Assert.True(frames < Patience, $"'{text}' never came; the screen shows:\n{Screen}");
            Wait(5);
        }

        return frames;
    }

    public void Type(string text)
    {
        foreach (var character in text.EnumerateRunes())
        {
            var keys = _input.KeysFor(character);
            Apply(keys, InputPhase.Press);
            Apply(keys.Reverse(), InputPhase.Release);
        }
    }

    public void Dispose() => _disks.ForEach(disk => disk.Dispose());

    private void Apply(IEnumerable<int> keys, InputPhase phase)
    {
        foreach (int key in keys)
        {
            _input.Apply(key, phase, 0);
        }

        Wait(3);
    }
}
