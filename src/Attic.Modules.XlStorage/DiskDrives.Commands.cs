using Attic.Abi.Media;

namespace Attic.Modules.XlStorage;

/// <content>What the commands do.</content>
internal sealed partial class DiskDrives
{
    private const byte NotFound = 0xEF;
    private const byte CrcError = 0xF7;
    private const byte NoDisk = 0x7F;
    private const byte Good = 0xFF;
    private const int PercomBytes = 12;

    private int Sector => _s.Aux1 | (_s.Aux2 << 8);

    private int SectorsPerTrack => Drive.Disk is { } disk ? Math.Max(1, disk.SectorsOf(0, 0).Length) : 18;

    // Bytes of an ordinary sector; the first three may be shorter.
    private int SectorBytes => Drive.Disk is { } disk && disk.SectorsOf(0, 0) is { Length: > 3 } sectors ? sectors[^1].Length : 128;

    private int Sectors => Drive.Disk is { } disk ? ((disk.Cylinders - 1) * SectorsPerTrack) + disk.SectorsOf(disk.Cylinders - 1, 0).Length : 720;

    private int Cylinder => (Sector - 1) / SectorsPerTrack;

    private int FrameLength => _s.Command switch
    {
        (byte)'O' or (byte)'N' => PercomBytes,
        (byte)'S' => 4,
        (byte)'!' or (byte)'"' => SectorBytes,
        _ => Sector <= 3 ? 128 : SectorBytes,
    };

    private bool Receives => _s.Command is (byte)'W' or (byte)'P' or (byte)'O';

    private void TakeCommand(long now)
    {
        ReadOnlySpan<byte> frame = ((Span<byte>)_s.Bytes)[..CommandBytes];
        int unit = frame[0] - 0x31;
        if (_s.Length < CommandBytes || Checksum(frame[..4]) != frame[4] || unit is < 0 or >= Drives)
        {
            return;
        }

        if (_drives[unit].Disk is null)
        {
            return;
        }

        (_s.Unit, _s.Command, _s.Aux1, _s.Aux2) = ((byte)unit, frame[1], frame[2], frame[3]);
        _s.Commands++;
        long at = now + _millisecond;
        bool known = _s.Command switch
        {
            (byte)'R' or (byte)'W' or (byte)'P' => Sector >= 1 && Sector <= Sectors,
            (byte)'S' or (byte)'!' or (byte)'"' or (byte)'N' or (byte)'O' => true,
            _ => false,
        };
        Reply(known ? Ack : Nak, at, !known ? DiskPhase.Idle : Receives ? DiskPhase.Receiving : DiskPhase.Execute);
    }

    private void TakeData(long now)
    {
        ReadOnlySpan<byte> frame = _s.Bytes;
        bool good = Checksum(frame[..FrameLength]) == frame[FrameLength];
        if (!good)
        {
            Reply(Nak, now + _millisecond, DiskPhase.Idle);
            return;
        }

        // The data stay behind the answer byte.
        ((Span<byte>)_s.Bytes)[..FrameLength].CopyTo(((Span<byte>)_s.Bytes)[1..]);
        Reply(Ack, now + _millisecond, DiskPhase.Store);
    }

    // When the mechanics have done what the command asks for.
    private long FinishedAt(long now)
    {
        var drive = Drive;
        bool moves = _s.Command is (byte)'R' or (byte)'W' or (byte)'P';
        if (drive.Disk is null || !(moves || _s.Command is (byte)'!' or (byte)'"'))
        {
            return now + (_millisecond / 4);
        }

        if (!moves)
        {
            return drive.FormattedAt(now);
        }

        int index = drive.Find(now, Cylinder, NumberOnTrack);
        _s.Index = (ushort)index;
        return drive.ReadyAt(now, Cylinder, index);
    }

    private int NumberOnTrack => ((Sector - 1) % SectorsPerTrack) + 1;

    private void Execute()
    {
        int length = FrameLength;
        Span<byte> data = ((Span<byte>)_s.Bytes).Slice(1, length);
        bool good = _s.Command switch
        {
            (byte)'R' => ReadSector(data),
            (byte)'S' => GiveStatus(data),
            (byte)'N' => GivePercom(data),
            _ => FormatDisk(data),
        };
        _s.Bytes[0] = good ? Complete : Error;
        _s.Bytes[length + 1] = Checksum(data);
        _s.Length = length + 2;
    }

    private bool ReadSector(Span<byte> data)
    {
        var drive = Drive;
        data.Clear();
        if (drive.Disk is not { } disk)
        {
            drive.SetResult(false, NoDisk);
            return false;
        }

        int index = _s.Index;
        var sectors = disk.SectorsOf(Cylinder, 0);
        if (index >= sectors.Length || (sectors[index].Flags & FloppySectorFlags.NoData) != 0)
        {
            drive.SetResult(false, NotFound);
            return false;
        }

        var content = disk.Read(Cylinder, 0, index);
        content[..Math.Min(content.Length, data.Length)].CopyTo(data);
        bool good = (sectors[index].Flags & (FloppySectorFlags.DataCrcError | FloppySectorFlags.DeletedData)) == 0;
        drive.SetResult(good, good ? Good : CrcError);
        return good;
    }

    // Bit 3 write protected, bit 4 motor, bit 5 double density, bit 7 enhanced density (1050 technical manual, status command).
    private bool GiveStatus(Span<byte> data)
    {
        var drive = Drive;
        int status = drive.Status | 0x10 | (SectorBytes == 256 ? 0x20 : 0) | (SectorsPerTrack == 26 ? 0x80 : 0);
        data[0] = (byte)status;
        data[1] = drive.Disk is null ? NoDisk : drive.Controller;
        data[2] = 0xE0;
        data[3] = 0;
        return true;
    }

    // Tracks, step rate, sectors a track (high, low), sides - 1, density, bytes a sector (high, low), present, 3 unused.
    private bool GivePercom(Span<byte> data)
    {
        data.Clear();
        data[0] = (byte)Math.Min(255, Drive.Disk?.Cylinders ?? 40);
        data[1] = 1;
        data[3] = (byte)SectorsPerTrack;
        data[5] = (byte)(SectorsPerTrack == 26 || SectorBytes == 256 ? 4 : 0);
        (data[6], data[7]) = ((byte)(SectorBytes >> 8), (byte)SectorBytes);
        data[8] = 0xFF;
        return true;
    }

    // Keeps the disk's shape and clears its sectors; the answer lists no bad ones.
    private bool FormatDisk(Span<byte> data)
    {
        data.Fill(0xFF);
        var drive = Drive;
        if (drive.Disk is not { WriteProtected: false } disk)
        {
            drive.SetResult(false, NoDisk);
            return false;
        }

        Span<byte> blank = stackalloc byte[256];
        blank.Clear();
        for (int cylinder = 0; cylinder < disk.Cylinders; cylinder++)
        {
            var sectors = disk.SectorsOf(cylinder, 0);
            for (int index = 0; index < sectors.Length; index++)
            {
                disk.Write(cylinder, 0, index, blank[..Math.Min(256, sectors[index].Length)], deleted: false);
            }
        }

        drive.SetResult(true, Good);
        disk.Settle();
        return true;
    }

    private void Store()
    {
        var drive = Drive;
        bool good = _s.Command == (byte)'O';
        if (!good && drive.Disk is { } disk)
        {
            int index = _s.Index;
            var sectors = disk.SectorsOf(Cylinder, 0);
            good = index < sectors.Length && sectors[index].Length <= FrameLength
                && disk.Write(Cylinder, 0, index, ((Span<byte>)_s.Bytes).Slice(1, sectors[index].Length), deleted: false);
            drive.SetResult(good, good ? Good : NotFound);
            disk.Settle();
        }

        _s.Bytes[0] = good ? Complete : Error;
        _s.Length = 1;
    }
}
