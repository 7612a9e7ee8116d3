using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Attic.Media.Floppies;

/// <summary>
/// What is on a disk: per track the sectors 1 to n of 512 bytes, one after another. A track may be unformatted (empty),
/// and tracks may differ in n while a disk is being formatted anew.
/// </summary>
public sealed class DiskContent
{
    /// <summary>Bytes of a sector.</summary>
    public const int SectorBytes = 512;

    /// <summary>The most sectors that fit on a double-density track.</summary>
    public const int MaxSectorsPerTrack = 11;

    /// <summary>The most cylinders that drives can reach.</summary>
    public const int MaxCylinders = 86;

    /// <summary>Tracks that can be addressed.</summary>
    public const int MaxTracks = MaxCylinders * 2;

    private readonly byte[][] _tracks = new byte[MaxTracks][];

    /// <summary>An unformatted disk.</summary>
    public DiskContent() => Array.Fill(_tracks, []);

    /// <summary>A formatted disk.</summary>
    /// <param name="geometry">Its shape.</param>
    /// <param name="sectors">All sectors: cylinder by cylinder, side by side, by number.</param>
    /// <exception cref="ArgumentException">The shape is impossible or the length does not agree with it.</exception>
    public DiskContent(DiskGeometry geometry, ReadOnlySpan<byte> sectors)
        : this()
    {
        if (!geometry.IsPossible || sectors.Length != geometry.Bytes)
        {
            throw new ArgumentException($"{sectors.Length} bytes do not fill {geometry}.", nameof(sectors));
        }

        int trackBytes = geometry.SectorsPerTrack * SectorBytes;
        for (int cylinder = 0; cylinder < geometry.Cylinders; cylinder++)
        {
            for (int side = 0; side < geometry.Sides; side++)
            {
                SetTrack(cylinder, side, sectors.Slice(((cylinder * geometry.Sides) + side) * trackBytes, trackBytes));
            }
        }
    }

    /// <summary>Cylinders up to the last one with a formatted track.</summary>
    public int Cylinders { get; private set; }

    /// <summary>2 when side 1 has a formatted track, else 1.</summary>
    public int Sides { get; private set; } = 1;

    /// <summary>The smallest shape that takes all tracks.</summary>
    public DiskGeometry Geometry => new(Cylinders, Sides, _tracks.Max(track => track.Length) / SectorBytes);

    /// <summary>The number of a track in arrays of tracks.</summary>
    public static int TrackIndex(int cylinder, int side) => (cylinder * 2) + side;

    /// <summary>Whether there can be such a track at all.</summary>
    public static bool IsTrack(int cylinder, int side) => (uint)cylinder < MaxCylinders && (uint)side < 2;

    /// <summary>The sectors of a track; empty when it is unformatted.</summary>
    public ReadOnlySpan<byte> Track(int cylinder, int side) => _tracks[TrackIndex(cylinder, side)];

    /// <summary>Formats a track.</summary>
    /// <param name="cylinder">0 to 85.</param>
    /// <param name="side">0 or 1.</param>
    /// <param name="sectors">0 to 11 whole sectors, by number.</param>
    /// <exception cref="ArgumentException">No such track, or not whole sectors.</exception>
    public void SetTrack(int cylinder, int side, ReadOnlySpan<byte> sectors)
    {
        if (!IsTrack(cylinder, side) || sectors.Length % SectorBytes != 0 || sectors.Length > MaxSectorsPerTrack * SectorBytes)
        {
            throw new ArgumentException($"Track {cylinder}, side {side} cannot take {sectors.Length} bytes.", nameof(sectors));
        }

        int index = TrackIndex(cylinder, side);
        if (_tracks[index].Length == sectors.Length)
        {
            sectors.CopyTo(_tracks[index]);
            return;
        }

        _tracks[index] = sectors.ToArray();
        Cylinders = (Array.FindLastIndex(_tracks, track => track.Length > 0) / 2) + 1;
        Sides = _tracks.Where((track, at) => at % 2 == 1 && track.Length > 0).Any() ? 2 : 1;
    }

    /// <summary>Overwrites a sector.</summary>
    /// <param name="cylinder">Cylinder.</param>
    /// <param name="side">Side.</param>
    /// <param name="number">1 to the track's last.</param>
    /// <param name="data">512 bytes.</param>
    /// <returns>False when there is no such sector.</returns>
    public bool SetSector(int cylinder, int side, int number, ReadOnlySpan<byte> data)
    {
        if (!IsTrack(cylinder, side) || data.Length != SectorBytes)
        {
            return false;
        }

        byte[] track = _tracks[TrackIndex(cylinder, side)];
        if (number < 1 || number * SectorBytes > track.Length)
        {
            return false;
        }

        data.CopyTo(track.AsSpan((number - 1) * SectorBytes));
        return true;
    }

    /// <summary>An independent copy.</summary>
    public DiskContent Clone()
    {
        var copy = new DiskContent();
        for (int index = 0; index < MaxTracks; index++)
        {
            copy.SetTrack(index / 2, index % 2, _tracks[index]);
        }

        return copy;
    }

    /// <summary>All sectors of <see cref="Geometry"/> in one piece; what is not formatted is zero.</summary>
    public byte[] ToSectors()
    {
        var geometry = Geometry;
        byte[] sectors = new byte[geometry.Bytes];
        int trackBytes = geometry.SectorsPerTrack * SectorBytes;
        for (int cylinder = 0; cylinder < geometry.Cylinders; cylinder++)
        {
            for (int side = 0; side < geometry.Sides; side++)
            {
                Track(cylinder, side).CopyTo(sectors.AsSpan(((cylinder * geometry.Sides) + side) * trackBytes));
            }
        }

        return sectors;
    }

    /// <summary>SHA-256 over all tracks and their lengths.</summary>
    public byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[2];
        foreach (byte[] track in _tracks)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)track.Length);
            hash.AppendData(length);
            hash.AppendData(track);
        }

        return hash.GetHashAndReset();
    }
}
