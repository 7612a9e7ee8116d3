using Attic.Abi.Media;

namespace Attic.Modules.StStorage;

/// <content>The search for ID fields and what follows them: verify, Read Address, Read Sector, Write Sector.</content>
internal sealed partial class Wd1772
{
    // Read Sector: the CRC's two bytes. Write Sector: those and a byte of gap.
    private const int CrcBytes = 2;
    private const int WriteTail = 3;

    // Write Sector asks for its first byte so long after the ID.
    private const int RequestDelay = 2;

    private void Search(long at)
    {
        _s.IndexCount = 0;
        PlanSearch(at);
    }

    // The next ID whose mark begins from now on.
    private void PlanSearch(long at)
    {
        After(FdcPhase.Searching, Never);
        if (Drive is not { } drive || drive.Readable(at) is not { } disk)
        {
            return;
        }

        var sectors = disk.SectorsOf(drive.Cylinder, _s.Side);
        if (sectors.IsEmpty)
        {
            return;
        }

        int trackBytes = TrackBytes(drive);
        long start = drive.RevolutionStart(at);
        int found = 0;
        while (found < sectors.Length && drive.MomentOf(start, sectors[found].Position, trackBytes) < at)
        {
            found++;
        }

        _s.Found = found % sectors.Length;
        _s.TrackStart = found < sectors.Length ? start : start + drive.Revolution;
        AtByte(FdcPhase.Searching, sectors[_s.Found].Position + (IsReadAddress ? TrackLayout.MarkBytes + 1 : TrackLayout.IdEnd));
    }

    private void OnIdField(long at)
    {
        if (Drive is not { } drive || drive.Readable(at) is not { } disk || disk.SectorsOf(drive.Cylinder, _s.Side).Length <= _s.Found)
        {
            PlanSearch(at);
            return;
        }

        var sector = disk.SectorsOf(drive.Cylinder, _s.Side)[_s.Found];
        if (IsReadAddress)
        {
            CopyId(sector);
            _s.Phase = FdcPhase.ReadingId;
            OnIdByte(at);
            return;
        }

        if (sector.Track != _s.Track || (!IsTypeOne && sector.Number != _s.Sector))
        {
            PlanSearch(at);
        }
        else if (Has(sector, FloppySectorFlags.IdCrcError))
        {
            _s.Status |= FdcStatus.CrcError;
            PlanSearch(at);
        }
        else
        {
            _s.Status &= ~FdcStatus.CrcError;
            OnWantedId(at, disk, drive.Cylinder, sector);
        }
    }

    private void OnWantedId(long at, IFloppyMedium disk, int cylinder, in FloppySector sector)
    {
        _s.Index = 0;
        _s.Length = sector.Length;
        if (IsTypeOne)
        {
            Finish(at);
        }
        else if (Has(sector, FloppySectorFlags.NoData))
        {
            PlanSearch(at);
        }
        else if (IsWriteSector)
        {
            AtByte(FdcPhase.WritingRequest, _s.Position + RequestDelay);
        }
        else
        {
            disk.Read(cylinder, _s.Side, _s.Found).CopyTo(_sector);
            AtByte(FdcPhase.ReadingData, sector.Position + TrackLayout.DataStart + 1);
        }
    }

    private void CopyId(in FloppySector sector)
    {
        ReadOnlySpan<byte> id = [sector.Track, sector.Side, sector.Number, sector.SizeCode];
        ushort crc = MfmCrc.Add(MfmCrc.Add(MfmCrc.AfterSync, TrackLayout.IdMark), id);
        crc = Has(sector, FloppySectorFlags.IdCrcError) ? (ushort)~crc : crc;
        id.CopyTo(_sector);
        _sector[4] = (byte)(crc >> 8);
        _sector[5] = (byte)crc;
        _sector[6] = (byte)(Has(sector, FloppySectorFlags.IdCrcError) ? 1 : 0);
        _s.Index = 0;
        _s.Length = TrackLayout.IdBytes;
    }

    // The ID's track number also goes into the sector register (data sheet, Read Address).
    private void OnIdByte(long at)
    {
        Offer(_sector[_s.Index++]);
        if (_s.Index < _s.Length)
        {
            AtByte(FdcPhase.ReadingId, _s.Position + 1);
            return;
        }

        _s.Sector = _sector[0];
        _s.Status |= _sector[6] != 0 ? FdcStatus.CrcError : FdcStatus.None;
        Finish(at);
    }

    private void OnReadByte(long at)
    {
        if (_s.Phase == FdcPhase.CheckingData)
        {
            DataRead(at);
            return;
        }

        if (_s.Index == 0 && Flags(FloppySectorFlags.DeletedData))
        {
            _s.Status |= FdcStatus.RecordType;
        }

        Offer(_sector[_s.Index++]);
        if (_s.Index < _s.Length)
        {
            AtByte(FdcPhase.ReadingData, _s.Position + 1);
        }
        else
        {
            AtByte(FdcPhase.CheckingData, _s.Position + CrcBytes);
        }
    }

    private void DataRead(long at)
    {
        _s.Activity++;
        if (Drive?.Readable(at) is null || Flags(FloppySectorFlags.DataCrcError))
        {
            _s.Status |= FdcStatus.CrcError;
            Finish(at);
        }
        else
        {
            NextSector(at);
        }
    }

    private void OnWriteByte(long at)
    {
        switch (_s.Phase)
        {
            case FdcPhase.WritingRequest:
                Ask();
                AtByte(FdcPhase.WritingGate, _s.Position + TrackLayout.GapBytes - RequestDelay);
                break;
            case FdcPhase.WritingGate when _s.Request:
                _s.Status |= FdcStatus.LostData;
                Finish(at);
                break;
            case FdcPhase.WritingGate:
                AtByte(FdcPhase.WritingData, _s.Position + TrackLayout.SyncBytes + TrackLayout.MarkBytes);
                break;
            case FdcPhase.WritingData:
                WriteDataByte();
                break;
            default:
                DataWritten(at);
                break;
        }
    }

    private void WriteDataByte()
    {
        _sector[_s.Index++] = Fetch();
        _s.Request = false;
        if (_s.Index < _s.Length)
        {
            Ask();
            AtByte(FdcPhase.WritingData, _s.Position + 1);
        }
        else
        {
            AtByte(FdcPhase.WritingEnd, _s.Position + 1 + WriteTail);
        }
    }

    private void DataWritten(long at)
    {
        _s.Activity++;
        bool deleted = (_s.Command & 1) != 0;
        if (Drive is { } drive && drive.Readable(at) is { } disk
            && _s.Found < disk.SectorsOf(drive.Cylinder, _s.Side).Length
            && disk.SectorsOf(drive.Cylinder, _s.Side)[_s.Found].Length == _s.Length
            && !disk.Write(drive.Cylinder, _s.Side, _s.Found, _sector.AsSpan(0, _s.Length), deleted))
        {
            _s.Status |= FdcStatus.WriteProtect;
            Finish(at);
            return;
        }

        NextSector(at);
    }

    private void NextSector(long at)
    {
        if ((_s.Command & MultipleFlag) == 0)
        {
            Finish(at);
            return;
        }

        _s.Sector++;
        Search(at);
    }

    private bool Flags(FloppySectorFlags flag)
    {
        if (Drive?.Disk is not { } disk)
        {
            return false;
        }

        var sectors = disk.SectorsOf(Drive.Cylinder, _s.Side);
        return _s.Found < sectors.Length && Has(sectors[_s.Found], flag);
    }

    private static bool Has(in FloppySector sector, FloppySectorFlags flag) => (sector.Flags & flag) != FloppySectorFlags.None;
}
