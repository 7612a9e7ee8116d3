using Attic.FujiNet.Core;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Network;

/// <summary>
/// A file on a TNFS server as a session: GET reads it, from anywhere; PUT writes it anew, from its beginning; DELETE removes it; HEAD looks at
/// it. Everything runs on the core's thread, as file systems do.
/// </summary>
internal sealed class TnfsSession(NetworkOpen open, IFileSystem files, string uri, IWakeup? wakeup) : NetworkSession(wakeup)
{
    private const int PieceBytes = 8192;

    private readonly byte[] _piece = new byte[PieceBytes];
    private IStoredFile? _file;
    private long _length = -1;
    private long _pieceAt;
    private int _pieceLength;
    private uint _written;
    private bool _busy;
    private bool _closed;
    private bool _failed;

    public override byte ProtocolFlags => open.Method == OpenMethod.Put ? (byte)2 : (byte)0;

    private bool IsStarting => _busy && _length < 0;

    public override void Start() => _ = RunAsync(PrepareAsync);

    public override SessionRead Read(uint offset, Span<byte> buffer)
    {
        if (_failed || open.Method == OpenMethod.Put)
        {
            return new(_failed ? IOStatus.IOError : IOStatus.Unsupported);
        }

        if (_busy)
        {
            return new(IOStatus.NotReady);
        }

        if (offset >= _length || _file is null)
        {
            return new(IOStatus.Ok, IsEnd: true);
        }

        if (offset < _pieceAt || offset >= _pieceAt + _pieceLength)
        {
            _ = RunAsync(() => FetchAsync(offset));
            return new(_failed ? IOStatus.IOError : IOStatus.NotReady);
        }

        int count = (int)Math.Min(buffer.Length, _pieceAt + _pieceLength - offset);
        _piece.AsSpan((int)(offset - _pieceAt), count).CopyTo(buffer);
        bool isEnd = offset + count >= _length;
        return new(IOStatus.Ok, count, isEnd, HasMore: !isEnd);
    }

    public override IOStatus Write(uint offset, ReadOnlySpan<byte> data)
    {
        if (open.Method != OpenMethod.Put)
        {
            return IOStatus.Unsupported;
        }

        if (_failed || _busy)
        {
            return _failed ? IOStatus.IOError : IOStatus.NotReady;
        }

        if (offset != _written)
        {
            return IOStatus.InvalidRequest;
        }

        byte[] bytes = data.ToArray();
        _written += (uint)bytes.Length;
        _length = _written;
        _ = RunAsync(() => bytes.Length == 0 ? _file!.FlushAsync() : _file!.WriteAsync(offset, bytes));
        return _failed ? IOStatus.IOError : IOStatus.Ok;
    }

    public override SessionInfo Info() => _failed ? new(IOStatus.IOError)
        : IsStarting ? new(IOStatus.NotReady)
        : new(IOStatus.Ok, ContentLength: Math.Max(0, _length));

    public override void Dispose()
    {
        _closed = true;
        if (!_busy)
        {
            _ = CloseAsync();
        }
    }

    private async ValueTask PrepareAsync()
    {
        switch (open.Method)
        {
            case OpenMethod.Put:
                _file = await files.OpenAsync(uri, StoredFileMode.Create);
                _length = 0;
                break;
            case OpenMethod.Delete:
                await files.RemoveFileAsync(uri);
                _length = 0;
                break;
            case OpenMethod.Head:
                _length = await files.StatAsync(uri) is { IsDirectory: false } entry ? entry.Size : throw StorageException.NotFound(uri);
                break;
            default:
                _file = await files.OpenAsync(uri, StoredFileMode.Read);
                _length = _file.Length;
                break;
        }
    }

    private async ValueTask FetchAsync(long offset)
    {
        int count = await _file!.ReadAsync(offset, _piece);
        (_pieceAt, _pieceLength) = (offset, count);

        // The file has become shorter.
        _length = count == 0 ? offset : _length;
    }

    /// <summary>One thing at a time; what was closed meanwhile is closed afterwards.</summary>
    private async Task RunAsync(Func<ValueTask> work)
    {
        _busy = true;
        try
        {
            await work();
        }
        catch (StorageException)
        {
            // The next call says so.
            _failed = true;
        }
        finally
        {
            _busy = false;
            Progress.Set();
        }

        if (_closed)
        {
            await CloseAsync();
        }
    }

    private async Task CloseAsync()
    {
        var file = _file;
        _file = null;
        try
        {
            if (file is not null)
            {
                await file.DisposeAsync();
            }
        }
        catch (StorageException)
        {
            // The client has closed the session and asks no more.
            _failed = true;
        }
    }
}
