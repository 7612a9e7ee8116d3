using System.Buffers.Binary;

namespace Attic.Media.Floppies;

/// <summary>
/// The <c>.MSA</c> format of the Magic Shadow Archiver, big-endian: 0x0E0F, sectors per track, sides - 1, first track,
/// last track; then per track and side the number of bytes that follow and those. A track of full length is stored plain;
/// in a shorter one E5, byte, count (word) stands for a run.
/// </summary>
internal sealed class MsaCodec : IImageCodec
{
    public const ushort Magic = 0x0E0F;
    private const int HeaderBytes = 10;
    private const byte RunMark = 0xE5;
    private const int RunBytes = 4;

    public static MsaCodec Instance { get; } = new();

    public string Name => "msa";

    public DiskContent Decode(ReadOnlySpan<byte> file)
    {
        int magic = Word(file, 0, "0x0E0F");
        Check(magic == Magic, 0, "0x0E0F", $"0x{magic:X4}");
        int sectors = Word(file, 2, "sectors per track");
        Check(sectors is >= 1 and <= DiskContent.MaxSectorsPerTrack, 2, $"1 to {DiskContent.MaxSectorsPerTrack} sectors per track", $"{sectors}");
        int lastSide = Word(file, 4, "sides - 1");
        Check(lastSide is 0 or 1, 4, "0 or 1 (sides - 1)", $"{lastSide}");
        int first = Word(file, 6, "the first track");
        int last = Word(file, 8, "the last track");
        Check(last < DiskContent.MaxCylinders, 8, $"a last track below {DiskContent.MaxCylinders}", $"{last}");
        Check(first <= last, 6, $"a first track not after the last ({last})", $"{first}");

        var content = new DiskContent();
        Span<byte> track = stackalloc byte[DiskContent.MaxSectorsPerTrack * DiskContent.SectorBytes];
        track = track[..(sectors * DiskContent.SectorBytes)];
        int at = HeaderBytes;
        for (int cylinder = first; cylinder <= last; cylinder++)
        {
            for (int side = 0; side <= lastSide; side++)
            {
                at = ReadTrack(file, at, track);
                content.SetTrack(cylinder, side, track);
            }
        }

        CheckPadding(file, at);
        return content;
    }

    public byte[] Encode(DiskContent content)
    {
        var geometry = content.Geometry;
        int first = 0;
        while (first < geometry.Cylinders - 1 && content.Track(first, 0).IsEmpty && content.Track(first, 1).IsEmpty)
        {
            first++;
        }

        var file = new MemoryStream(geometry.Bytes + HeaderBytes);
        WriteWord(file, Magic);
        WriteWord(file, geometry.SectorsPerTrack);
        WriteWord(file, geometry.Sides - 1);
        WriteWord(file, first);
        WriteWord(file, geometry.Cylinders - 1);
        byte[] track = new byte[geometry.SectorsPerTrack * DiskContent.SectorBytes];
        for (int cylinder = first; cylinder < geometry.Cylinders; cylinder++)
        {
            for (int side = 0; side < geometry.Sides; side++)
            {
                Array.Clear(track);
                content.Track(cylinder, side).CopyTo(track);
                WriteTrack(file, track);
            }
        }

        return file.ToArray();
    }

    private static int ReadTrack(ReadOnlySpan<byte> file, int at, Span<byte> track)
    {
        int length = Word(file, at, "a track's length");
        Check(length >= 1 && length <= track.Length, at, $"a track of 1 to {track.Length} bytes", $"{length}");
        at += 2;
        Check(length <= file.Length - at, file.Length, $"{length} bytes of a track from byte {at} on", "the end of the file");
        if (length == track.Length)
        {
            file.Slice(at, length).CopyTo(track);
        }
        else
        {
            Unpack(file[..(at + length)], at, track);
        }

        return at + length;
    }

    private static void Unpack(ReadOnlySpan<byte> file, int at, Span<byte> track)
    {
        int filled = 0;
        while (at < file.Length)
        {
            byte value = file[at];
            int count = 1;
            int step = 1;
            if (value == RunMark)
            {
                Check(file.Length - at >= RunBytes, at, "a run of four bytes", "the end of the track");
                value = file[at + 1];
                count = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
                step = RunBytes;
            }

            Check(count <= track.Length - filled, at, $"at most {track.Length - filled} more bytes of the track", $"{count}");
            track.Slice(filled, count).Fill(value);
            filled += count;
            at += step;
        }

        Check(filled == track.Length, at, $"a track of {track.Length} bytes", $"{filled}");
    }

    // Transfer programs fill the last block of a file up with zeros or ^Z; anything else is damage.
    private static void CheckPadding(ReadOnlySpan<byte> file, int at)
    {
        int strange = file[at..].IndexOfAnyExcept((byte)0, (byte)0x1A);
        Check(strange < 0, at + Math.Max(strange, 0), "the end of the file", "more bytes");
    }

    private static void WriteTrack(MemoryStream file, ReadOnlySpan<byte> track)
    {
        Span<byte> packed = stackalloc byte[DiskContent.MaxSectorsPerTrack * DiskContent.SectorBytes];
        int length = Pack(track, packed[..track.Length]);
        WriteWord(file, length);
        file.Write(length == track.Length ? track : packed[..length]);
    }

    // Returns the packed length, or the track's own when packing does not shorten it.
    private static int Pack(ReadOnlySpan<byte> track, Span<byte> packed)
    {
        int length = 0;
        for (int at = 0; at < track.Length;)
        {
            byte value = track[at];
            int rest = track[at..].IndexOfAnyExcept(value);
            int run = rest < 0 ? track.Length - at : rest;
            bool asRun = run > RunBytes || value == RunMark;
            int bytes = asRun ? RunBytes : 1;
            if (length + bytes >= track.Length)
            {
                return track.Length;
            }

            packed[length] = asRun ? RunMark : value;
            if (asRun)
            {
                packed[length + 1] = value;
                BinaryPrimitives.WriteUInt16BigEndian(packed[(length + 2)..], (ushort)run);
            }

            length += bytes;
            at += asRun ? run : 1;
        }

        return length;
    }

    private static void WriteWord(MemoryStream file, int value)
    {
        file.WriteByte((byte)(value >> 8));
        file.WriteByte((byte)value);
    }

    private static int Word(ReadOnlySpan<byte> file, int at, string expected)
    {
        Check(file.Length - at >= 2, file.Length, expected, "the end of the file");
        return BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
    }

    private static void Check(bool sound, long offset, string expected, string found)
    {
        if (!sound)
        {
            throw new MediaFormatException(offset, expected, found);
        }
    }
}
