namespace Attic.FujiNet.Storage.Http;

/// <summary>A file of a server that gives no parts: all of it, in memory.</summary>
internal sealed class HttpWholeFile(byte[] content) : IStoredFile
{
    /// <summary>The most bytes that are kept in memory.</summary>
    public const int MaxLength = 64 * 1024 * 1024;

    private const int Chunk = 64 * 1024;

    /// <inheritdoc />
    public long Length => content.Length;

    /// <inheritdoc />
    public bool IsWritable => false;

    /// <summary>Reads a response's body, whatever its length header says.</summary>
    /// <exception cref="StorageException">It is longer than <see cref="MaxLength"/>.</exception>
    public static async ValueTask<byte[]> DownloadAsync(HttpResponseMessage response, string shown, CancellationToken cancel)
    {
        using var body = await response.Content.ReadAsStreamAsync(cancel);
        using var kept = new MemoryStream();
        byte[] chunk = new byte[Chunk];
        int read;
        while ((read = await body.ReadAsync(chunk, cancel)) > 0)
        {
            if (kept.Length + read > MaxLength)
            {
                throw new StorageException(StorageError.Unsupported, $"{shown} is longer than {MaxLength} bytes, and its server gives no parts of it.");
            }

            kept.Write(chunk, 0, read);
        }

        return kept.ToArray();
    }

    /// <inheritdoc />
    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer)
    {
        int count = (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
        if (count > 0)
        {
            content.AsMemory((int)offset, count).CopyTo(buffer);
        }

        return new(count);
    }

    /// <inheritdoc />
    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes) => throw StorageException.ReadOnly("A file on a web server");

    /// <inheritdoc />
    public ValueTask SetLengthAsync(long length) => throw StorageException.ReadOnly("A file on a web server");

    /// <inheritdoc />
    public ValueTask FlushAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
