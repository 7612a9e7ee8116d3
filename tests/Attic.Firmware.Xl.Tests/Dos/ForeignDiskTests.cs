using System.Text.RegularExpressions;
using Attic.Media.AtariDos;

namespace Attic.Firmware.Xl.Tests.Dos;

/// <summary>Disks of other people's DOS, supplied by the tester, under our operating system and our BASIC.</summary>
public sealed class ForeignDiskTests
{
    private const string Variable = "ATTIC_XL_DOS_DISKS";

    /// <summary>One case for each image in the folder; none without it.</summary>
    public static TheoryData<string> Disks()
    {
        string folder = Environment.GetEnvironmentVariable(Variable) ?? "";
        return folder.Length > 0 ? [.. Directory.GetFiles(folder, "*.atr", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [""];
    }

    [SkippableTheory]
    [MemberData(nameof(Disks))]
    public void A_foreign_DOS_saves_starts_again_loads_and_shows_its_menu(string file)
    {
        Skip.If(file.Length == 0, $"Needs disks with a DOS: set {Variable} to a folder with .atr images of Atari DOS 2.0S, DOS 2.5, MyDOS, DOS XL and others, whose files are those of DOS 2.");
        byte[] image = WithoutAutorun(File.ReadAllBytes(file));

        var computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);
        var disk = computer.Insert(1, image);
        Ready(computer);
        computer.Type("10 FOR I=1 TO 3:? \"SQUARE \";I*I:NEXT I\nSAVE \"D:SQUARES.BAS\"\n");
        computer.Run(200);
        computer.RunUntil(() => disk.Volume().List().Any(entry => entry is { Name: "SQUARES.BAS", Open: false }), 2400, "SQUARES.BAS");
        computer.Run(200);

        computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);
        computer.Insert(1, disk.ToFile());
        Ready(computer);
        computer.Type("LOAD \"D:SQUARES.BAS\"\n");
        computer.RunUntil(() => Regex.Count(computer.Screen, "READY") == 2, 2400, "READY after LOAD");
        computer.Type("RUN\n");
        computer.RunUntil("SQUARE 9", 2400);
        Assert.Matches("SQUARE 1\n +SQUARE 4\n +SQUARE 9", computer.Screen);

        computer.Type("DOS\n");
        computer.RunUntil(() => ShowsMenu(computer.Screen), 6000, "A menu or prompt of the DOS");
        computer.Run(60);
        computer.PressReset();
        computer.RunUntil(() => computer.Screen.Contains("READY", StringComparison.Ordinal) || ShowsMenu(computer.Screen), 6000, "BASIC or the DOS after RESET");
    }

    private static void Ready(XlComputer computer)
    {
        computer.RunUntil("READY", 3600);
        computer.Run(60);
        Assert.NotEqual(0x700, computer.PeekWord(0x2E7));
    }

    // Atari's and MyDOS' menus, and the command lines "D1:" of DOS XL and its like.
    private static bool ShowsMenu(string screen) =>
        screen.Contains("SELECT ITEM", StringComparison.OrdinalIgnoreCase) || screen.TrimEnd().EndsWith("D1:", StringComparison.Ordinal);

    // What the disk's owner starts on it is not the matter here.
    private static byte[] WithoutAutorun(byte[] image)
    {
        var volume = AtariDosVolume.Open(image);
        foreach (var entry in volume.List().Where(entry => entry.Name.StartsWith("AUTORUN.", StringComparison.Ordinal)))
        {
            volume.SetLocked(entry.Name, locked: false);
            volume.Delete(entry.Name);
        }

        return image;
    }
}
