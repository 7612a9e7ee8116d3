using Attic.Firmware.Xl.Tests;

namespace Attic.FujiNet.Tests.NetSio;

/// <summary>Sectors over NetSIO from our own XL. The long run is in the benchmarks.</summary>
public sealed class LossyLinkTests
{
    [Fact]
    public void Over_a_good_net_every_sector_comes_at_once()
    {
        using var run = new SectorRun(FirmwareTree.Os(), seed: 3, new NetFaults(0, 0, TimeSpan.Zero));
        run.Read(100);
        run.Write(30);
        Assert.Equal((0, 0), (run.Errors, run.Cable.Unanswered));
        Assert.True(run.Cable.IsNumbered);
    }

    [Fact]
    public void Over_a_bad_net_no_read_gives_wrong_data_and_no_complete_write_is_lost()
    {
        using var run = new SectorRun(FirmwareTree.Os(), seed: 1, new NetFaults(0.05, 0.05, TimeSpan.FromMilliseconds(4), Stragglers: 0.02));
        run.Read(750);
        run.Write(400);
        run.Read(750);
        Assert.True(run.Net is { Lost: > 100, Repeated: > 100, Overtaken: > 10 }, "The net was too good.");
    }
}
