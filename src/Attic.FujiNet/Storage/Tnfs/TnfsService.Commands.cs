using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Storage.Tnfs;

/// <content>The commands of a session; each fills the reply when it is done, or says why it is not.</content>
public sealed partial class TnfsService
{
    private TnfsResult Execute(TnfsSession session, TnfsCommand command, PayloadReader arguments, TnfsReply reply) => command switch
    {
        TnfsCommand.Unmount => Unmount(session, reply),
        TnfsCommand.OpenDirectory => OpenDirectory(session, arguments, reply),
        TnfsCommand.ReadDirectory => ReadDirectory(session, arguments, reply),
        TnfsCommand.CloseDirectory => CloseDirectory(session, arguments, reply),
        TnfsCommand.TellDirectory => TellDirectory(session, arguments, reply),
        TnfsCommand.SeekDirectory => SeekDirectory(session, arguments, reply),
        TnfsCommand.OpenDirectoryExtended => OpenDirectoryExtended(session, arguments, reply),
        TnfsCommand.ReadDirectoryExtended => ReadDirectoryExtended(session, arguments, reply),
        TnfsCommand.MakeDirectory => Change(session, arguments.TerminatedText(), reply, MakeDirectory),
        TnfsCommand.RemoveDirectory => Change(session, arguments.TerminatedText(), reply, RemoveDirectory),
        TnfsCommand.Unlink => Change(session, arguments.TerminatedText(), reply, Unlink),
        TnfsCommand.ChangeMode => ChangeMode(session, arguments, reply),
        TnfsCommand.Rename => Rename(session, arguments, reply),
        TnfsCommand.Open => Open(session, arguments, reply),
        TnfsCommand.Read => Read(session, arguments, reply),
        TnfsCommand.Write => Write(session, arguments, reply),
        TnfsCommand.Seek => Seek(session, arguments, reply),
        TnfsCommand.Close => Close(session, arguments, reply),
        TnfsCommand.Stat => Stat(session, arguments, reply),
        TnfsCommand.Size or TnfsCommand.Free => Capacity(command, reply),
        _ => TnfsResult.NotImplemented,
    };

    private static TnfsResult Done(TnfsReply reply)
    {
        reply.Result(TnfsResult.Ok);
        return TnfsResult.Ok;
    }

    private static int FreeHandle<T>(T?[] handles)
        where T : class => Array.FindIndex(handles, handle => handle is null);

    private static T? At<T>(T?[] handles, byte handle)
        where T : class => handle < handles.Length ? handles[handle] : null;

    private TnfsResult Unmount(TnfsSession session, TnfsReply reply)
    {
        Remove(session);
        return Done(reply);
    }

    private TnfsResult Change(TnfsSession session, string path, TnfsReply reply, Func<string, TnfsResult> change)
    {
        if (_limits.ReadOnly)
        {
            return TnfsResult.ReadOnly;
        }

        if (!_folder.TryResolve(session.Mount, path, out string? hostPath) || _folder.IsRoot(hostPath))
        {
            return TnfsResult.AccessDenied;
        }

        var result = change(hostPath);
        reply.Result(result);
        return result;
    }

    private static TnfsResult MakeDirectory(string hostPath)
    {
        if (Path.Exists(hostPath))
        {
            return TnfsResult.Exists;
        }

        if (!Directory.Exists(Path.GetDirectoryName(hostPath)))
        {
            return TnfsResult.NotFound;
        }

        Directory.CreateDirectory(hostPath);
        return TnfsResult.Ok;
    }

    private static TnfsResult RemoveDirectory(string hostPath)
    {
        if (File.Exists(hostPath))
        {
            return TnfsResult.NotDirectory;
        }

        if (Directory.Exists(hostPath) && Directory.EnumerateFileSystemEntries(hostPath).Any())
        {
            return TnfsResult.NotEmpty;
        }

        Directory.Delete(hostPath);
        return TnfsResult.Ok;
    }

    private static TnfsResult Unlink(string hostPath)
    {
        if (Directory.Exists(hostPath))
        {
            return TnfsResult.IsDirectory;
        }

        if (!File.Exists(hostPath))
        {
            return TnfsResult.NotFound;
        }

        File.Delete(hostPath);
        return TnfsResult.Ok;
    }

    /// <summary>Of a mode, only the owner's permission to write is kept: clients have no users here.</summary>
    private TnfsResult ChangeMode(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        const int ownerWrites = 0x80;
        bool writable = (arguments.Word() & ownerWrites) != 0;
        return arguments.Failed ? TnfsResult.Invalid : Change(session, arguments.TerminatedText(), reply, hostPath =>
        {
            new FileInfo(hostPath).IsReadOnly = !writable;
            return TnfsResult.Ok;
        });
    }

    private TnfsResult Rename(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        string from = arguments.TerminatedText();
        string to = arguments.TerminatedText();
        if (!_folder.TryResolve(session.Mount, to, out string? target) || _folder.IsRoot(target))
        {
            return TnfsResult.AccessDenied;
        }

        return Change(session, from, reply, hostPath =>
        {
            if (Path.Exists(target))
            {
                return TnfsResult.Exists;
            }

            if (!Path.Exists(hostPath))
            {
                return TnfsResult.NotFound;
            }

            Directory.Move(hostPath, target);
            return TnfsResult.Ok;
        });
    }

    private TnfsResult Stat(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        const int allMayRead = 0x124;
        const int ownerWrites = 0x80;
        const int allMaySearch = 0x49;
        if (!_folder.TryResolve(session.Mount, arguments.TerminatedText(), out string? hostPath) || !Path.Exists(hostPath))
        {
            return TnfsResult.NotFound;
        }

        bool isDirectory = Directory.Exists(hostPath);
        FileSystemInfo info = isDirectory ? new DirectoryInfo(hostPath) : new FileInfo(hostPath);
        bool readOnly = _limits.ReadOnly || info.Attributes.HasFlag(FileAttributes.ReadOnly);
        int mode = (isDirectory ? TnfsProtocol.DirectoryMode | allMaySearch : TnfsProtocol.FileMode) | allMayRead | (readOnly ? 0 : ownerWrites);
        reply.Result(TnfsResult.Ok).Word(mode).Word(0).Word(0).Long((info as FileInfo)?.Length ?? 0)
            .Long(Seconds(info.LastAccessTimeUtc)).Long(Seconds(info.LastWriteTimeUtc)).Long(Seconds(info.CreationTimeUtc)).Text("").Text("");
        return TnfsResult.Ok;
    }

    private TnfsResult Capacity(TnfsCommand command, TnfsReply reply)
    {
        var drive = new DriveInfo(_folder.Root);
        reply.Result(TnfsResult.Ok).Long((command == TnfsCommand.Size ? drive.TotalSize : drive.AvailableFreeSpace) / 1024);
        return TnfsResult.Ok;
    }

    private static long Seconds(DateTime utc) => (long)(utc - DateTime.UnixEpoch).TotalSeconds;
}
