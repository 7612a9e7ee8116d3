using Attic.Abi.Media;
using Attic.Media.AtariDos;

namespace Attic.Firmware.Xl.Tests.Dos;

/// <summary>The committed disk is what the committed sources make.</summary>
public sealed class DiskRebuildTests
{
    [SkippableFact]
    public void The_sources_make_the_committed_disk_byte_for_byte()
    {
        using var build = new TemporaryFolder();
        ToolRun.Make("make cc65", ["ca65", "ld65"], "firmware/xl/dos", $"BUILD={build.Path}");
        byte[] Built(string file) => File.ReadAllBytes(build[file]);
        byte[] image = new AtariDosSystem(Built("boot.bin"), Built("DOS.SYS"), Built("DUP.SYS")).CreateDisk(AtariDiskShape.Single);
        Assert.Equal(DosDisk.Shipped(), image);
        Assert.Empty(AtariDosVolume.Open(image).FindFaults());
    }
}
