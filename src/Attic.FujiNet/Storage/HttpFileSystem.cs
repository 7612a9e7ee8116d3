using System.Net;
using System.Net.Http.Headers;
using Attic.FujiNet.Network;

namespace Attic.FujiNet.Storage;

/// <summary>Files of web servers, read-only: looked up with HEAD, read piece by piece where the server offers ranges.</summary>
public sealed class HttpFileSystem : IFileSystem, IDisposable
{
    private const int MaxWholeBytes = 64 << 20;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    private readonly HttpClients _clients;

    /// <summary>The file system <c>http</c>, for https as well.</summary>
    /// <param name="egress">Where it may connect to.</param>
    /// <param name="trust">Whom TLS trusts.</param>
    public HttpFileSystem(EgressPolicy egress, ServerTrust trust)
    {
        _clients = new HttpClients(egress, trust);
    }

    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public bool TakesUris => true;

    /// <inheritdoc/>
    public async ValueTask<StoredEntry?> StatAsync(string path)
    {
        using var answer = await HeadAsync(path);
        return answer is null ? null : new(StoragePath.NameOf(PathOf(path)), IsDirectory: false, answer.Content.Headers.ContentLength ?? 0, ModifiedOf(answer));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntry>> ListAsync(string path) => throw Unsupported("Web servers list no folders.");

    /// <inheritdoc/>
    public async ValueTask<IStoredFile> OpenAsync(string path, StoredFileMode mode)
    {
        if (mode != StoredFileMode.Read)
        {
            throw StorageException.ReadOnly(path);
        }

        using var head = await HeadAsync(path) ?? throw StorageException.NotFound(path);
        bool ranges = head.Headers.AcceptRanges.Contains("bytes", StringComparer.OrdinalIgnoreCase) && head.Content.Headers.ContentLength is not null;
        return ranges
            ? new RangedFile(this, path, head.Content.Headers.ContentLength!.Value)
            : new WholeFile(await FetchAsync(path));
    }

    /// <inheritdoc/>
    public ValueTask ReplaceAsync(string path, ReadOnlyMemory<byte> content) => throw StorageException.ReadOnly(path);

    /// <inheritdoc/>
    public ValueTask MakeDirectoryAsync(string path) => throw StorageException.ReadOnly(path);

    /// <inheritdoc/>
    public ValueTask RemoveDirectoryAsync(string path) => throw StorageException.ReadOnly(path);

    /// <inheritdoc/>
    public ValueTask RemoveFileAsync(string path) => throw StorageException.ReadOnly(path);

    /// <inheritdoc/>
    public ValueTask RenameAsync(string from, string to) => throw StorageException.ReadOnly(from);

    /// <inheritdoc/>
    public void Dispose() => _clients.Dispose();

    private static StorageException Unsupported(string message) => new(StorageError.Unsupported, message);

    private static string PathOf(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? parsed.AbsolutePath : uri;

    private static long ModifiedOf(HttpResponseMessage answer) => Math.Max(0, answer.Content.Headers.LastModified?.ToUnixTimeSeconds() ?? 0);

    // Servers that know no HEAD are asked with GET, whose content is not read.
    private async ValueTask<HttpResponseMessage?> HeadAsync(string path)
    {
        var answer = await SendAsync(HttpMethod.Head, path, range: null);
        if (answer.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
        {
            answer.Dispose();
            answer = await SendAsync(HttpMethod.Get, path, range: null);
        }

        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        answer.Dispose();
        return null;
    }

    private async ValueTask<byte[]> FetchAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, range: null);
        if (!answer.IsSuccessStatusCode)
        {
            throw StorageException.NotFound(path);
        }

        return await ReadAsync(path, answer, MaxWholeBytes);
    }

    private async ValueTask<byte[]> FetchRangeAsync(string path, long offset, int count)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, new RangeHeaderValue(offset, offset + count - 1));
        if (answer.StatusCode != HttpStatusCode.PartialContent)
        {
            throw new StorageException(StorageError.Failed, $"{path}: the server answered a range with {(int)answer.StatusCode}.");
        }

        return await ReadAsync(path, answer, count);
    }

    private static async ValueTask<byte[]> ReadAsync(string path, HttpResponseMessage answer, int most)
    {
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(limit.Token);
            using var content = new MemoryStream();
            byte[] piece = new byte[16 * 1024];
            int count;
            while ((count = await stream.ReadAsync(piece, limit.Token)) > 0)
            {
                content.Write(piece, 0, count);
                if (content.Length > most)
                {
                    throw new StorageException(StorageError.Failed, $"{path} is longer than {most} bytes.");
                }
            }

            return content.ToArray();
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new StorageException(StorageError.Failed, $"{path}: {error.Message}", error);
        }
        catch (OperationCanceledException error)
        {
            throw new StorageException(StorageError.TimedOut, $"{path}: the server takes too long.", error);
        }
    }

    private async ValueTask<HttpResponseMessage> SendAsync(HttpMethod method, string path, RangeHeaderValue? range)
    {
        if (!Uri.TryCreate(path, UriKind.Absolute, out var url))
        {
            throw StorageException.NotFound(path);
        }

        using var limit = new CancellationTokenSource(s_limit);
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Range = range;
        try
        {
            return await _clients.For(followRedirects: true).SendAsync(request, limit.Token);
        }
        catch (HttpRequestException error)
        {
            throw new StorageException(StorageError.Failed, $"{path}: {error.Message}", error);
        }
        catch (OperationCanceledException error)
        {
            throw new StorageException(StorageError.TimedOut, $"{path}: the server takes too long.", error);
        }
    }

    /// <summary>A file that is read in ranges, a block at a time; the last block is remembered.</summary>
    private sealed class RangedFile(HttpFileSystem owner, string path, long length) : IStoredFile
    {
        private const int BlockBytes = 64 * 1024;

        private long _blockAt = -1;
        private byte[] _block = [];

        public long Length => length;

        public bool IsWritable => false;

        public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer)
        {
            int count = 0;
            while (count < buffer.Length && offset + count < length)
            {
                long at = offset + count;
                long blockAt = at / BlockBytes * BlockBytes;
                if (blockAt != _blockAt)
                {
                    _block = await owner.FetchRangeAsync(path, blockAt, (int)Math.Min(BlockBytes, length - blockAt));
                    _blockAt = blockAt;
                }

                int skip = (int)(at - blockAt);
                int piece = Math.Min(buffer.Length - count, _block.Length - skip);
                if (piece <= 0)
                {
                    throw new StorageException(StorageError.Failed, $"{path}: the server sent less than it said.");
                }

                _block.AsMemory(skip, piece).CopyTo(buffer[count..]);
                count += piece;
            }

            return count;
        }

        public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes) => throw StorageException.ReadOnly(path);

        public ValueTask SetLengthAsync(long newLength) => throw StorageException.ReadOnly(path);

        public ValueTask FlushAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A file of a server without ranges, whole in memory.</summary>
    private sealed class WholeFile(byte[] content) : IStoredFile
    {
        public long Length => content.Length;

        public bool IsWritable => false;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer)
        {
            int count = (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
            content.AsMemory((int)Math.Min(offset, content.Length), count).CopyTo(buffer);
            return new(count);
        }

        public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes) => throw StorageException.ReadOnly("The file");

        public ValueTask SetLengthAsync(long newLength) => throw StorageException.ReadOnly("The file");

        public ValueTask FlushAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
