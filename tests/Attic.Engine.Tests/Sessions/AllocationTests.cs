using Attic.Engine.Sessions;
using Attic.Engine.Streams;
using Attic.Engine.Tests.Toy;

namespace Attic.Engine.Tests.Sessions;

public class AllocationTests
{
    [Fact]
    public void A_watched_machine_allocates_nothing_per_frame()
    {
        using var streams = new SessionStreams("ses_test", new StreamDefaults());
        using var video = streams.Connect(StreamKind.Video, new VideoSettings());
        using var audio = streams.Connect(StreamKind.Audio, new AudioSettings());
        var host = new MachineHost(new ToyMachine(new byte[4]), streams, 0);
        Assert.Equal(0, Allocation.Of(() => Run(host, 50)));
    }

    private static void Run(MachineHost host, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            host.RunFrame();
        }
    }
}
