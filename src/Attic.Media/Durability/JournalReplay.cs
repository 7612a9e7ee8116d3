using System.Globalization;

namespace Attic.Media.Durability;

/// <summary>What mounting found in the journal beside an image.</summary>
/// <param name="Present">Whether there is a journal at all.</param>
/// <param name="Replayed">Writes that were put into the content.</param>
/// <param name="Problem">Why the journal, or its rest, could not be used and must be kept; else empty.</param>
/// <param name="End">Bytes of the journal that are sound.</param>
/// <param name="Records">Sound records, used or not.</param>
internal sealed record JournalReplay(bool Present, int Replayed, string Problem, long End, long Records)
{
    private static readonly JournalReplay Nothing = new(false, 0, "", 0, 0);

    public static string PathFor(string image) => image + ".journal";

    /// <summary>Puts the writes of an earlier run that never reached the image into <paramref name="content"/>.</summary>
    /// <param name="imagePath">The image; its journal lies beside it.</param>
    /// <param name="image">What the image file is now.</param>
    /// <param name="content">The image's content.</param>
    public static JournalReplay Apply(string imagePath, FileIdentity image, IJournalTarget content)
    {
        string path = PathFor(imagePath);
        if (!File.Exists(path))
        {
            return Nothing;
        }

        byte[] journal = File.ReadAllBytes(path);
        if (journal.Length < JournalFormat.HeaderBytes)
        {
            // Killed while the journal was begun: no write can have been in it.
            return Nothing with { Present = true };
        }

        return JournalFormat.ReadHeader(journal) is { } origin
            ? Apply(journal, origin, image, content)
            : new(true, 0, "its header is damaged", 0, 0);
    }

    /// <summary>Brings the image up to date with what was replayed and removes the journal; a kill leaves either as it was.</summary>
    /// <param name="imagePath">The image.</param>
    /// <param name="file">The image's new bytes.</param>
    public void Finish(string imagePath, ReadOnlySpan<byte> file)
    {
        string path = PathFor(imagePath);
        if (Replayed > 0)
        {
            using (var journal = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read))
            {
                using var note = new MemoryStream();
                JournalFormat.Append(note, new(JournalKind.Merged, 0, 0, 0, JournalFormat.Identity(FileIdentity.Of(file))), Records + 1);
                journal.SetLength(End);
                journal.Position = End;
                journal.Write(note.ToArray());
                journal.Flush(flushToDisk: true);
            }

            StagedFile.Write(imagePath, file);
        }

        File.Delete(path);
        StagedFile.FlushFolderOf(path);
    }

    /// <summary>Keeps a copy of a journal that could not be used whole.</summary>
    /// <returns>Where it is.</returns>
    public static string SetAside(string imagePath)
    {
        string path = PathFor(imagePath);
        string kept = path + ".kept";
        for (int number = 2; File.Exists(kept); number++)
        {
            kept = string.Create(CultureInfo.InvariantCulture, $"{path}.kept{number}");
        }

        StagedFile.Write(kept, File.ReadAllBytes(path));
        return kept;
    }

    private static JournalReplay Apply(ReadOnlySpan<byte> journal, FileIdentity origin, FileIdentity image, IJournalTarget content)
    {
        var records = ReadAll(journal, out int end);

        // The last point at which the image was what it is now: everything after that is missing in it.
        int from = origin.Equals(image) ? 0 : -1;
        for (int index = 0; index < records.Count; index++)
        {
            if (records[index].Kind == JournalKind.Merged && image.Equals(JournalFormat.ReadIdentity(records[index].Data)))
            {
                from = index + 1;
            }
        }

        if (from < 0)
        {
            return new(true, 0, "it belongs to other content of the image", end, records.Count);
        }

        int replayed = 0;
        foreach (var record in records.Skip(from).Where(record => record.Kind != JournalKind.Merged))
        {
            if (!content.Apply(record))
            {
                return new(true, replayed, "one of its records fits nothing", end, records.Count);
            }

            replayed++;
        }

        // A kill leaves a torn tail; when sound records follow, the file was damaged otherwise.
        bool damaged = HasRecordAfter(journal, end, records.Count + 2);
        return new(true, replayed, damaged ? "a record in its middle is damaged" : "", end, records.Count);
    }

    private static List<JournalRecord> ReadAll(ReadOnlySpan<byte> journal, out int end)
    {
        var records = new List<JournalRecord>();
        end = JournalFormat.HeaderBytes;
        int length;
        while ((length = JournalFormat.Read(journal[end..], records.Count + 1, out var record)) > 0)
        {
            records.Add(record);
            end += length;
        }

        return records;
    }

    private static bool HasRecordAfter(ReadOnlySpan<byte> journal, int end, long sequence)
    {
        for (int at = end + 1; at <= journal.Length - JournalFormat.RecordOverhead; at++)
        {
            if (JournalFormat.Read(journal[at..], sequence, out _) > 0)
            {
                return true;
            }
        }

        return false;
    }
}
