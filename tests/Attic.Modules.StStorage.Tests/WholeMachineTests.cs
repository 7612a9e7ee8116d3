using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.State;
using Attic.Media.Fat;
using Attic.Media.Floppies;
using Attic.Modules.M68000;
using Attic.Modules.StAudio;
using Attic.Modules.StIo;
using Attic.Modules.StMachine;
using Attic.Modules.StVideo;

namespace Attic.Modules.StStorage.Tests;

/// <summary>Systems that use the drives: our own ROM, and EmuTOS where the environment names its image.</summary>
public class WholeMachineTests
{
    private const int MostFrames = 1_500;

    public static TheoryData<string> Systems => ["ours", "emutos"];

    [SkippableTheory]
    [MemberData(nameof(Systems))]
    public void A_program_in_the_auto_folder_runs(string system)
    {
        var machine = Build(system, DiskWith("HELLO.TOS"));
        RunUntil(machine, "Hello from Attic!");
    }

    [SkippableTheory]
    [MemberData(nameof(Systems))]
    public void A_program_writes_files_and_leaves_the_disk_sound(string system)
    {
        var disk = DiskWith("CHECK.TOS");
        string before = disk.ContentHash();
        var machine = Build(system, disk);
        RunUntil(machine, "checks passed, 0 failed");
        Assert.NotEqual(before, disk.ContentHash());
        var volume = Fat12Volume.Open(disk.CopyContent().ToSectors());
        Assert.Equal("AUTO", Assert.Single(volume.List()).Name);
        Assert.Equal(Program("CHECK.TOS"), volume.ReadFile("AUTO/TEST.PRG"));
    }

    [SkippableTheory]
    [MemberData(nameof(Systems))]
    public void Two_machines_that_write_to_disk_stay_equal(string system)
    {
        static string Run(IMachine machine)
        {
            for (int frame = 0; frame < 400; frame++)
            {
                machine.RunFrame();
                machine.Audio.Clear();
            }

            return StateHasher.Hash(machine);
        }

        Assert.Equal(Run(Build(system, DiskWith("CHECK.TOS"))), Run(Build(system, DiskWith("CHECK.TOS"))));
    }

    private static FloppyImage DiskWith(string program)
    {
        var volume = Fat12Volume.Format(DiskGeometry.DoubleSided, serial: 0xA771C);
        volume.MakeFolder("AUTO");

        // Systems run only what is called .PRG from that folder.
        volume.WriteFile("AUTO/TEST.PRG", Program(program));
        return FloppyImage.FromBytes("disk.st", volume.Image.Span);
    }

    private static IMachine Build(string system, FloppyImage disk)
    {
        var machine = new StMachineModule().Create(
            new()
            {
                Machine = "atari_st",
                Profile = "st_1040_pal",
                Region = VideoRegion.Pal,
                RamKilobytes = 1024,
                Rom = system == "ours" ? File.ReadAllBytes(Firmware("attic-st.img")) : EmuTos(),
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
        machine.Capability<IFloppyDrives>()!.Insert(0, disk, machine.Now);
        return machine;
    }

    private static string RunUntil(IMachine machine, string text)
    {
        var screen = machine.Capability<IScreenText>()!;
        for (int frame = 0; frame < MostFrames; frame++)
        {
            machine.RunFrame();
            machine.Audio.Clear();
            if (frame % 10 == 0 && screen.ReadScreenText() is var shown && shown.Contains(text, StringComparison.Ordinal))
            {
                return shown;
            }
        }

        throw new InvalidOperationException($"'{text}' never came; the screen shows:\n{screen.ReadScreenText()}");
    }

    private static byte[] Program(string name) => File.ReadAllBytes(Firmware(Path.Combine("programs", name)));

    private static byte[] EmuTos()
    {
        string? path = Environment.GetEnvironmentVariable("ATTIC_EMUTOS");
        Skip.IfNot(File.Exists(path), "Needs an EmuTOS 192K image: set ATTIC_EMUTOS to the path of etos192us.img from emutos.sourceforge.io.");
        return File.ReadAllBytes(path!);
    }

    private static string Firmware(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Attic.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? "", "firmware", "st", name);
    }
}
