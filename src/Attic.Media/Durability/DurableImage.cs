namespace Attic.Media.Durability;

/// <summary>
/// An image file in use: locked for this process, its journal replayed, a writer at work unless the image is protected.
/// </summary>
internal sealed class DurableImage : IDisposable
{
    private readonly List<string> _notices = [];
    private ImageWriter? _writer;

    private DurableImage(string name, string protection) => (Name, Protection) = (name, protection);

    /// <summary>Makes a target of a file's bytes and tells whether they lay in a container, which is never written.</summary>
    public delegate (IJournalTarget Target, bool Compressed) Reader(string name, byte[] file);

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Why nothing may be written; empty when it may.</summary>
    public string Protection { get; }

    /// <summary>What a user should know about the opening: a replayed journal, one that was kept aside.</summary>
    public IReadOnlyList<string> Notices => _notices;

    /// <summary>Why the last attempt to write to the file failed; empty when it did not.</summary>
    public string Fault => _writer?.Fault ?? "";

    /// <summary>Writes so far.</summary>
    public long Writes => _writer?.Posted ?? 0;

    /// <summary>Writes that neither a kill nor a power cut undoes.</summary>
    public long DurableWrites => _writer?.Durable ?? 0;

    /// <summary>Opens an image.</summary>
    /// <param name="path">The file; a link is followed.</param>
    /// <param name="writeProtect">Whether it shall not be written.</param>
    /// <param name="read">Reads its bytes; the journal's writes are applied to what it gives before this method returns.</param>
    /// <exception cref="MediaFormatException">From <paramref name="read"/>.</exception>
    /// <exception cref="FileInUseException">Another process, or this one, has it open for writing.</exception>
    /// <exception cref="IOException">The file cannot be read, or replaying its journal failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DurableImage Open(string path, bool writeProtect, Reader read)
    {
        path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        string protection = writeProtect ? "it was asked for" : ProtectionOf(path);
        FileLock? fileLock = protection.Length == 0 ? TryLock(path, out protection) : null;
        try
        {
            return Open(path, protection, read, ref fileLock);
        }
        finally
        {
            fileLock?.Dispose();
        }
    }

    /// <summary>Hands a write over; never waits.</summary>
    public void Post(in JournalRecord record) => _writer?.Post(record);

    /// <summary>Asks for the file to be brought up to date; never waits.</summary>
    public void Settle() => _writer?.RequestMerge();

    /// <summary>Brings the file up to date and gives it free.</summary>
    /// <exception cref="IOException">The file could not be written; what the journal took is replayed at the next opening.</exception>
    public void Dispose()
    {
        var writer = _writer;
        _writer = null;
        writer?.Dispose();
    }

    private static DurableImage Open(string path, string protection, Reader read, ref FileLock? fileLock)
    {
        byte[] file = File.ReadAllBytes(path);
        var identity = FileIdentity.Of(file);
        var (target, compressed) = read(Path.GetFileName(path), file);
        if (compressed)
        {
            return new(Path.GetFileName(path), "it is compressed");
        }

        var replay = JournalReplay.Apply(path, identity, target);
        var image = new DurableImage(Path.GetFileName(path), protection);
        image.TellOf(replay);
        if (fileLock is not null)
        {
            identity = image.TakeOver(path, identity, replay, target);
            image._writer = new(path, target.Clone(), identity, fileLock);
            fileLock = null;
        }

        return image;
    }

    // The file as the writer will find it: with everything in it that an earlier run left in the journal.
    private FileIdentity TakeOver(string path, FileIdentity identity, JournalReplay replay, IJournalTarget target)
    {
        if (!replay.Present)
        {
            return identity;
        }

        if (replay.Problem.Length > 0)
        {
            _notices.Add($"The journal is kept as {Path.GetFileName(JournalReplay.SetAside(path))}.");
        }

        byte[] file = target.Encode();
        replay.Finish(path, file);
        return replay.Replayed > 0 ? FileIdentity.Of(file) : identity;
    }

    private void TellOf(JournalReplay replay)
    {
        if (replay.Replayed > 0)
        {
            _notices.Add($"{replay.Replayed} writes of an interrupted run were brought back from the journal.");
        }

        if (replay.Problem.Length > 0)
        {
            _notices.Add($"The journal beside {Name} could not be used: {replay.Problem}.");
        }
    }

    private static string ProtectionOf(string path) =>
        File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly) ? "the file is read-only" : "";

    private static FileLock? TryLock(string path, out string protection)
    {
        protection = "";
        try
        {
            return FileLock.Take(path);
        }
        catch (FileInUseException)
        {
            throw;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            protection = $"its folder cannot be written ({refusal.Message})";
            return null;
        }
    }
}
