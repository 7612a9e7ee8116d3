using System.Globalization;
using System.Text;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>A file of a file system (TNFS, the FujiNet's own) behind N:.</summary>
internal sealed class FileSource : INetworkSource
{
    private readonly IStoredFile? _file;
    private readonly byte[]? _text;

    private FileSource(IStoredFile? file, byte[]? text, long position)
    {
        (_file, _text, Position) = (file, text, position);
    }

    /// <inheritdoc />
    public bool IsConnected => true;

    /// <inheritdoc />
    public bool IsAtEnd => Position >= Length;

    /// <inheritdoc />
    public bool IsExpecting => false;

    /// <inheritdoc />
    public byte Error { get; private set; } = NetworkError.Ok;

    /// <summary>Where the next byte is read or written.</summary>
    public long Position { get; set; }

    private long Length => _text?.Length ?? _file!.Length;

    /// <summary>Opens a file.</summary>
    /// <param name="target">Where it is.</param>
    /// <param name="mode">What for.</param>
    /// <param name="append">Whether writing starts at its end.</param>
    /// <exception cref="StorageException">It cannot be opened.</exception>
    public static async ValueTask<FileSource> OpenAsync(StorageTarget target, StoredFileMode mode, bool append)
    {
        var file = await target.FileSystem.OpenAsync(target.Path, mode);
        return new FileSource(file, null, append ? file.Length : 0);
    }

    /// <summary>Opens a directory as text: a line for each entry, as DOS lists them.</summary>
    /// <exception cref="StorageException">It cannot be listed.</exception>
    public static async ValueTask<FileSource> ListAsync(StorageTarget target)
    {
        const byte endOfLine = 0x9B;
        var text = new List<byte>();
        foreach (var entry in await target.FileSystem.ListAsync(target.Path))
        {
            string size = entry.IsDirectory ? "<DIR>" : entry.Size.ToString(CultureInfo.InvariantCulture);
            text.AddRange(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{entry.Name,-24} {size,10}")));
            text.Add(endOfLine);
        }

        return new FileSource(null, [.. text], 0);
    }

    /// <inheritdoc />
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int most)
    {
        byte[] buffer = new byte[(int)Math.Clamp(Length - Position, 0, Math.Min(most, 65535))];
        if (_text is not null)
        {
            _text.AsSpan((int)Position, buffer.Length).CopyTo(buffer);
        }
        else
        {
            int read = await _file!.ReadAsync(Position, buffer);
            buffer = buffer[..read];
        }

        Position += buffer.Length;
        return buffer;
    }

    /// <inheritdoc />
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if (_file is null or { IsWritable: false })
            {
                Error = NetworkError.ReadOnly;
                return false;
            }

            await _file.WriteAsync(Position, bytes);
            Position += bytes.Length;
            return true;
        }
        catch (StorageException refused)
        {
            Error = NetworkError.Of(refused.Error);
            return false;
        }
    }

    /// <inheritdoc />
    public ValueTask CommitAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => _ = CloseAsync();

    private async Task CloseAsync()
    {
        if (_file is not null)
        {
            if (_file.IsWritable)
            {
                await _file.FlushAsync();
            }

            await _file.DisposeAsync();
        }
    }
}
