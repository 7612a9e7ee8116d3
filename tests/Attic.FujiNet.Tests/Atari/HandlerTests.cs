using System.Buffers.Binary;
using System.Diagnostics;
using Attic.Firmware.Xl.Tests;
using Attic.FujiNet.Sio.Classic;

namespace Attic.FujiNet.Tests.Atari;

public sealed class HandlerTests
{
    [Fact]
    public void The_handler_is_linked_for_any_address()
    {
        byte[] linked = AtariPrograms.NetworkHandler().LinkedAt(0x3456);
        Assert.Equal(0x4C, linked[12]);
        Assert.InRange(BinaryPrimitives.ReadUInt16LittleEndian(linked.AsSpan(13)), 0x3456, 0x3456 + linked.Length);
    }

    [SkippableFact]
    public void The_committed_programs_are_what_the_sources_build()
    {
        foreach (string tool in new[] { "make", "ca65", "ld65" })
        {
            Skip.IfNot((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))), $"{tool} is missing: apt-get install -y make cc65");
        }

        string build = Directory.CreateTempSubdirectory("attic-fujinet-atari-").FullName;
        using var make = Process.Start(new ProcessStartInfo("make", [$"BUILD={build}", "check"])
        {
            WorkingDirectory = Path.Combine(FirmwareTree.Folder, "fujinet"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string output = make.StandardOutput.ReadToEnd() + make.StandardError.ReadToEnd();
        make.WaitForExit();
        Directory.Delete(build, recursive: true);
        Assert.True(make.ExitCode == 0, output);
    }
}
