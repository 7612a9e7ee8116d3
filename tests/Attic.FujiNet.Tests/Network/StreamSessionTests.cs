using Attic.FujiNet.Core;
using Attic.FujiNet.Network;

namespace Attic.FujiNet.Tests.Network;

public sealed class StreamSessionTests
{
    [Fact]
    public void What_came_just_before_the_end_is_read_before_the_end()
    {
        byte[] buffer = new byte[16];
        for (int round = 0; round < 20_000; round++)
        {
            using var session = new ShortSession();
            session.Start();
            SessionRead read;
            do
            {
                read = session.Read(0, buffer);
            }
            while (read.Status == IOStatus.NotReady);

            // All of it and perhaps the end; never the end alone.
            Assert.Equal((IOStatus.Ok, 3), (read.Status, read.Count));
        }
    }

    /// <summary>Whose peer sends three bytes and is gone.</summary>
    private sealed class ShortSession() : StreamSession("test", "nobody", 64, mayHalfClose: false, wakeup: null)
    {
        protected override ValueTask<Stream> ConnectAsync(CancellationToken stop) => new(new MemoryStream([1, 2, 3]));

        protected override ValueTask CloseSendingAsync(Stream stream) => ValueTask.CompletedTask;
    }
}
