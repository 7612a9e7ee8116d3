using System.Text;
using Attic.FujiNet.Devices.Apps;

namespace Attic.FujiNet.Devices.Slots;

/// <summary>An entry of the catalogue.</summary>
/// <param name="Index">Its slot, 0 to 255.</param>
/// <param name="IsReadOnly">Whether it is to be mounted read-only.</param>
/// <param name="Uri">What it names.</param>
public sealed record CatalogEntry(byte Index, bool IsReadOnly, string Uri);

/// <summary>256 remembered disk images; kept in the app store under <c>config-nio</c>.</summary>
public sealed class SlotCatalog
{
    private const string Space = "config-nio";
    private const string KeyPrefix = "slot-";
    private const byte RecordVersion = 1;
    private const int RecordHeader = 2;

    private readonly AppStore _store;

    /// <summary>The catalogue that a store holds.</summary>
    public SlotCatalog(AppStore store)
    {
        _store = store;
    }

    /// <summary>Whether there is a store.</summary>
    public bool IsAvailable => _store.IsAvailable;

    /// <summary>An entry; null when the slot is empty.</summary>
    public async ValueTask<CatalogEntry?> GetAsync(byte index)
    {
        byte[]? record = await _store.ReadAllAsync(Space, KeyOf(index));
        return record is null || record.Length <= RecordHeader || record[0] != RecordVersion
            ? null
            : new(index, (record[1] & 1) != 0, Encoding.UTF8.GetString(record.AsSpan(RecordHeader)));
    }

    /// <summary>Fills a slot.</summary>
    public ValueTask PutAsync(CatalogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        byte[] record = [RecordVersion, entry.IsReadOnly ? (byte)1 : (byte)0, .. Encoding.UTF8.GetBytes(entry.Uri)];
        return _store.WriteAsync(Space, KeyOf(entry.Index), 0, record);
    }

    /// <summary>Empties a slot.</summary>
    /// <returns>Whether it held something.</returns>
    public ValueTask<bool> DeleteAsync(byte index) => _store.DeleteAsync(Space, KeyOf(index));

    /// <summary>All entries, ascending.</summary>
    public async ValueTask<IReadOnlyList<CatalogEntry>> ListAsync()
    {
        var entries = new List<CatalogEntry>();
        foreach (string key in await _store.ListAsync(Space))
        {
            if (key.Length == KeyPrefix.Length + 3
                && key.StartsWith(KeyPrefix, StringComparison.Ordinal)
                && byte.TryParse(key.AsSpan(KeyPrefix.Length), System.Globalization.NumberStyles.None, null, out byte index)
                && await GetAsync(index) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private static string KeyOf(byte index) => $"{KeyPrefix}{index:000}";
}
