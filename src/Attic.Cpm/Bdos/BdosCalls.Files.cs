using Attic.Cpm.Drives;

namespace Attic.Cpm.Bdos;

/// <content>The functions that work on a File Control Block.</content>
internal sealed partial class BdosCalls
{
    private const ushort Found = 0;
    private const ushort NotFound = 0xFF;
    private const ushort EndOfFile = 1;
    private const ushort NoRoom = 2;
    private const ushort PastEndOfDisk = 6;

    private ushort FileCall(byte function, FileControlBlock fcb) => function switch
    {
        15 => Open(fcb),
        16 => FindDrive(fcb).Find(User, fcb.Name) is null ? NotFound : Found,
        17 => SearchFirst(fcb),
        18 => SearchNext(),
        19 => Delete(fcb),
        20 => ReadSequential(fcb),
        21 => WriteSequential(fcb),
        22 => Make(fcb),
        23 => Rename(fcb),
        30 => SetAttributes(fcb),
        33 => ReadRandom(fcb),
        34 or 40 => WriteRandom(fcb),
        35 => FileSize(fcb),
        36 => SetRandomRecord(fcb),
        _ => 0,
    };

    private int DriveOf(FileControlBlock fcb) => fcb.Drive is >= 1 and <= CpmDrives.Count ? fcb.Drive - 1 : Drive;

    private CpmDrive FindDrive(FileControlBlock fcb) => Select(DriveOf(fcb));

    private CpmDrive FindWritable(FileControlBlock fcb)
    {
        int drive = DriveOf(fcb);
        return (_readOnlyDrives & 1 << drive) == 0 ? Select(drive) : throw new CpmDiskException(drive, "R/O");
    }

    private void RefuseProtected(FileControlBlock fcb, CpmFileEntry? file)
    {
        if (file is { ReadOnly: true })
        {
            throw new CpmDiskException(DriveOf(fcb), "File R/O");
        }
    }

    private ushort Open(FileControlBlock fcb)
    {
        var files = FindDrive(fcb).List(User, fcb.Name);
        if (files.Count == 0)
        {
            return NotFound;
        }

        fcb.Open(files[0].Records);
        return Found;
    }

    private ushort SearchFirst(FileControlBlock fcb)
    {
        bool everything = fcb.Drive == '?';
        var drive = FindDrive(fcb);
        var files = everything
            ? Enumerable.Range(0, 16).SelectMany(user => drive.List(user, CpmName.Parse("*.*")))
            : drive.List(User, fcb.Name);
        _search.Start(files, everything || fcb.Extent == '?' ? null : fcb.Extent & 0x1F);
        return SearchNext();
    }

    private ushort SearchNext()
    {
        Span<byte> record = stackalloc byte[CpmDrive.RecordSize];
        if (!_search.Next(record))
        {
            return NotFound;
        }

        memory.CopyFrom(_buffer, record);
        return Found;
    }

    private ushort Delete(FileControlBlock fcb)
    {
        var drive = FindWritable(fcb);
        ushort result = NotFound;
        foreach (var file in drive.List(User, fcb.Name))
        {
            RefuseProtected(fcb, file);
            drive.Delete(User, file.Name);
            result = Found;
        }

        return result;
    }

    private ushort Make(FileControlBlock fcb)
    {
        if (fcb.Name.IsAmbiguous || !FindWritable(fcb).Create(User, fcb.Name))
        {
            return NotFound;
        }

        fcb.Open(records: 0);
        return Found;
    }

    private ushort Rename(FileControlBlock fcb)
    {
        var drive = FindWritable(fcb);
        RefuseProtected(fcb, drive.Find(User, fcb.Name));
        return drive.Rename(User, fcb.Name, fcb.NewName) ? Found : NotFound;
    }

    private ushort SetAttributes(FileControlBlock fcb) => FindWritable(fcb).Protect(User, fcb.Name, fcb.ReadOnlyAttribute) ? Found : NotFound;

    private ushort ReadSequential(FileControlBlock fcb)
    {
        if (!ReadRecord(fcb, fcb.SequentialRecord))
        {
            return EndOfFile;
        }

        Advance(fcb);
        return 0;
    }

    private ushort WriteSequential(FileControlBlock fcb)
    {
        if (!WriteRecord(fcb, fcb.SequentialRecord))
        {
            return NoRoom;
        }

        Advance(fcb);
        return 0;
    }

    private void Advance(FileControlBlock fcb)
    {
        fcb.SequentialRecord++;
        fcb.Describe(FindDrive(fcb).Find(User, fcb.Name)?.Records ?? 0);
    }

    /// <summary>Random access leaves the sequential position at the same record, not behind it.</summary>
    private ushort ReadRandom(FileControlBlock fcb)
    {
        if (fcb.RandomRecord >= CpmDrive.MaximumRecords)
        {
            return PastEndOfDisk;
        }

        fcb.SequentialRecord = fcb.RandomRecord;
        return ReadRecord(fcb, fcb.RandomRecord) ? (ushort)0 : EndOfFile;
    }

    private ushort WriteRandom(FileControlBlock fcb)
    {
        if (fcb.RandomRecord >= CpmDrive.MaximumRecords)
        {
            return PastEndOfDisk;
        }

        fcb.SequentialRecord = fcb.RandomRecord;
        return WriteRecord(fcb, fcb.RandomRecord) ? (ushort)0 : NoRoom;
    }

    private bool ReadRecord(FileControlBlock fcb, int record)
    {
        Span<byte> bytes = stackalloc byte[CpmDrive.RecordSize];
        if (!FindDrive(fcb).Read(User, fcb.Name, record, bytes))
        {
            return false;
        }

        memory.CopyFrom(_buffer, bytes);
        return true;
    }

    private bool WriteRecord(FileControlBlock fcb, int record)
    {
        var drive = FindWritable(fcb);
        RefuseProtected(fcb, drive.Find(User, fcb.Name));
        Span<byte> bytes = stackalloc byte[CpmDrive.RecordSize];
        memory.CopyTo(_buffer, bytes);
        return record < CpmDrive.MaximumRecords && drive.Write(User, fcb.Name, record, bytes);
    }

    private ushort FileSize(FileControlBlock fcb)
    {
        var file = FindDrive(fcb).Find(User, fcb.Name);
        fcb.RandomRecord = file?.Records ?? 0;
        return file is null ? NotFound : Found;
    }

    private static ushort SetRandomRecord(FileControlBlock fcb)
    {
        fcb.RandomRecord = fcb.SequentialRecord;
        return 0;
    }
}
