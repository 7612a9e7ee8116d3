using System.Globalization;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Storage;
using static Attic.FujiNet.Diagnostics.Console.ConsoleText;

namespace Attic.FujiNet.Diagnostics.Console;

/// <summary>Files, as a shell shows them.</summary>
internal sealed class ShellProvider : IConsoleProvider
{
    private const int DumpBytes = 256;
    private const int MostDumpBytes = 4096;

    private readonly FujiNetStack _stack;
    private StorageTarget? _folder;

    public ShellProvider(FujiNetStack stack)
    {
        _stack = stack;
        _folder = stack.Storage.Persistent is { } files ? stack.Storage.Resolve($"{files.Name}:/") : null;
    }

    public string Name => "shell";

    public IEnumerable<ConsoleCommand> Commands =>
    [
        new("fs", () => string.Concat(_stack.Storage.FileSystems.Select(files => files.Name + "\n"))),
        new("pwd", () => (_folder?.Uri ?? "nowhere") + "\n"),
        new("cd", "<path>", arguments => At(arguments, 1, ChangeFolderAsync)),
        new("ls", "[path]", arguments => At(arguments.Length == 0 ? ["."] : arguments, 1, ListAsync)),
        new("hexdump", "<path> [offset [length]]", HexDumpAsync),
        new("mkdir", "<path>", arguments => Change(arguments, target => target.FileSystem.MakeDirectoryAsync(target.Path))),
        new("rm", "<path>", arguments => Change(arguments, target => target.FileSystem.RemoveFileAsync(target.Path))),
        new("rmdir", "<path>", arguments => Change(arguments, target => target.FileSystem.RemoveDirectoryAsync(target.Path))),
        new("mv", "<from> <to>", MoveAsync),
    ];

    private async ValueTask<string?> At(string[] arguments, int count, Func<StorageTarget, ValueTask<string>> run) =>
        arguments.Length != count ? null
        : _stack.Storage.Resolve(arguments[0], _folder) is { } target ? await run(target)
        : "that leads nowhere\n";

    private ValueTask<string?> Change(string[] arguments, Func<StorageTarget, ValueTask> change) => At(arguments, 1, async target =>
    {
        await change(target);
        _stack.Storage.NotifyChanged(target.Uri);
        return "done\n";
    });

    private async ValueTask<string> ChangeFolderAsync(StorageTarget target)
    {
        _folder = await target.StatAsync() is { IsDirectory: true } ? target : throw StorageException.NotFound(target.Uri);
        return _folder.Uri + "\n";
    }

    private static async ValueTask<string> ListAsync(StorageTarget target) => string.Concat(
        (await target.FileSystem.ListAsync(target.Path)).Select(entry => Line($"{(entry.IsDirectory ? 'd' : '-')} {entry.Size,10} {entry.Name}")));

    private ValueTask<string?> HexDumpAsync(string[] arguments)
    {
        long offset = 0;
        int length = DumpBytes;
        bool valid = arguments.Length is >= 1 and <= 3
            && (arguments.Length < 2 || long.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out offset))
            && (arguments.Length < 3 || int.TryParse(arguments[2], NumberStyles.None, CultureInfo.InvariantCulture, out length));
        return !valid ? new((string?)null) : At(arguments[..1], 1, async target =>
        {
            await using var file = await target.FileSystem.OpenAsync(target.Path, StoredFileMode.Read);
            byte[] bytes = new byte[Math.Min(length, MostDumpBytes)];
            int count = await file.ReadAsync(offset, bytes);
            return count == 0 ? Line($"the file has {file.Length} bytes") : Dump(bytes.AsSpan(0, count), offset);
        });
    }

    private async ValueTask<string?> MoveAsync(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            return null;
        }

        var from = _stack.Storage.Resolve(arguments[0], _folder);
        var to = _stack.Storage.Resolve(arguments[1], _folder);
        if (from is null || to is null || to.FileSystem != from.FileSystem)
        {
            return "files move within one file system\n";
        }

        await from.FileSystem.RenameAsync(from.Path, to.Path);
        _stack.Storage.NotifyChanged(from.Uri);
        _stack.Storage.NotifyChanged(to.Uri);
        return "done\n";
    }
}
