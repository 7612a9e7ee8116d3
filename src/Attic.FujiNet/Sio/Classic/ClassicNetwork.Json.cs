using Attic.FujiNet.Network;

namespace Attic.FujiNet.Sio.Classic;

/// <content>JSON: the channel mode, P to parse what is read, Q to ask for a value, which is then read.</content>
public sealed partial class ClassicNetwork
{
    private const int MaxDocument = 1 << 20;

    private static SioResult SetChannelMode(ClassicNetworkUnit unit, byte mode)
    {
        if (mode > 1)
        {
            return Fail(unit, NetworkError.BadCommand);
        }

        return Done(unit, () => unit.IsJson = mode == 1);
    }

    /// <summary>Reads the whole document.</summary>
    private static async ValueTask<SioResult> ParseAsync(ClassicNetworkUnit unit)
    {
        if (unit.Source is null)
        {
            return Fail(unit, NetworkError.NotConnected);
        }

        using var document = new MemoryStream();
        var start = System.Diagnostics.Stopwatch.StartNew();
        document.Write(unit.TakeAll());
        while (!unit.Source.IsAtEnd && document.Length < MaxDocument && start.Elapsed < s_limit)
        {
            var bytes = await unit.Source.TakeAsync(MaxDocument - (int)document.Length);
            document.Write(bytes.Span);
            if (bytes.IsEmpty)
            {
                await Task.Delay(2);
            }
        }

        unit.Document = document.ToArray();
        bool valid = JsonTranslation.IsDocument(unit.Document);
        return valid ? Done(unit, () => unit.IsJson = true) : Fail(unit, NetworkError.BadJson);
    }

    /// <summary>A path in slashes, <c>/main/temp</c>; the value is what is read next.</summary>
    private static SioResult Query(ClassicNetworkUnit unit, string path)
    {
        if (unit.Document is null)
        {
            return Fail(unit, NetworkError.BadJson);
        }

        byte[] value = JsonTranslation.Translate(unit.Document, path.TrimEnd('/'));
        _ = unit.TakeAll();
        unit.Add([.. EndOfLines.ToAtari(value, 2), 0x9B]);
        return value.Length == 0 ? Fail(unit, NetworkError.NotFound) : Done(unit, () => { });
    }
}
