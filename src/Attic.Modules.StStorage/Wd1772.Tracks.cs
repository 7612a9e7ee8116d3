namespace Attic.Modules.StStorage;

/// <content>Read Track and Write Track, from index pulse to index pulse.</content>
internal sealed partial class Wd1772
{
    // The first byte of Write Track must be in the data register within three byte times.
    private const int FormatDelay = 3;
    private const byte SyncCode = 0xF5;
    private const byte IndexSyncCode = 0xF6;
    private const byte CrcCode = 0xF7;
    private const byte IndexSync = 0xC2;

    private void BeginTrackCommand(long at)
    {
        if (!IsWriteTrack)
        {
            After(FdcPhase.AwaitingIndex, Never);
            return;
        }

        Ask();
        After(FdcPhase.FormatRequest, at + (FormatDelay * 32 * _millisecond / 1000));
    }

    private void OnFormatRequest(long at)
    {
        if (_s.Request)
        {
            _s.Status |= FdcStatus.LostData;
            Finish(at);
        }
        else
        {
            After(FdcPhase.AwaitingIndex, Never);
        }
    }

    private void BeginTrack(long at)
    {
        if (Drive is not { } drive || drive.Readable(at) is not { } disk)
        {
            return;
        }

        _s.TrackStart = at;
        _s.Index = 0;
        _s.Length = Math.Min(TrackBytes(drive), TrackLayout.MaxTrackBytes);
        if (IsWriteTrack)
        {
            _s.Crc = MfmCrc.Preset;
            _s.CrcPending = false;
            _s.AfterSync = false;
            AtByte(FdcPhase.WritingTrack, 0);
            _s.EventAt = at;
        }
        else
        {
            TrackReader.Read(disk, drive.Cylinder, _s.Side, _track.AsSpan(0, _s.Length));
            AtByte(FdcPhase.ReadingTrack, 1);
        }
    }

    private void OnTrackByteRead(long at)
    {
        Offer((byte)_track[_s.Index++]);
        if (_s.Index < _s.Length)
        {
            AtByte(FdcPhase.ReadingTrack, _s.Position + 1);
        }
        else
        {
            _s.Activity++;
            Finish(at);
        }
    }

    private void OnTrackByteWritten(long at)
    {
        if (_s.Index == _s.Length)
        {
            TrackWritten(at);
            return;
        }

        _track[_s.Index++] = _s.CrcPending ? SecondCrcByte() : Encode(Fetch());
        if (!_s.CrcPending && _s.Index < _s.Length)
        {
            Ask();
        }

        AtByte(FdcPhase.WritingTrack, _s.Position + 1);
    }

    private ushort SecondCrcByte()
    {
        _s.CrcPending = false;
        byte low = (byte)_s.Crc;
        _s.Crc = MfmCrc.Add(_s.Crc, low);
        return low;
    }

    // F5 writes A1 without a clock bit and presets the CRC, F6 likewise C2, F7 writes the CRC's two bytes.
    private ushort Encode(byte value)
    {
        bool first = !_s.AfterSync;
        _s.AfterSync = value == SyncCode;
        switch (value)
        {
            case SyncCode:
                _s.Crc = MfmCrc.Add(first ? MfmCrc.Preset : _s.Crc, TrackLayout.Sync);
                return TrackWriter.MissingClock | TrackLayout.Sync;
            case IndexSyncCode:
                return TrackWriter.MissingClock | IndexSync;
            case CrcCode:
                _s.CrcPending = true;
                return (ushort)(_s.Crc >> 8);
            default:
                _s.Crc = MfmCrc.Add(_s.Crc, value);
                return value;
        }
    }

    private void TrackWritten(long at)
    {
        _s.Activity++;
        _s.Request = false;
        if (Drive is { } drive && drive.Readable(at) is { } disk
            && !TrackWriter.Write(disk, drive.Cylinder, _s.Side, _track.AsSpan(0, _s.Length)))
        {
            // The image's format cannot hold it; better an error than a track that is not what was written.
            _s.Status |= FdcStatus.WriteProtect;
        }

        Finish(at);
    }
}
