namespace Attic.Firmware.Xl.Tests.Basic;

/// <summary>The committed BASIC and the tests' file device are what the committed sources build.</summary>
public sealed class RebuildTests : IDisposable
{
    private readonly TemporaryFolder _build = new();

    public void Dispose() => _build.Dispose();

    [SkippableFact]
    public void The_sources_build_the_committed_BASIC_byte_for_byte() =>
        ToolRun.Make("make cc65", ["ca65", "ld65"], "firmware/xl/basic", $"BUILD={_build.Path}", "check");

    [SkippableFact]
    public void The_file_device_of_the_tests_is_what_its_source_builds()
    {
        string source = SourceTree.File("firmware/xl/tests/ramdevice");
        ToolRun.Require("cc65", "ca65", "-I", SourceTree.File("firmware/xl/include"), "-o", _build["device.o"], source + ".s");
        ToolRun.Require("cc65", "ld65", "-C", source + ".cfg", "-o", _build["device.bin"], _build["device.o"]);
        Assert.Equal(RamDevice.Code, File.ReadAllBytes(_build["device.bin"]));
    }
}
