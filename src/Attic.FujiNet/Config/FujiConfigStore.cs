using System.Text;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Config;

/// <summary>Keeps the configuration as <c>fujinet.yaml</c> on the persistent file system, with a copy of the last good one beside it.</summary>
public sealed class FujiConfigStore
{
    /// <summary>The file.</summary>
    public const string Path = "/fujinet.yaml";

    /// <summary>The copy.</summary>
    public const string BackupPath = "/fujinet.yaml.bak";

    private const int MaxBytes = 1 << 20;

    private readonly IFileSystem _fileSystem;
    private readonly Action<string> _warn;

    /// <summary>A store.</summary>
    /// <param name="fileSystem">The persistent file system.</param>
    /// <param name="warn">Told what was wrong with a file.</param>
    public FujiConfigStore(IFileSystem fileSystem, Action<string>? warn = null)
    {
        _fileSystem = fileSystem;
        _warn = warn ?? (_ => { });
    }

    /// <summary>Reads the file, or the copy when the file is damaged; without both the defaults are written and used.</summary>
    public async ValueTask<FujiConfig> LoadAsync()
    {
        bool found = false;
        foreach (string path in (string[])[Path, BackupPath])
        {
            byte[]? bytes = await ReadAsync(path);
            if (bytes is null)
            {
                continue;
            }

            found = true;
            try
            {
                return FujiConfig.Parse(Encoding.UTF8.GetString(bytes));
            }
            catch (FormatException damage)
            {
                _warn($"{path}: {damage.Message}");
            }
        }

        var config = FujiConfig.Default();
        if (!found)
        {
            await SaveAsync(config);
        }

        return config;
    }

    /// <summary>Writes the file; the one that was there becomes the copy if it was good.</summary>
    public async ValueTask SaveAsync(FujiConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        byte[]? before = await ReadAsync(Path);
        if (before is not null && IsGood(before))
        {
            await _fileSystem.ReplaceAsync(BackupPath, before);
        }

        await _fileSystem.ReplaceAsync(Path, Encoding.UTF8.GetBytes(config.ToYaml()));
        if (_fileSystem is HostFileSystem host)
        {
            // It can hold a passphrase.
            host.KeepPrivate(Path);
            host.KeepPrivate(BackupPath);
        }
    }

    private static bool IsGood(byte[] bytes)
    {
        try
        {
            FujiConfig.Parse(Encoding.UTF8.GetString(bytes));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private async ValueTask<byte[]?> ReadAsync(string path)
    {
        var entry = await _fileSystem.StatAsync(path);
        if (entry is null || entry.IsDirectory || entry.Size > MaxBytes)
        {
            return null;
        }

        await using var file = await _fileSystem.OpenAsync(path, StoredFileMode.Read);
        byte[] bytes = new byte[file.Length];
        int count = await file.ReadAsync(0, bytes);
        return bytes[..count];
    }
}
