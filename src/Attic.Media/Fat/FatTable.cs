namespace Attic.Media.Fat;

/// <summary>The allocation table: twelve bits per cluster, chained. All copies on the disk are written alike, the first is read.</summary>
internal sealed class FatTable(Memory<byte> image, FatGeometry geometry)
{
    private const int EndOfChain = 0xFFF;
    private const int FirstEnd = 0xFF8;

    public int FreeClusters
    {
        get
        {
            int free = 0;
            for (int cluster = 2; cluster < geometry.Clusters + 2; cluster++)
            {
                free += Get(cluster) == 0 ? 1 : 0;
            }

            return free;
        }
    }

    /// <summary>The clusters of a chain.</summary>
    /// <param name="first">The first; 0 for an empty file.</param>
    /// <exception cref="MediaFormatException">The chain leaves the disk, enters a free cluster or runs in a circle.</exception>
    public List<int> Chain(int first)
    {
        var chain = new List<int>();
        int at = first;
        while (at != 0 && at < FirstEnd)
        {
            if (at < 2 || at >= geometry.Clusters + 2)
            {
                throw new MediaFormatException(EntryOffset(chain.Count == 0 ? 0 : chain[^1]), $"a cluster of 2 to {geometry.Clusters + 1}", $"{at}");
            }

            if (chain.Count == geometry.Clusters)
            {
                throw new MediaFormatException(EntryOffset(at), "a chain that ends", "one that runs in a circle");
            }

            chain.Add(at);
            at = Get(at);
            if (at == 0)
            {
                throw new MediaFormatException(EntryOffset(chain[^1]), "the next cluster of a chain", "a free one");
            }
        }

        return chain;
    }

    /// <summary>Chains free clusters; the caller has made sure that there are enough.</summary>
    /// <returns>The clusters.</returns>
    public List<int> Allocate(int count)
    {
        var chain = new List<int>(count);
        for (int cluster = 2; cluster < geometry.Clusters + 2 && chain.Count < count; cluster++)
        {
            if (Get(cluster) == 0)
            {
                chain.Add(cluster);
            }
        }

        for (int index = 0; index < chain.Count; index++)
        {
            Set(chain[index], index + 1 < chain.Count ? chain[index + 1] : EndOfChain);
        }

        return chain;
    }

    /// <summary>Appends a chain to the cluster that ended another.</summary>
    public void Link(int last, int next) => Set(last, next);

    public void Free(List<int> chain)
    {
        foreach (int cluster in chain)
        {
            Set(cluster, 0);
        }
    }

    private int Get(int cluster)
    {
        var bytes = image.Span[EntryOffset(cluster)..];
        return (cluster & 1) == 0 ? bytes[0] | ((bytes[1] & 0x0F) << 8) : (bytes[0] >> 4) | (bytes[1] << 4);
    }

    private void Set(int cluster, int value)
    {
        for (int copy = 0; copy < geometry.Fats; copy++)
        {
            var bytes = image.Span[(EntryOffset(cluster) + (copy * geometry.FatSectors * FatGeometry.SectorBytes))..];
            if ((cluster & 1) == 0)
            {
                bytes[0] = (byte)value;
                bytes[1] = (byte)((bytes[1] & 0xF0) | (value >> 8));
            }
            else
            {
                bytes[0] = (byte)((bytes[0] & 0x0F) | (value << 4));
                bytes[1] = (byte)(value >> 4);
            }
        }
    }

    private int EntryOffset(int cluster) => (geometry.FatStart * FatGeometry.SectorBytes) + (cluster * 3 / 2);
}
