using System.Text;
using Attic.FujiNet.Devices.Apps;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Hosts;

/// <summary>The folder from which a program's relative paths are seen, and those that were before; kept in the app store.</summary>
public sealed class HostState
{
    private const int MaxHistory = 32;
    private const string Space = "fujinet-nio";
    private const string CurrentKey = "current-host";
    private const string PathKey = "current-display-path";
    private const string HistoryKey = "host-history";

    private readonly StorageManager _storage;
    private readonly AppStore _store;

    /// <summary>The state that the store holds.</summary>
    public HostState(StorageManager storage, AppStore store)
    {
        _storage = storage;
        _store = store;
    }

    /// <summary>The current host; null when none is set.</summary>
    public async ValueTask<StorageTarget?> GetAsync()
    {
        string uri = await ReadAsync(CurrentKey);
        return uri.Length == 0 ? null : _storage.Resolve(uri);
    }

    /// <summary>
    /// Follows a text from outside: by itself where it says where it starts, otherwise from the current host.
    /// </summary>
    public async ValueTask<StorageTarget?> ResolveAsync(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > 0 && text[0] != '/' && _storage.Resolve(text) is { } absolute)
        {
            return absolute;
        }

        var current = await GetAsync();
        return current is null ? null : _storage.Resolve(text, current);
    }

    /// <summary>Makes a folder the current host.</summary>
    /// <returns>Whether the text leads to a folder.</returns>
    public async ValueTask<bool> SetAsync(string text)
    {
        var target = await ResolveAsync(text);
        if (target is null || await target.StatAsync() is not { IsDirectory: true })
        {
            return false;
        }

        await WriteAsync(CurrentKey, target.Uri);
        await WriteAsync(PathKey, target.DisplayPath);
        var history = await HistoryAsync();
        await WriteHistoryAsync([target.Uri, .. history.Where(uri => !string.Equals(uri, target.Uri, StringComparison.Ordinal)).Take(MaxHistory - 1)]);
        return true;
    }

    /// <summary>The hosts that were current, the last first.</summary>
    public async ValueTask<IReadOnlyList<string>> HistoryAsync() =>
        (await ReadAsync(HistoryKey)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Makes an entry of the history current.</summary>
    /// <returns>Whether there is one and it leads to a folder.</returns>
    public async ValueTask<bool> SelectAsync(int index)
    {
        var history = await HistoryAsync();
        return index < history.Count && await SetAsync(history[index]);
    }

    /// <summary>Takes an entry out of the history.</summary>
    /// <returns>Whether there was one.</returns>
    public async ValueTask<bool> DeleteAsync(int index)
    {
        var history = await HistoryAsync();
        if (index >= history.Count)
        {
            return false;
        }

        await WriteHistoryAsync([.. history.Take(index), .. history.Skip(index + 1)]);
        return true;
    }

    private async ValueTask<string> ReadAsync(string key) =>
        _store.IsAvailable && await _store.ReadAllAsync(Space, key) is { } value ? Encoding.UTF8.GetString(value) : string.Empty;

    private ValueTask WriteAsync(string key, string value) => _store.WriteAsync(Space, key, 0, Encoding.UTF8.GetBytes(value));

    private ValueTask WriteHistoryAsync(string[] history) => WriteAsync(HistoryKey, string.Concat(history.Select(uri => uri + "\n")));
}
