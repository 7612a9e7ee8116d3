using Attic.Media.Floppies;

namespace Attic.Media.Tests.Floppies;

public class StandardTrackTests
{
    // ID field, gap, sync, data mark, data, CRC.
    private const int SectorSpan = 10 + 22 + 12 + 4 + 512 + 2;

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public void All_sectors_fit_between_two_index_pulses_without_overlap(int count)
    {
        var track = StandardTrack.Layout(5, 1, count);
        for (int index = 0; index < count; index++)
        {
            int end = track[index].Position + SectorSpan;
            Assert.True(end <= (index + 1 < count ? track[index + 1].Position : StandardTrack.Bytes));
            Assert.Equal((5, 1, index + 1, 512), (track[index].Track, track[index].Side, track[index].Number, track[index].Length));
        }
    }

    [Fact]
    public void The_first_sector_begins_72_bytes_after_the_index() =>
        Assert.Equal(72, StandardTrack.Layout(0, 0, 9)[0].Position);

    [Fact]
    public void Interleave_spreads_the_numbers() =>
        Assert.Equal([1, 6, 2, 7, 3, 8, 4, 9, 5], StandardTrack.Layout(0, 0, 9, 2).Select(sector => (int)sector.Number));
}
