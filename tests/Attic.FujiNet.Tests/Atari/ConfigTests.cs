using Attic.FujiNet.Sio.Classic;

namespace Attic.FujiNet.Tests.Atari;

/// <summary>CONFIG, booted from the FujiNet and used by the keys.</summary>
public sealed class ConfigTests
{
    [Fact]
    public void An_image_is_chosen_from_a_host_and_booted()
    {
        using var xl = new FujiXl(boot: true, prepare: folder => File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "games")).FullName, "game.atr"), Bootable()));
        xl.Until("1 SD").Type("1").Until("games/");
        string screen = xl.Computer.Screen;
        char folder = screen[screen.IndexOf(" games/", StringComparison.Ordinal) - 1];
        xl.Type($"{folder}").Until("A game.atr");
        xl.Type("A").Until("Drive 1-8?").Type("1").Until("Read or Write?").Type("R").Until("D1 1:game.atr");
        xl.Type("B").Until("BOOTED");
    }

    [Fact]
    public void A_host_is_named_and_is_there_after_a_start()
    {
        using var xl = new FujiXl(boot: true);
        xl.Until("Q quit").Type("E").Until("Host 1-8?").Type("2").Until("URL:").Type("tnfs.example\n").Until("2 TNFS.EXAMPLE");
        Assert.Contains("TNFS.EXAMPLE", File.ReadAllText(Path.Combine(xl.Folder, "FujiNet", "atari-slots.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_opened_is_said()
    {
        using var xl = new FujiXl(boot: true);
        xl.Until("Q quit").Type("3").Until("could not do that");
    }

    // A boot sector at $0600 that prints a record by CIO and stops.
    private static byte[] Bootable()
    {
        byte[] program =
        [
            0, 1, 0x00, 0x06, 0x00, 0x06,
            0xA2, 0, 0xA9, 9, 0x8D, 0x42, 3, 0xA9, 0x25, 0x8D, 0x44, 3, 0xA9, 6, 0x8D, 0x45, 3, // IOCB 0: PUT RECORD of $0625
            0xA9, 40, 0x8D, 0x48, 3, 0x8E, 0x49, 3, 0x20, 0x56, 0xE4, 0x4C, 0x22, 0x06, .. "BOOTED"u8, 0x9B,
        ];
        byte[] disk = AtariPrograms.ConfigDisk();
        disk.AsSpan(16).Clear();
        program.CopyTo(disk, 16);
        return disk;
    }
}
