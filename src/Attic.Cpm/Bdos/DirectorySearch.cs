using Attic.Cpm.Drives;

namespace Attic.Cpm.Bdos;

/// <summary>The directory as functions 17 and 18 show it: an entry of 32 bytes for each 16 KB of a file.</summary>
internal sealed class DirectorySearch
{
    private const int EntrySize = 32;
    private const int RecordsPerExtent = 128;
    private const byte Deleted = 0xE5;
    private readonly Queue<(CpmFileEntry File, int Extent)> _found = [];

    /// <summary>Starts a search.</summary>
    /// <param name="files">Files that match.</param>
    /// <param name="extent">The one extent that is wanted, or null for all.</param>
    public void Start(IEnumerable<CpmFileEntry> files, int? extent)
    {
        _found.Clear();
        foreach (var file in files)
        {
            int extents = Math.Max(1, (file.Records + RecordsPerExtent - 1) / RecordsPerExtent);
            for (int at = 0; at < extents; at++)
            {
                if (extent is null || extent == at)
                {
                    _found.Enqueue((file, at));
                }
            }
        }
    }

    /// <summary>Puts the next entry into a record, as the first of its four.</summary>
    /// <param name="record">128 bytes.</param>
    /// <returns>False at the end.</returns>
    public bool Next(Span<byte> record)
    {
        if (!_found.TryDequeue(out var entry))
        {
            return false;
        }

        record.Fill(Deleted);
        Write(record[..EntrySize], entry.File, entry.Extent);
        return true;
    }

    private static void Write(Span<byte> target, CpmFileEntry file, int extent)
    {
        target.Clear();
        target[0] = (byte)file.User;
        file.Name.CopyTo(target[1..]);
        target[9] |= file.ReadOnly ? (byte)0x80 : (byte)0;
        target[12] = (byte)(extent % 32);
        target[14] = (byte)(extent / 32);
        int records = Math.Clamp(file.Records - (extent * RecordsPerExtent), 0, RecordsPerExtent);
        target[15] = (byte)records;
        int blocks = ((records * CpmDrive.RecordSize) + CpmLayout.BlockSize - 1) / CpmLayout.BlockSize;
        for (int block = 0; block < blocks; block++)
        {
            // A host's file has no blocks: any number that is not 0 says "allocated" to programs that count them.
            target[16 + (block * 2)] = (byte)(block + 2);
        }
    }
}
