using System.Buffers.Binary;
using Attic.Abi.AtariXl;
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
    public async Task A_system_that_polls_on_with_the_handler_s_own_command_is_answered_while_there_is_another_handler()
    {
        using var poll = new HandlerPoll(
            new HandlerOffer(AtariPrograms.NetworkHandler(), 'N', HandlerPoll.NetworkLoadId, AtStart: true),
            new HandlerOffer(AtariPrograms.ModemHandler(), 'R', HandlerPoll.ModemLoadId, AtStart: true));
        var again = new SioCommand(HandlerPoll.NetworkLoadId, 0x27, 0, 0);
        await poll.ExecuteAsync(new(HandlerPoll.PollId, 0x40, 0, 0), default);
        Assert.Equal(SioReception.Ack, poll.Accept(new(HandlerPoll.NetworkLoadId, 0x27, 0xC0, 0x1C)));
        Assert.Equal(SioReception.Ack, poll.Accept(again));
        Assert.Equal(HandlerPoll.ModemLoadId, (await poll.ExecuteAsync(again, default)).Data.Span[2]);
        Assert.Equal(SioReception.Silent, poll.Accept(again));
    }

    [Fact]
    public async Task A_start_brings_one_handler_and_a_program_that_opens_a_device_the_other()
    {
        using var poll = new HandlerPoll(
            new HandlerOffer(AtariPrograms.ModemHandler(), 'R', HandlerPoll.ModemLoadId, AtStart: false),
            new HandlerOffer(AtariPrograms.NetworkHandler(), 'N', HandlerPoll.NetworkLoadId, AtStart: true));
        Assert.Equal(HandlerPoll.NetworkLoadId, (await Answer(0, 0))![2]);
        Assert.Null(await Answer(0, 0));
        Assert.Equal(HandlerPoll.ModemLoadId, (await Answer('R', 1))![2]);
        Assert.Equal(HandlerPoll.NetworkLoadId, (await Answer('N', 1))![2]);
        Assert.Null(await Answer('X', 1));
        Assert.Null(await Answer(0x4F, 0x4F));
        Assert.Equal(HandlerPoll.NetworkLoadId, (await Answer(0, 0))![2]);

        async Task<byte[]?> Answer(int aux1, int aux2)
        {
            var command = new SioCommand(HandlerPoll.PollId, 0x40, (byte)aux1, (byte)aux2);
            return poll.Accept(command).Answer == 0 ? null : (await poll.ExecuteAsync(command, default)).Data.ToArray();
        }
    }

    [SkippableFact]
    public void The_committed_programs_are_what_the_sources_build()
    {
        using var build = new TemporaryFolder();
        ToolRun.Make("make cc65", ["ca65", "ld65"], "firmware/xl/fujinet", $"BUILD={build.Path}", "check");
    }
}
