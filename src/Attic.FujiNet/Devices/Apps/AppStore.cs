using System.Globalization;
using System.Text;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Apps;

/// <summary>Values that programs keep, under a namespace and a key, on the persistent file system.</summary>
/// <remarks>A value is <c>/FujiNet/app-store/v1/NAMESPACE/KEY.bin</c>; names are percent-encoded.</remarks>
public sealed class AppStore
{
    /// <summary>Longest namespace and longest key in bytes.</summary>
    public const int MaxNameBytes = 255;

    private const string Root = "/FujiNet/app-store/v1";
    private const string Suffix = ".bin";

    private readonly StorageManager _storage;

    /// <summary>A store on the persistent file system.</summary>
    public AppStore(StorageManager storage)
    {
        _storage = storage;
    }

    /// <summary>Whether there is a file system to keep values on.</summary>
    public bool IsAvailable => _storage.Persistent is not null;

    private IFileSystem FileSystem => _storage.Persistent ?? throw new StorageException(StorageError.Unsupported, "There is no persistent file system.");

    /// <summary>What is known about a value; null when there is none.</summary>
    public ValueTask<StoredEntry?> StatAsync(string space, string key) => FileSystem.StatAsync(PathOf(space, key));

    /// <summary>Reads a piece of a value.</summary>
    /// <returns>Bytes read, and the value's length; null when there is none.</returns>
    public async ValueTask<(int Count, long Length)?> ReadAsync(string space, string key, long offset, Memory<byte> buffer)
    {
        string path = PathOf(space, key);
        if (await FileSystem.StatAsync(path) is not { IsDirectory: false })
        {
            return null;
        }

        await using var file = await FileSystem.OpenAsync(path, StoredFileMode.Read);
        return (await file.ReadAsync(offset, buffer), file.Length);
    }

    /// <summary>Reads a whole value; null when there is none.</summary>
    public async ValueTask<byte[]?> ReadAllAsync(string space, string key)
    {
        var entry = await StatAsync(space, key);
        if (entry is null || entry.Size > ushort.MaxValue)
        {
            return null;
        }

        byte[] value = new byte[entry.Size];
        var read = await ReadAsync(space, key, 0, value);
        return read is null ? null : value[..read.Value.Count];
    }

    /// <summary>Writes a piece of a value: from offset 0 anew, further on in place.</summary>
    public async ValueTask WriteAsync(string space, string key, long offset, ReadOnlyMemory<byte> bytes)
    {
        await MakeFoldersAsync(space);
        string path = PathOf(space, key);
        if (offset == 0)
        {
            await FileSystem.ReplaceAsync(path, bytes);
        }
        else
        {
            await using var file = await FileSystem.OpenAsync(path, StoredFileMode.OpenOrCreate);
            await file.WriteAsync(offset, bytes);
        }

        _storage.NotifyChanged($"{FileSystem.Name}:{path}");
    }

    /// <summary>Removes a value.</summary>
    /// <returns>Whether there was one.</returns>
    public async ValueTask<bool> DeleteAsync(string space, string key)
    {
        string path = PathOf(space, key);
        if (await FileSystem.StatAsync(path) is not { IsDirectory: false })
        {
            return false;
        }

        await FileSystem.RemoveFileAsync(path);
        _storage.NotifyChanged($"{FileSystem.Name}:{path}");
        return true;
    }

    /// <summary>The keys of a namespace, ordered; none when there is no such namespace.</summary>
    public async ValueTask<IReadOnlyList<string>> ListAsync(string space)
    {
        string folder = $"{Root}/{Encode(space)}";
        if (await FileSystem.StatAsync(folder) is not { IsDirectory: true })
        {
            return [];
        }

        var keys = (await FileSystem.ListAsync(folder))
            .Where(entry => !entry.IsDirectory && entry.Name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(entry => Uri.UnescapeDataString(entry.Name[..^Suffix.Length]))
            .ToList();
        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    private static string PathOf(string space, string key) => $"{Root}/{Encode(space)}/{Encode(key)}{Suffix}";

    private static string Encode(string name)
    {
        var encoded = new StringBuilder();
        foreach (byte value in Encoding.UTF8.GetBytes(name))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_' or (byte)'.')
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        // "." and ".." are names of folders, not of namespaces.
        return encoded.ToString() is "." or ".." ? encoded.Replace(".", "%2E").ToString() : encoded.ToString();
    }

    private async ValueTask MakeFoldersAsync(string space)
    {
        string folder = $"{Root}/{Encode(space)}";
        if (await FileSystem.StatAsync(folder) is null)
        {
            await Folders.MakeAsync(FileSystem, folder);
        }
    }
}
