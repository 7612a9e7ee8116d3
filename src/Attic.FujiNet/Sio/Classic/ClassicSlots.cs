using System.Text;
using System.Text.Json;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>A drive as CONFIG shows it: which host, how it is opened, which file.</summary>
/// <param name="Host">The host slot, 0 to 7; $FF for an empty drive.</param>
/// <param name="Mode">1 to read, 2 to read and write.</param>
/// <param name="File">The path on the host.</param>
public sealed record ClassicDrive(byte Host, byte Mode, string File)
{
    /// <summary>A host that is none.</summary>
    public const byte NoHost = 0xFF;

    /// <summary>An empty drive.</summary>
    public static ClassicDrive Empty { get; } = new(NoHost, 0, "");
}

/// <summary>The eight hosts and eight drives that CONFIG works with, kept in <c>/FujiNet/atari-slots.json</c>.</summary>
public sealed class ClassicSlots
{
    /// <summary>Hosts, and drives.</summary>
    public const int Count = 8;

    private const string File = "/FujiNet/atari-slots.json";
    private const int MaxFileBytes = 64 * 1024;
    private readonly StorageManager _storage;

    /// <summary>The host "SD", which is the FujiNet's own storage, and nothing else.</summary>
    public ClassicSlots(StorageManager storage)
    {
        _storage = storage;
        Hosts[0] = "SD";
    }

    /// <summary>The hosts' names: <c>SD</c>, the name of a TNFS server, or a URI.</summary>
    public string[] Hosts { get; } = [.. Enumerable.Repeat("", Count)];

    /// <summary>The folder of each host that CONFIG is in.</summary>
    public string[] Prefixes { get; } = [.. Enumerable.Repeat("", Count)];

    /// <summary>The drives.</summary>
    public ClassicDrive[] Drives { get; } = [.. Enumerable.Repeat(ClassicDrive.Empty, Count)];

    /// <summary>Reads what was kept.</summary>
    /// <param name="log">Told if it cannot be read.</param>
    public async ValueTask LoadAsync(Action<string> log)
    {
        try
        {
            if (_storage.Persistent is not { } files || await files.StatAsync(File) is not { Size: <= MaxFileBytes } entry)
            {
                return;
            }

            byte[] bytes = new byte[entry.Size];
            await using (var file = await files.OpenAsync(File, StoredFileMode.Read))
            {
                await file.ReadAsync(0, bytes);
            }

            var kept = JsonSerializer.Deserialize(bytes, ClassicSlotsJson.Default.Kept);
            Copy(kept?.Hosts, Hosts);
            Copy(kept?.Prefixes, Prefixes);
            Copy(kept?.Drives, Drives);
        }
        catch (Exception error) when (error is StorageException or JsonException)
        {
            log($"{File} cannot be read, the slots start empty: {error.Message}");
        }
    }

    /// <summary>Keeps hosts and drives.</summary>
    /// <exception cref="StorageException">They cannot be kept.</exception>
    public async ValueTask SaveAsync()
    {
        if (_storage.Persistent is not { } files)
        {
            return;
        }

        await Folders.MakeAsync(files, StoragePath.ParentOf(File));
        await files.ReplaceAsync(File, JsonSerializer.SerializeToUtf8Bytes(new Kept(Hosts, Prefixes, Drives), ClassicSlotsJson.Default.Kept));
    }

    /// <summary>Where a host's path leads.</summary>
    /// <returns>Null for an empty host or one that leads nowhere.</returns>
    public StorageTarget? Resolve(int host, string path)
    {
        if ((uint)host >= Count || Hosts[host].Length == 0)
        {
            return null;
        }

        string name = Hosts[host];
        string root = name.Equals("SD", StringComparison.OrdinalIgnoreCase) ? "persist:/"
            : name.Contains(':', StringComparison.Ordinal) ? name
            : $"tnfs://{name}/";
        var folder = _storage.Resolve(root);
        string relative = path.TrimStart('/');
        return folder is null || relative.Length == 0 ? folder : _storage.Resolve(Encoded(folder, relative), folder);
    }

    /// <summary>A path that could be taken for a URI is made one below the folder.</summary>
    private static string Encoded(StorageTarget folder, string relative) =>
        folder.FileSystem.TakesUris ? relative : $"{folder.Uri.TrimEnd('/')}/{relative}";

    private static void Copy<T>(IReadOnlyList<T>? from, T[] to)
        where T : class
    {
        for (int at = 0; at < Math.Min(from?.Count ?? 0, to.Length); at++)
        {
            to[at] = from![at] ?? to[at];
        }
    }

    internal sealed record Kept(IReadOnlyList<string> Hosts, IReadOnlyList<string> Prefixes, IReadOnlyList<ClassicDrive> Drives);
}

/// <summary>The slots' file.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(ClassicSlots.Kept))]
[System.Text.Json.Serialization.JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class ClassicSlotsJson : System.Text.Json.Serialization.JsonSerializerContext;

/// <summary>Texts in fields of fixed length, ended by NUL or by the Atari's end of line.</summary>
internal static class FixedText
{
    private const byte EndOfLine = 0x9B;

    /// <summary>Reads a field.</summary>
    public static string Read(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOfAny((byte)0, EndOfLine);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]).Trim();
    }

    /// <summary>Fills a field, cutting what does not fit beside a NUL.</summary>
    public static void Write(string text, Span<byte> field)
    {
        field.Clear();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan(0, Math.Min(bytes.Length, field.Length - 1)).CopyTo(field);
    }
}
