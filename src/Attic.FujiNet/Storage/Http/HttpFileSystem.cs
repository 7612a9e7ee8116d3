using System.Net;

namespace Attic.FujiNet.Storage.Http;

/// <summary>
/// Files on web servers, under their whole URIs; nothing is ever written to a server. A file that is opened for writing keeps
/// its changes in a local overlay, which is there again when the file is opened next.
/// </summary>
public sealed class HttpFileSystem : IFileSystem
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);
    private readonly HttpMessageInvoker _client;
    private readonly OverlayStore? _overlays;

    /// <summary>A file system.</summary>
    /// <param name="client">Makes the requests; it decides what may be reached and how redirects and certificates are treated.</param>
    /// <param name="overlays">Where changes are kept; null if files can only be read.</param>
    public HttpFileSystem(HttpMessageInvoker client, OverlayStore? overlays = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _overlays = overlays;
    }

    /// <inheritdoc />
    public string Name => "http";

    /// <inheritdoc />
    public bool TakesUris => true;

    /// <inheritdoc />
    public async ValueTask<StoredEntry?> StatAsync(string path)
    {
        var found = await DescribeAsync(path);
        return found is null ? null : new StoredEntry(StoragePath.NameOf(new Uri(path).AbsolutePath), IsDirectory: false, Math.Max(0, found.Length), found.ModifiedUnix);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StoredEntry>> ListAsync(string path) => throw new StorageException(StorageError.Unsupported, $"{path}: web servers have no listings.");

    /// <inheritdoc />
    public async ValueTask<IStoredFile> OpenAsync(string path, StoredFileMode mode)
    {
        bool writes = mode != StoredFileMode.Read;
        if (mode == StoredFileMode.Create || (writes && _overlays is null))
        {
            throw StorageException.ReadOnly(path);
        }

        var resource = await DescribeAsync(path) ?? throw StorageException.NotFound(path);
        IStoredFile file = resource.HasRanges && resource.Length >= 0
            ? new HttpRangeFile(this, path, resource)
            : new HttpWholeFile(await DownloadAsync(path));
        return writes ? await _overlays!.OpenAsync(path, file, resource.Validator) : file;
    }

    /// <inheritdoc />
    public ValueTask ReplaceAsync(string path, ReadOnlyMemory<byte> content) => throw StorageException.ReadOnly(path);

    /// <inheritdoc />
    public ValueTask MakeDirectoryAsync(string path) => throw StorageException.ReadOnly(path);

    /// <inheritdoc />
    public ValueTask RemoveDirectoryAsync(string path) => throw StorageException.ReadOnly(path);

    /// <inheritdoc />
    public ValueTask RemoveFileAsync(string path) => throw StorageException.ReadOnly(path);

    /// <inheritdoc />
    public ValueTask RenameAsync(string from, string to) => throw StorageException.ReadOnly(from);

    /// <summary>Sends a request and gives what comes of its response.</summary>
    /// <exception cref="StorageException">The server cannot be reached or takes too long.</exception>
    internal async ValueTask<T> SendAsync<T>(HttpMethod method, string path, Action<HttpRequestMessage>? prepare, Func<HttpResponseMessage, CancellationToken, ValueTask<T>> use)
    {
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            using var request = new HttpRequestMessage(method, path);
            prepare?.Invoke(request);
            using var response = await _client.SendAsync(request, limit.Token);
            return await use(response, limit.Token);
        }
        catch (OperationCanceledException slow)
        {
            throw new StorageException(StorageError.TimedOut, $"{Shown(path)}: the server took longer than {s_limit.TotalSeconds:0} s.", slow);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or UriFormatException or InvalidOperationException)
        {
            throw new StorageException(StorageError.Failed, $"{Shown(path)}: {error.Message}", error);
        }
    }

    /// <summary>A URI without the password that it may hold.</summary>
    internal static string Shown(string path) => Uri.TryCreate(path, UriKind.Absolute, out var uri) ? uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped) : path;

    /// <summary>HEAD, and a GET whose body is not read where the server does not know HEAD.</summary>
    private async ValueTask<HttpResource?> DescribeAsync(string path)
    {
        var (found, status) = await SendAsync(HttpMethod.Head, path, prepare: null, HttpResource.ReadAsync);
        if (found is null && status is not (HttpStatusCode.NotFound or HttpStatusCode.Gone))
        {
            (found, _) = await SendAsync(HttpMethod.Get, path, prepare: null, HttpResource.ReadAsync);
        }

        return found;
    }

    private ValueTask<byte[]> DownloadAsync(string path) => SendAsync(HttpMethod.Get, path, prepare: null, async (response, cancel) =>
    {
        if (!response.IsSuccessStatusCode)
        {
            throw StorageException.NotFound(Shown(path));
        }

        return await HttpWholeFile.DownloadAsync(response, Shown(path), cancel);
    });
}
