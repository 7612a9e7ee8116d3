using System.Buffers.Binary;
using System.Globalization;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>App keys: small files of programs, by creator, program and key.</summary>
internal sealed class ClassicKeys(StorageManager storage)
{
    /// <summary>Bytes that opening takes: creator u16, app, key, mode, reserved.</summary>
    public const int OpenBytes = 6;

    private const int SmallBytes = 64;
    private const int LargeBytes = 256;
    private const byte Write = 1;
    private const byte ReadLarge = 2;
    private string? _path;
    private byte _mode;

    /// <summary>Opens a key.</summary>
    /// <returns>Whether there is such a mode.</returns>
    public bool Open(ReadOnlySpan<byte> request)
    {
        _mode = request[4];
        int creator = BinaryPrimitives.ReadUInt16LittleEndian(request);
        _path = string.Create(CultureInfo.InvariantCulture, $"/FujiNet/{creator:x4}{request[2]:x2}{request[3]:x2}.key");
        return _mode <= ReadLarge;
    }

    /// <summary>Closes it.</summary>
    public SioResult Close()
    {
        _path = null;
        return SioResult.Complete;
    }

    /// <summary>Reads it: its length, then 64 or 256 bytes.</summary>
    public async ValueTask<SioResult> ReadAsync()
    {
        byte[] answer = new byte[2 + (_mode == ReadLarge ? LargeBytes : SmallBytes)];
        if (_path is null || _mode == Write || storage.Persistent is not { } files || await files.StatAsync(_path) is null)
        {
            return SioResult.FailedRead(answer);
        }

        await using var file = await files.OpenAsync(_path, StoredFileMode.Read);
        int read = await file.ReadAsync(0, answer.AsMemory(2));
        BinaryPrimitives.WriteUInt16LittleEndian(answer, (ushort)read);
        return SioResult.Read(answer);
    }

    /// <summary>Replaces it.</summary>
    public async ValueTask<SioResult> WriteAsync(ReadOnlyMemory<byte> data)
    {
        if (_path is null || _mode != Write || storage.Persistent is not { } files)
        {
            return SioResult.Error;
        }

        await Folders.MakeAsync(files, StoragePath.ParentOf(_path));
        await files.ReplaceAsync(_path, data);
        return SioResult.Complete;
    }
}
