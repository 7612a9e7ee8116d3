using System.Buffers.Binary;
using Attic.FujiNet.Sio;
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

    [Fact]
    public void A_system_that_polls_on_with_the_handler_s_own_command_hears_nothing()
    {
        using var poll = new HandlerPoll(AtariPrograms.NetworkHandler(), 'N');
        Assert.Equal(SioReception.Ack, poll.Accept(new(HandlerPoll.LoadId, 0x27, 0xC0, 0x1C)));
        Assert.Equal(SioReception.Silent, poll.Accept(new(HandlerPoll.LoadId, 0x27, 0, 0)));
    }

    [SkippableFact]
    public void The_committed_programs_are_what_the_sources_build()
    {
        using var build = new TemporaryFolder();
        ToolRun.Make("make cc65", ["ca65", "ld65"], "firmware/xl/fujinet", $"BUILD={build.Path}", "check");
    }
}
