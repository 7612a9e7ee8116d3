using Attic.Engine.Card;
using Attic.Engine.Errors;

namespace Attic.Engine.Snapshots;

/// <summary>A snapshot as a list shows it.</summary>
public sealed record SnapshotSummary(
    string SnapshotId, string? Name, IReadOnlyList<string> Tags, string Profile, uint SchemaVersion, SnapshotAbi Abi, string Hash, long Size, long SavedAtUs);

/// <summary>The snapshots of a card: <c>/sdcard/saves/states/&lt;id&gt;.snap</c>, written by staged rename.</summary>
public sealed class SnapshotStore(string hostFolder)
{
    /// <summary>Where the snapshots lie on the card.</summary>
    public const string VirtualFolder = "/sdcard/saves/states";

    private const string Extension = ".snap";

    /// <summary>Writes a snapshot so that a kill leaves it whole or absent.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It could not be written.</exception>
    public void Save(Snapshot snapshot) =>
        StagedFile.Write(PathOf(snapshot.Header.SnapshotId), output => SnapshotFile.Write(output, snapshot));

    /// <summary>Reads a snapshot.</summary>
    /// <exception cref="EngineException"><c>SNAPSHOT_NOT_FOUND</c>; <c>SNAPSHOT_RESTORE_FAILED</c> when the file is damaged.</exception>
    public Snapshot Load(string id)
    {
        byte[] file = Bytes(id);
        try
        {
            return SnapshotFile.Read(file);
        }
        catch (SnapshotFormatException damaged)
        {
            throw new EngineException(
                ErrorCode.SnapshotRestoreFailed, $"The snapshot {id} is damaged: {damaged.Message}",
                ErrorDetails.Of(("snapshot_id", id), ("stage", "load")), inner: damaged);
        }
    }

    /// <summary>All snapshots, newest first; files that are none are left out.</summary>
    public IReadOnlyList<SnapshotSummary> List() =>
        Directory.Exists(hostFolder)
            ? [.. Directory.EnumerateFiles(hostFolder, "*" + Extension).Select(TrySummary).OfType<SnapshotSummary>()
                .OrderByDescending(each => each.SavedAtUs).ThenByDescending(each => each.SnapshotId, StringComparer.Ordinal)]
            : [];

    private byte[] Bytes(string id)
    {
        bool sound = id.StartsWith("snap_", StringComparison.Ordinal) && id.Length <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        try
        {
            return sound ? File.ReadAllBytes(PathOf(id)) : throw NotFound(id);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotFound(id);
        }
    }

    private static SnapshotSummary? TrySummary(string path)
    {
        try
        {
            byte[] file = File.ReadAllBytes(path);
            var header = SnapshotFile.ReadHeader(file);
            return new(
                header.SnapshotId, header.Name, header.Tags, header.Profile, header.SchemaVersion, header.Abi, header.Hash,
                file.Length, header.CreatedAtUs);
        }
        catch (Exception broken) when (broken is SnapshotFormatException or IOException)
        {
            // Asking for it says what is wrong; a list of the others is still worth having.
            return null;
        }
    }

    private static EngineException NotFound(string id) =>
        new(ErrorCode.SnapshotNotFound, $"There is no snapshot {id}.", ErrorDetails.Of(("snapshot_id", id)));

    private string PathOf(string id) => Path.Combine(hostFolder, id + Extension);
}
