using System.Runtime.InteropServices;
using Attic.Abi.State;

namespace Attic.Media.Floppies;

/// <summary>
/// The tracks of a disk that differ from what it held when it was opened: a disk's part of a machine's state.
/// </summary>
internal sealed class DiskOverlay
{
    private readonly DiskContent _content;
    private readonly byte[]?[] _originals = new byte[]?[DiskContent.MaxTracks];
    private readonly Action<int, int, byte[]> _restore;
    private Header _header;
    private Entry[] _entries = [];
    private byte[] _data = [];
    private bool _stale;

    /// <summary>Begins with nothing modified.</summary>
    /// <param name="content">The live content.</param>
    /// <param name="fingerprint">Of the content now.</param>
    /// <param name="restore">Called with cylinder, side and sectors for each track that a loaded state changes.</param>
    public DiskOverlay(DiskContent content, ulong fingerprint, Action<int, int, byte[]> restore)
    {
        _content = content;
        Fingerprint = fingerprint;
        _restore = restore;
        _header.Fingerprint = fingerprint;
    }

    public ulong Fingerprint { get; }

    /// <summary>A track is about to change.</summary>
    public void Touch(int cylinder, int side)
    {
        _originals[DiskContent.TrackIndex(cylinder, side)] ??= _content.Track(cylinder, side).ToArray();
        _stale = true;
    }

    public void Visit(StateVisitor visitor)
    {
        Collect();
        var header = _header;
        visitor.Struct("disk", ref header);
        if (header.Fingerprint == 0)
        {
            // Erased: power goes off, the disk stays.
            return;
        }

        if (header.Fingerprint != Fingerprint)
        {
            throw new InvalidDataException("The state was saved with another disk in the drive.");
        }

        Resize(header);
        visitor.Array("tracks", _entries.AsSpan());
        visitor.Memory("sectors", _data);
        Apply();
    }

    private void Collect()
    {
        if (!_stale)
        {
            return;
        }

        _stale = false;
        int tracks = _originals.Count(original => original is not null);
        int bytes = Enumerable.Range(0, DiskContent.MaxTracks).Where(index => _originals[index] is not null).Sum(index => Track(index).Length);
        Resize(new() { Fingerprint = Fingerprint, Tracks = tracks, Bytes = bytes });
        int entry = 0;
        int at = 0;
        for (int index = 0; index < DiskContent.MaxTracks; index++)
        {
            if (_originals[index] is not null)
            {
                var track = Track(index);
                _entries[entry++] = new() { Index = (ushort)index, Sectors = (ushort)(track.Length / DiskContent.SectorBytes) };
                track.CopyTo(_data.AsSpan(at));
                at += track.Length;
            }
        }
    }

    private void Resize(Header header)
    {
        const int MostBytes = DiskContent.MaxTracks * DiskContent.MaxSectorsPerTrack * DiskContent.SectorBytes;
        if (header.Tracks is < 0 or > DiskContent.MaxTracks || header.Bytes is < 0 or > MostBytes)
        {
            throw new InvalidDataException($"The state claims {header.Tracks} modified tracks of {header.Bytes} bytes.");
        }

        _header = header;
        Array.Resize(ref _entries, header.Tracks);
        Array.Resize(ref _data, header.Bytes);
    }

    // After a save everything is as it was; after a load this puts the disk into the state's condition.
    private void Apply()
    {
        CheckEntries();
        Span<bool> mentioned = stackalloc bool[DiskContent.MaxTracks];
        int at = 0;
        foreach (var entry in _entries)
        {
            int bytes = entry.Sectors * DiskContent.SectorBytes;
            Put(entry.Index, _data.AsSpan(at, bytes));
            mentioned[entry.Index] = true;
            at += bytes;
        }

        for (int index = 0; index < DiskContent.MaxTracks; index++)
        {
            if (!mentioned[index] && _originals[index] is { } original)
            {
                Put(index, original);
                _originals[index] = null;
            }
        }
    }

    private void CheckEntries()
    {
        int bytes = 0;
        int last = -1;
        foreach (var entry in _entries)
        {
            if (entry.Index <= last || entry.Index >= DiskContent.MaxTracks || entry.Sectors > DiskContent.MaxSectorsPerTrack)
            {
                _stale = true;
                throw new InvalidDataException($"The state holds a modified track {entry.Index} of {entry.Sectors} sectors.");
            }

            last = entry.Index;
            bytes += entry.Sectors * DiskContent.SectorBytes;
        }

        if (bytes != _data.Length)
        {
            _stale = true;
            throw new InvalidDataException($"The state's modified tracks take {bytes} bytes, it holds {_data.Length}.");
        }
    }

    private void Put(int index, ReadOnlySpan<byte> sectors)
    {
        if (!Track(index).SequenceEqual(sectors))
        {
            _originals[index] ??= Track(index).ToArray();
            _restore(index / 2, index % 2, sectors.ToArray());
        }
    }

    private ReadOnlySpan<byte> Track(int index) => _content.Track(index / 2, index % 2);

    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public ulong Fingerprint;
        public int Tracks;
        public int Bytes;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public ushort Index;
        public ushort Sectors;
    }
}
