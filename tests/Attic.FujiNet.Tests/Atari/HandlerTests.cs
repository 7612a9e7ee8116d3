using System.Buffers.Binary;
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
        using var build = new TemporaryFolder();
        ToolRun.Make("make cc65", ["ca65", "ld65"], "firmware/xl/fujinet", $"BUILD={build.Path}", "check");
    }
}
