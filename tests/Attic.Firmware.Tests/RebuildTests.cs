namespace Attic.Firmware.Tests;

/// <summary>The committed ROM and programs are what the committed sources build.</summary>
public sealed class RebuildTests
{
    [SkippableFact]
    public void The_sources_build_the_committed_image_and_programs_byte_for_byte()
    {
        using var build = new TemporaryFolder();
        ToolRun.Make("make gcc-m68k-linux-gnu", ["awk", "m68k-linux-gnu-gcc", "m68k-linux-gnu-ld"], "firmware/st", $"BUILD={build.Path}", "check");
    }
}
