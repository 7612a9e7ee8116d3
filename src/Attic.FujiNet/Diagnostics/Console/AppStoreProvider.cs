using System.Text;
using Attic.FujiNet.Devices.Apps;
using static Attic.FujiNet.Diagnostics.Console.ConsoleText;

namespace Attic.FujiNet.Diagnostics.Console;

/// <summary>What programs keep in the app store.</summary>
internal sealed class AppStoreProvider(AppStore store) : IConsoleProvider
{
    private const string Missing = "there is no such key\n";

    public string Name => "appstore";

    public IEnumerable<ConsoleCommand> Commands =>
    [
        Of("appstore.list", "<namespace>", 1, async names => string.Concat((await store.ListAsync(names[0])).Select(key => key + "\n"))),
        Of("appstore.stat", "<namespace> <key>", 2, StatAsync),
        Of("appstore.read", "<namespace> <key>", 2, async names => await store.ReadAllAsync(names[0], names[1]) is { } bytes ? Show(bytes) : Missing),
        new("appstore.write", "<namespace> <key> <text>", WriteAsync),
        Of("appstore.delete", "<namespace> <key>", 2, async names => await store.DeleteAsync(names[0], names[1]) ? "deleted\n" : Missing),
        Of("appstore.rename", "<namespace> <key> <new key>", 3, RenameAsync),
    ];

    private static ConsoleCommand Of(string name, string arguments, int count, Func<string[], ValueTask<string>> run) =>
        new(name, arguments, async given => given.Length == count && AreNames(given) ? await run(given) : null);

    private static bool AreNames(IEnumerable<string> names) => names.All(name => Encoding.UTF8.GetByteCount(name) is > 0 and <= AppStore.MaxNameBytes);

    // Text as it is, anything else in hexadecimal.
    private static string Show(byte[] bytes)
    {
        bool isText = Array.TrueForAll(bytes, value => value is >= 0x20 and < 0x7F or (byte)'\n' or (byte)'\r' or (byte)'\t');
        return isText ? Encoding.ASCII.GetString(bytes) + "\n" : Dump(bytes, 0);
    }

    private async ValueTask<string> StatAsync(string[] names) =>
        await store.StatAsync(names[0], names[1]) is { } entry
            ? Line($"{entry.Size} bytes, {DateTimeOffset.FromUnixTimeSeconds(entry.ModifiedUnix):yyyy-MM-dd HH:mm:ss}Z")
            : Missing;

    private async ValueTask<string?> WriteAsync(string[] given)
    {
        if (given.Length < 3 || !AreNames(given.Take(2)))
        {
            return null;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(string.Join(' ', given.Skip(2)));
        await store.WriteAsync(given[0], given[1], 0, bytes);
        return Line($"{bytes.Length} bytes");
    }

    private async ValueTask<string> RenameAsync(string[] names)
    {
        if (await store.ReadAllAsync(names[0], names[1]) is not { } bytes)
        {
            return Missing;
        }

        if (await store.StatAsync(names[0], names[2]) is not null)
        {
            return "there is a key of the new name\n";
        }

        await store.WriteAsync(names[0], names[2], 0, bytes);
        await store.DeleteAsync(names[0], names[1]);
        return "renamed\n";
    }
}
