using Attic.FujiNet.Protocols;
using Microsoft.Win32.SafeHandles;

namespace Attic.FujiNet.Storage.Tnfs;

/// <content>Open files.</content>
public sealed partial class TnfsService
{
    private const int OpenRead = 0x001;
    private const int OpenWrite = 0x002;
    private const int OpenAppend = 0x008;
    private const int OpenCreate = 0x100;
    private const int OpenTruncate = 0x200;
    private const int OpenExclusive = 0x400;

    private TnfsResult Open(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        int flags = arguments.Word();
        _ = arguments.Word();
        string path = arguments.TerminatedText();
        bool writes = (flags & (OpenWrite | OpenAppend | OpenCreate | OpenTruncate)) != 0;
        int slot = FreeHandle(session.Files);
        if (arguments.Failed || (flags & (OpenRead | OpenWrite)) == 0)
        {
            return TnfsResult.Invalid;
        }

        if (slot < 0)
        {
            return TnfsResult.TooManyOpen;
        }

        if (writes && _limits.ReadOnly)
        {
            return TnfsResult.ReadOnly;
        }

        if (!_folder.TryResolve(session.Mount, path, out string? hostPath))
        {
            return TnfsResult.AccessDenied;
        }

        var refused = Refuse(hostPath, flags);
        if (refused != TnfsResult.Ok)
        {
            return refused;
        }

        session.Files[slot] = new TnfsOpenFile(OpenHandle(hostPath, flags), (flags & OpenAppend) != 0);
        reply.Result(TnfsResult.Ok).Byte((byte)slot);
        return TnfsResult.Ok;
    }

    private static TnfsResult Refuse(string hostPath, int flags)
    {
        if (Directory.Exists(hostPath))
        {
            return TnfsResult.IsDirectory;
        }

        bool exists = File.Exists(hostPath);
        if (exists && (flags & (OpenCreate | OpenExclusive)) == (OpenCreate | OpenExclusive))
        {
            return TnfsResult.Exists;
        }

        return exists || (flags & OpenCreate) != 0 ? TnfsResult.Ok : TnfsResult.NotFound;
    }

    private static SafeFileHandle OpenHandle(string hostPath, int flags)
    {
        var access = (flags & (OpenRead | OpenWrite)) switch
        {
            OpenRead => FileAccess.Read,
            OpenWrite => FileAccess.Write,
            _ => FileAccess.ReadWrite,
        };

        // Created and truncated in its own step: the host opens no file for reading and truncates it.
        if ((flags & OpenCreate) != 0 && !File.Exists(hostPath))
        {
            File.OpenHandle(hostPath, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        else if ((flags & OpenTruncate) != 0)
        {
            File.OpenHandle(hostPath, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }

        return File.OpenHandle(hostPath, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
    }

    private static TnfsResult Read(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        var file = At(session.Files, arguments.Byte());
        int count = Math.Min((int)arguments.Word(), TnfsProtocol.MaxTransfer);
        if (arguments.Failed || file is null)
        {
            return file is null ? TnfsResult.BadHandle : TnfsResult.Invalid;
        }

        Span<byte> data = stackalloc byte[TnfsProtocol.MaxTransfer];
        int read = RandomAccess.Read(file.Handle, data[..count], file.Position);
        if (read == 0 && count > 0)
        {
            return TnfsResult.EndOfFile;
        }

        file.Position += read;
        reply.Result(TnfsResult.Ok).Word(read);
        data[..read].CopyTo(reply.Reserve(read));
        return TnfsResult.Ok;
    }

    private static TnfsResult Write(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        var file = At(session.Files, arguments.Byte());
        var data = arguments.Bytes(arguments.Word());
        if (arguments.Failed || data.Length > TnfsProtocol.MaxTransfer)
        {
            return TnfsResult.Invalid;
        }

        if (file is null)
        {
            return TnfsResult.BadHandle;
        }

        file.Position = file.Append ? RandomAccess.GetLength(file.Handle) : file.Position;
        RandomAccess.Write(file.Handle, data, file.Position);
        file.Position += data.Length;
        reply.Result(TnfsResult.Ok).Word(data.Length);
        return TnfsResult.Ok;
    }

    private static TnfsResult Seek(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        var file = At(session.Files, arguments.Byte());
        byte whence = arguments.Byte();
        int offset = (int)arguments.Long();
        if (arguments.Failed || file is null)
        {
            return file is null ? TnfsResult.BadHandle : TnfsResult.Invalid;
        }

        long position = offset + whence switch
        {
            0 => 0,
            1 => file.Position,
            2 => RandomAccess.GetLength(file.Handle),
            _ => long.MinValue,
        };
        if (position is < 0 or > uint.MaxValue)
        {
            return TnfsResult.Invalid;
        }

        file.Position = position;
        reply.Result(TnfsResult.Ok).Long(position);
        return TnfsResult.Ok;
    }

    private static TnfsResult Close(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        byte handle = arguments.Byte();
        var file = At(session.Files, handle);
        if (file is null)
        {
            return TnfsResult.BadHandle;
        }

        file.Dispose();
        session.Files[handle] = null;
        return Done(reply);
    }
}
