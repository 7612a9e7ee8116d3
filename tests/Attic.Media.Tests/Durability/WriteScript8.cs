using Attic.Abi.Media;
using Attic.Media.Floppies8;

namespace Attic.Media.Tests.Durability;

/// <summary>A series of random writes to a disk of an 8-bit Atari that two processes can agree on by its seed.</summary>
internal sealed class WriteScript8(int seed)
{
    private readonly Random _random = new(seed);
    private readonly byte[] _data = new byte[128];

    /// <summary>Does the next write: most are sectors, some format the disk.</summary>
    public void Next(DiskImage8 disk)
    {
        if (_random.Next(20) == 0)
        {
            disk.Format(_random.Next(2) == 0 ? AtariDiskShape.Single : AtariDiskShape.Enhanced);
            return;
        }

        _random.NextBytes(_data);
        disk.WriteSector(_random.Next(40), _random.Next(18), _data);
    }
}
