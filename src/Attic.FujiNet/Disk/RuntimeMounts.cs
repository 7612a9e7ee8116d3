using System.Globalization;
using System.Text;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Disk;

/// <summary>A mount that comes back after a restart.</summary>
/// <param name="Uri">The image.</param>
/// <param name="IsReadOnly">Whether it was mounted read-only.</param>
/// <param name="SectorHint">Bytes of a sector; 0 for none.</param>
public sealed record RuntimeMount(string Uri, bool IsReadOnly, int SectorHint);

/// <summary>The mounts of the eight slots, kept in a file of lines with tabs on the persistent file system.</summary>
public sealed class RuntimeMounts
{
    /// <summary>The file.</summary>
    public const string Path = "/fujinet-runtime-mounts.tsv";

    private const string Version = "v1";
    private const int MaxBytes = 1 << 20;

    private readonly StorageManager _storage;
    private readonly RuntimeMount?[] _mounts = new RuntimeMount?[DiskService.SlotCount];

    /// <summary>No mounts.</summary>
    public RuntimeMounts(StorageManager storage)
    {
        _storage = storage;
    }

    /// <summary>The mount of a slot, from 0; null when there is none.</summary>
    public RuntimeMount? this[int slot] => _mounts[slot];

    /// <summary>Reads the file.</summary>
    public async ValueTask LoadAsync()
    {
        Array.Clear(_mounts);
        var fileSystem = _storage.Persistent;
        if (fileSystem is null || await fileSystem.StatAsync(Path) is not { IsDirectory: false, Size: <= MaxBytes })
        {
            return;
        }

        await using var file = await fileSystem.OpenAsync(Path, StoredFileMode.Read);
        byte[] bytes = new byte[file.Length];
        int count = await file.ReadAsync(0, bytes);
        string[] lines = Encoding.UTF8.GetString(bytes, 0, count).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0].TrimEnd('\r') is not Version)
        {
            return;
        }

        foreach (string line in lines.Skip(1))
        {
            string[] fields = line.TrimEnd('\r').Split('\t', 4);
            if (fields.Length == 4
                && byte.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out byte slot)
                && slot < _mounts.Length
                && ushort.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort hint)
                && fields[3].Length > 0)
            {
                _mounts[slot] = new(fields[3], fields[2] is "r" or "ro", hint);
            }
        }
    }

    /// <summary>Changes a slot's mount and writes the file.</summary>
    public ValueTask SetAsync(int slot, RuntimeMount? mount)
    {
        _mounts[slot] = mount;
        return SaveAsync();
    }

    /// <summary>Forgets all mounts.</summary>
    public ValueTask ClearAsync()
    {
        Array.Clear(_mounts);
        return SaveAsync();
    }

    private async ValueTask SaveAsync()
    {
        var fileSystem = _storage.Persistent;
        if (fileSystem is null)
        {
            return;
        }

        var text = new StringBuilder(Version).Append('\n');
        for (int slot = 0; slot < _mounts.Length; slot++)
        {
            if (_mounts[slot] is { } mount)
            {
                text.Append(CultureInfo.InvariantCulture, $"{slot}\t{mount.SectorHint}\t{(mount.IsReadOnly ? "r" : "rw")}\t{mount.Uri}\n");
            }
        }

        if (_mounts.All(mount => mount is null))
        {
            if (await fileSystem.StatAsync(Path) is not null)
            {
                await fileSystem.RemoveFileAsync(Path);
            }

            return;
        }

        await fileSystem.ReplaceAsync(Path, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
