using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Sio.Classic;

/// <content>Folders and files of the file systems behind N:.</content>
public sealed partial class ClassicNetwork
{
    private async ValueTask<SioResult> ChangeFolderAsync(ClassicNetworkUnit unit, string spec)
    {
        string url = unit.UrlOf(spec.Length == 0 ? unit.Prefix : spec);
        if (_storage.Resolve(url) is { } target && await target.StatAsync() is null or { IsDirectory: false })
        {
            return Fail(unit, NetworkError.NotFound);
        }

        return Done(unit, () => unit.Prefix = spec.Length == 0 ? "" : url.TrimEnd('/') + "/");
    }

    private async ValueTask<SioResult> RenameAsync(ClassicNetworkUnit unit, string spec)
    {
        string[] names = spec.Split(',');
        if (names.Length != 2 || _storage.Resolve(unit.UrlOf(names[0])) is not { } from)
        {
            return Fail(unit, NetworkError.BadDeviceSpec);
        }

        string url = unit.UrlOf(names[0]);
        string renamed = names[1].Contains(':', StringComparison.Ordinal) ? unit.UrlOf(names[1]) : FolderOf(url) + names[1].TrimStart('/');
        if (_storage.Resolve(renamed) is not { } to || to.FileSystem != from.FileSystem)
        {
            return Fail(unit, NetworkError.BadDeviceSpec);
        }

        await from.FileSystem.RenameAsync(from.Path, to.Path);
        _storage.NotifyChanged(from.Uri);
        _storage.NotifyChanged(to.Uri);
        return Done(unit, () => { });
    }

    private async ValueTask<SioResult> OnTargetAsync(ClassicNetworkUnit unit, string spec, Func<StorageTarget, ValueTask> work)
    {
        if (_storage.Resolve(unit.UrlOf(spec)) is not { } target)
        {
            return Fail(unit, NetworkError.BadDeviceSpec);
        }

        await work(target);
        _storage.NotifyChanged(target.Uri);
        return Done(unit, () => { });
    }

    private static SioResult Point(ClassicNetworkUnit unit, ReadOnlySpan<byte> position)
    {
        if (unit.Source is not FileSource file)
        {
            return Fail(unit, NetworkError.NotImplemented);
        }

        int place = position[0] | position[1] << 8 | position[2] << 16;
        return Done(unit, () =>
        {
            _ = unit.TakeAll();
            file.Position = place;
        });
    }

    private static SioResult Note(ClassicNetworkUnit unit)
    {
        long position = (unit.Source as FileSource)?.Position - unit.Waiting ?? 0;
        byte[] bytes = [(byte)position, (byte)(position >> 8), (byte)(position >> 16)];
        return unit.Source is FileSource ? SioResult.Read(bytes) : SioResult.FailedRead(bytes);
    }
}
