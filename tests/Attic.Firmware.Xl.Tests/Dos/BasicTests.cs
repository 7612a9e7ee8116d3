namespace Attic.Firmware.Xl.Tests.Dos;

/// <summary>DOS under a BASIC: ours on our operating system, and foreign ones that the tester brings.</summary>
public sealed class BasicTests
{
    [Fact]
    public void A_typed_program_survives_a_cold_start_on_the_disk() => Story([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);

    [SkippableFact]
    public void The_same_under_a_foreign_system_and_BASIC()
    {
        string folder = Environment.GetEnvironmentVariable("ATTIC_XL_ROMS") ?? "";
        string[] files = [Path.Combine(folder, "ATARIXL.ROM"), Path.Combine(folder, "ATARIBAS.ROM")];
        Skip.IfNot(folder.Length > 0 && files.All(File.Exists), "Needs an XL OS and a BASIC: set ATTIC_XL_ROMS to a folder with ATARIXL.ROM and ATARIBAS.ROM.");
        Story([.. File.ReadAllBytes(files[0]), .. File.ReadAllBytes(files[1])]);
    }

    private static void Story(byte[] roms)
    {
        var computer = new XlComputer(roms);
        var disk = computer.Insert(1, DosDisk.Shipped());
        Ready(computer);
        computer.Type("10 FOR I=1 TO 3:? \"SQUARE \";I*I:NEXT I\nSAVE \"D:SQUARES.BAS\"\n");
        computer.Run(120);
        computer.RunUntil(() => disk.Volume().List().Any(file => file is { Name: "SQUARES.BAS", Open: false }), 1200, "SQUARES.BAS");
        computer.Run(120);
        Assert.Empty(disk.Volume().FindFaults());

        computer = new XlComputer(roms);
        computer.Insert(1, disk.ToFile());
        Ready(computer);
        computer.Type("RUN \"D:SQUARES.BAS\"\n");
        computer.RunUntil("SQUARE 9", 1200);
        Assert.Matches("SQUARE 1\n +SQUARE 4\n +SQUARE 9", computer.Screen);
    }

    private static void Ready(XlComputer computer)
    {
        computer.RunUntil(() => computer.Screen.Contains("READY", StringComparison.OrdinalIgnoreCase) && computer.PeekWord(0x2E7) == 0x1CC0, 1800, "READY");
        computer.Run(30);
    }
}
