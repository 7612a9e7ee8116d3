using Attic.Engine.Sessions;
using Attic.Engine.Streams;
using Attic.Engine.Tests.Toy;

namespace Attic.Engine.Tests.Streams;

public class BackpressureTests
{
    [Fact]
    public async Task A_reader_that_never_reads_loses_the_oldest_pictures_and_the_machine_goes_on()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        using var video = session.Streams.Connect(StreamKind.Video, new VideoSettings());
        for (int frame = 1; frame <= 40; frame++)
        {
            // One at a time, each seen by the stream's thread: so it is this reader's queue that overflows.
            await RunFramesAsync(session, engine, 1);
            await UntilAsync(video, sample => sample.DroppedEvents + sample.QueueDepth == frame);
        }

        var health = video.PeekHealth();
        Assert.Equal((4, 4), (health.QueueDepth, health.QueueCapacity));
        Assert.True(health.ThrottleActive);
        Assert.Equal((4, 1.0), (health.HighWatermarkDepth, health.HighWatermarkRatio));
        Assert.Equal(1, health.ThrottleTransitionsTotal);

        long last = 0;
        while (video.TryTake(out var unit))
        {
            var picture = Assert.IsType<VideoUnit>(unit);
            Assert.True(picture.FrameId > last);
            Assert.Equal(FrameConverter.CanvasWidth * FrameConverter.CanvasHeight * 2, picture.Payload!.Bytes.Length);
            last = picture.FrameId;
            picture.Payload.Release();
        }

        var after = video.PeekHealth();
        Assert.Equal((0, false, 2), (after.QueueDepth, after.ThrottleActive, after.ThrottleTransitionsTotal));
        Assert.Equal(last, after.DroppedEvents + 4);
    }

    [Fact]
    public async Task A_paused_stream_counts_nothing_and_uses_no_numbers()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        using var video = session.Streams.Connect(StreamKind.Video, new VideoSettings());
        video.SetPaused(true);
        await RunFramesAsync(session, engine, 20);
        Assert.Equal(0, video.PeekHealth().DroppedEvents);
        Assert.False(session.Streams.VideoWatched);
        video.SetPaused(false);
        await RunFramesAsync(session, engine, 1);
        Assert.Equal(1, (await NextAsync(video)).FrameId);
    }

    [Fact]
    public void A_ceiling_leaves_out_what_is_over_it_and_drops_nothing()
    {
        using var streams = new SessionStreams("ses_x", new StreamDefaults());
        using var video = streams.Connect(StreamKind.Video, new VideoSettings());
        video.SetLimit(new RateLimit(10, 2));
        long now = RuntimeClock.NowUs + 1_000_000;
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => video.Wants(now)));
        Assert.False(video.Wants(now + 50_000));
        Assert.True(video.Wants(now + 100_000));
        Assert.Equal(0, video.PeekHealth().DroppedEvents);
    }

    [Fact]
    public async Task Nothing_is_copied_while_nobody_watches()
    {
        await using var engine = new ToyEngine();
        var session = await engine.StartPausedAsync();
        Assert.False(session.Streams.VideoWatched);
        using (session.Streams.Connect(StreamKind.Video, new VideoSettings()))
        {
            Assert.True(session.Streams.VideoWatched);
        }

        Assert.False(session.Streams.VideoWatched);
    }

    // Runs whole frames on the machine's thread, so that exactly so many pictures come.
    private static Task<bool> RunFramesAsync(Session session, ToyEngine engine, int frames) => session.Ask(() =>
    {
        for (int i = 0; i < frames; i++)
        {
            session.Host.RunFrame();
        }

        return true;
    });

    private static async Task<StreamHealth> UntilAsync(StreamConnection connection, Predicate<StreamHealth> holds)
    {
        while (!holds(connection.PeekHealth()))
        {
            await Task.Yield();
        }

        return connection.PeekHealth();
    }

    private static async Task<VideoUnit> NextAsync(StreamConnection connection)
    {
        StreamUnit? unit;
        while (!connection.TryTake(out unit))
        {
            await connection.WaitAsync(CancellationToken.None);
        }

        return (VideoUnit)unit;
    }
}
