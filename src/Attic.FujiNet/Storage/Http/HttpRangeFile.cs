using System.Net;
using System.Net.Http.Headers;

namespace Attic.FujiNet.Storage.Http;

/// <summary>A file of a server that gives parts: it is fetched in blocks as they are needed, and the last used ones are kept.</summary>
internal sealed class HttpRangeFile(HttpFileSystem owner, string path, HttpResource resource) : IStoredFile
{
    private const int BlockSize = 64 * 1024;
    private const int MaxBlocks = 32;
    private readonly LinkedList<(long Index, byte[] Bytes)> _blocks = [];

    /// <inheritdoc />
    public long Length => resource.Length;

    /// <inheritdoc />
    public bool IsWritable => false;

    /// <inheritdoc />
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer)
    {
        int count = 0;
        while (count < buffer.Length && offset + count < Length)
        {
            long at = offset + count;
            byte[] block = await BlockAsync(at / BlockSize);
            int inBlock = (int)(at % BlockSize);
            int part = Math.Min(block.Length - inBlock, buffer.Length - count);
            block.AsMemory(inBlock, part).CopyTo(buffer[count..]);
            count += part;
        }

        return count;
    }

    /// <inheritdoc />
    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes) => throw StorageException.ReadOnly(HttpFileSystem.Shown(path));

    /// <inheritdoc />
    public ValueTask SetLengthAsync(long length) => throw StorageException.ReadOnly(HttpFileSystem.Shown(path));

    /// <inheritdoc />
    public ValueTask FlushAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<byte[]> BlockAsync(long index)
    {
        for (var node = _blocks.First; node is not null; node = node.Next)
        {
            if (node.Value.Index == index)
            {
                _blocks.Remove(node);
                _blocks.AddFirst(node);
                return node.Value.Bytes;
            }
        }

        byte[] fetched = await FetchAsync(index * BlockSize);
        _blocks.AddFirst((index, fetched));
        if (_blocks.Count > MaxBlocks)
        {
            _blocks.RemoveLast();
        }

        return fetched;
    }

    /// <summary>Fetches a block, whole: a server that sends anything else than was asked for is not believed.</summary>
    private ValueTask<byte[]> FetchAsync(long start)
    {
        int length = (int)Math.Min(BlockSize, Length - start);
        return owner.SendAsync(HttpMethod.Get, path, request => request.Headers.Range = new RangeHeaderValue(start, start + length - 1), async (response, cancel) =>
        {
            var range = response.Content.Headers.ContentRange;
            if (response.StatusCode != HttpStatusCode.PartialContent || range?.From != start || (range.HasLength && range.Length != Length))
            {
                throw new StorageException(StorageError.Failed, $"{HttpFileSystem.Shown(path)}: the server answered {(int)response.StatusCode} with {range?.ToString() ?? "no range"} instead of bytes {start} to {start + length - 1}.");
            }

            byte[] block = new byte[length];
            using var body = await response.Content.ReadAsStreamAsync(cancel);
            await body.ReadExactlyAsync(block, cancel);
            return block;
        });
    }
}
