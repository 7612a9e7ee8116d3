namespace Attic.Firmware.Xl.Tests;

/// <summary>The committed ROM is what the committed sources build.</summary>
public sealed class RebuildTests
{
    [SkippableFact]
    public void The_sources_build_the_committed_operating_system_byte_for_byte()
    {
        using var build = new TemporaryFolder();
        ToolRun.Make("make cc65", ["awk", "ca65", "ld65"], "firmware/xl", $"BUILD={build.Path}", "check");
    }

    [Fact]
    public void Jumps_lie_where_they_are_published()
    {
        byte[] rom = FirmwareTree.Os();
        Assert.Equal(16384, rom.Length);
        for (int address = 0xE450; address < 0xE48F; address += 3)
        {
            Assert.Equal(0x4C, rom[address - 0xC000]);
        }

        foreach (int table in new[] { 0xE400, 0xE410, 0xE420, 0xE430, 0xE440, 0xE48F })
        {
            Assert.Equal(0x4C, rom[table - 0xC000 + 12]);
        }
    }
}
