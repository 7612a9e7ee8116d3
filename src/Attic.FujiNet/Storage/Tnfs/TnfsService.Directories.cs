using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Storage.Tnfs;

/// <content>Open directories.</content>
public sealed partial class TnfsService
{
    private TnfsResult OpenDirectory(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        var result = OpenListing(session, arguments.TerminatedText(), TnfsDirectoryOptions.None, TnfsSortOptions.ByName, "", 0, out byte handle);
        if (result == TnfsResult.Ok)
        {
            reply.Result(TnfsResult.Ok).Byte(handle);
        }

        return result;
    }

    private TnfsResult OpenDirectoryExtended(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        var options = (TnfsDirectoryOptions)arguments.Byte();
        var sort = (TnfsSortOptions)arguments.Byte();
        int limit = arguments.Word();
        string pattern = arguments.TerminatedText();
        string path = arguments.TerminatedText();
        if (arguments.Failed)
        {
            return TnfsResult.Invalid;
        }

        var result = OpenListing(session, path, options, sort, pattern, limit, out byte handle);
        if (result == TnfsResult.Ok)
        {
            reply.Result(TnfsResult.Ok).Byte(handle).Word(session.Directories[handle]!.Entries.Count);
        }

        return result;
    }

    private TnfsResult OpenListing(TnfsSession session, string path, TnfsDirectoryOptions options, TnfsSortOptions sort, string pattern, int limit, out byte handle)
    {
        int slot = FreeHandle(session.Directories);
        handle = (byte)Math.Max(0, slot);
        if (slot < 0)
        {
            return TnfsResult.TooManyOpen;
        }

        if (!_folder.TryResolve(session.Mount, path, out string? hostPath) || !Path.Exists(hostPath))
        {
            return TnfsResult.NotFound;
        }

        if (!Directory.Exists(hostPath))
        {
            return TnfsResult.NotDirectory;
        }

        session.Directories[slot] = TnfsListing.Open(hostPath, options, sort, pattern, limit);
        return TnfsResult.Ok;
    }

    private static TnfsResult ReadDirectory(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        var listing = At(session.Directories, arguments.Byte());
        if (listing is null)
        {
            return TnfsResult.BadHandle;
        }

        if (listing.Position >= listing.Entries.Count)
        {
            return TnfsResult.EndOfFile;
        }

        reply.Result(TnfsResult.Ok).Text(listing.Entries[listing.Position++].Name);
        return TnfsResult.Ok;
    }

    private static TnfsResult ReadDirectoryExtended(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        const int countAt = TnfsHeader.Length + 1;
        const int statusAt = TnfsHeader.Length + 2;
        const byte atEnd = 0x01;
        var listing = At(session.Directories, arguments.Byte());
        int wanted = arguments.Byte();
        if (listing is null)
        {
            return TnfsResult.BadHandle;
        }

        if (listing.Position >= listing.Entries.Count)
        {
            return TnfsResult.EndOfFile;
        }

        reply.Result(TnfsResult.Ok).Byte(0).Byte(0).Word(listing.Position);
        int count = 0;
        while (listing.Position < listing.Entries.Count && (wanted == 0 || count < wanted) && count < byte.MaxValue && TryAdd(reply, listing.Entries[listing.Position]))
        {
            listing.Position++;
            count++;
        }

        reply.Patch(countAt, (byte)count);
        reply.Patch(statusAt, listing.Position == listing.Entries.Count ? atEnd : (byte)0);
        return TnfsResult.Ok;
    }

    private static bool TryAdd(TnfsReply reply, TnfsEntry entry)
    {
        const int fixedBytes = 13;
        if (reply.Room < fixedBytes + System.Text.Encoding.UTF8.GetByteCount(entry.Name) + 1)
        {
            return false;
        }

        int flags = (entry.IsDirectory ? 1 : 0) | (entry.IsHidden ? 2 : 0);
        reply.Byte((byte)flags).Long(entry.Length).Long(Seconds(entry.Modified)).Long(Seconds(entry.Created)).Text(entry.Name);
        return true;
    }

    private static TnfsResult TellDirectory(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        var listing = At(session.Directories, arguments.Byte());
        if (listing is null)
        {
            return TnfsResult.BadHandle;
        }

        reply.Result(TnfsResult.Ok).Long(listing.Position);
        return TnfsResult.Ok;
    }

    private static TnfsResult SeekDirectory(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        var listing = At(session.Directories, arguments.Byte());
        uint position = arguments.Long();
        if (listing is null || arguments.Failed)
        {
            return listing is null ? TnfsResult.BadHandle : TnfsResult.Invalid;
        }

        listing.Position = (int)Math.Min(position, (uint)listing.Entries.Count);
        return Done(reply);
    }

    private static TnfsResult CloseDirectory(TnfsSession session, PayloadReader arguments, TnfsReply reply)
    {
        byte handle = arguments.Byte();
        if (At(session.Directories, handle) is null)
        {
            return TnfsResult.BadHandle;
        }

        session.Directories[handle] = null;
        return Done(reply);
    }
}
