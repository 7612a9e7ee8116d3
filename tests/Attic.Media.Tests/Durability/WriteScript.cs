using Attic.Media.Floppies;

namespace Attic.Media.Tests.Durability;

/// <summary>A series of random writes that two processes can agree on by its seed.</summary>
internal sealed class WriteScript(int seed)
{
    private readonly Random _random = new(seed);
    private readonly byte[] _data = new byte[9 * DiskContent.SectorBytes];

    /// <summary>Does the next write to a content: nine of ten are sectors, the rest format a track.</summary>
    public void Next(DiskContent content) => Next(
        (cylinder, side) => content.Track(cylinder, side).Length / DiskContent.SectorBytes,
        (cylinder, side, number, data) => content.SetSector(cylinder, side, number, data),
        (cylinder, side, data) => content.SetTrack(cylinder, side, data));

    /// <summary>Does the same to a disk.</summary>
    public void Next(FloppyImage disk) => Next(
        (cylinder, side) => disk.SectorsOf(cylinder, side).Length,
        (cylinder, side, number, data) => disk.Write(cylinder, side, number - 1, data, deleted: false),
        (cylinder, side, data) => disk.Format(cylinder, side, StandardTrack.Layout(cylinder, side, data.Length / DiskContent.SectorBytes), data));

    private void Next(Func<int, int, int> sectors, Action<int, int, int, byte[]> write, Action<int, int, byte[]> format)
    {
        int cylinder = _random.Next(80);
        int side = _random.Next(2);
        bool whole = _random.Next(10) == 0;
        int count = whole ? 9 : 1;
        byte[] data = _data[..(count * DiskContent.SectorBytes)];
        _random.NextBytes(data);
        if (whole)
        {
            format(cylinder, side, data);
        }
        else
        {
            write(cylinder, side, _random.Next(sectors(cylinder, side)) + 1, data);
        }
    }
}
