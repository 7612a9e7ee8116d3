using System.Threading.Channels;

namespace Attic.Media.Durability;

/// <summary>
/// Makes the writes to one image durable on a thread of its own: first in the journal, then in the image. It keeps a
/// copy of the content to which it applies the same writes, so that the machine's thread shares nothing with it but the
/// queue, and never waits.
/// </summary>
internal sealed class ImageWriter : IDisposable
{
    private readonly Channel<JournalRecord> _queue = Channel.CreateUnbounded<JournalRecord>(
        new() { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = false });

    private readonly string _path;
    private readonly IJournalTarget _content;
    private readonly FileLock _lock;
    private readonly MemoryStream _batch = new();
    private readonly Task _work;
    private FileIdentity _image;
    private FileStream? _journal;
    private long _journalLength;
    private long _journalSequence;
    private bool _unmerged;
    private int _batched;
    private long _posted;
    private long _durable;
    private volatile string _fault = "";

    /// <summary>Starts with an image whose content is <paramref name="content"/>, which this object owns from now on.</summary>
    public ImageWriter(string path, IJournalTarget content, FileIdentity image, FileLock fileLock)
    {
        _path = path;
        _content = content;
        _image = image;
        _lock = fileLock;
        _work = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Writes that were handed over.</summary>
    public long Posted => Interlocked.Read(ref _posted);

    /// <summary>Writes that a kill or a power cut can no longer undo.</summary>
    public long Durable => Interlocked.Read(ref _durable);

    /// <summary>Why the last attempt to write failed; empty when it did not. The writes are kept and tried again.</summary>
    public string Fault => _fault;

    /// <summary>Hands a write over; never waits.</summary>
    public void Post(in JournalRecord record)
    {
        Interlocked.Increment(ref _posted);
        _queue.Writer.TryWrite(record);
    }

    /// <summary>Asks for the image to be brought up to date; never waits.</summary>
    public void RequestMerge() => _queue.Writer.TryWrite(new(JournalKind.Merged, 0, 0, 0, []));

    /// <summary>Finishes everything, updates the image and gives the file free.</summary>
    /// <exception cref="IOException">The image could not be written; what the journal took is replayed at the next opening.</exception>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _work.GetAwaiter().GetResult();
        _journal?.Dispose();
        _lock.Dispose();
        if (_fault.Length > 0)
        {
            throw new IOException($"{Path.GetFileName(_path)} could not be brought up to date: {_fault}");
        }
    }

    private void Work()
    {
        var reader = _queue.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            bool merge = false;
            while (reader.TryRead(out var record))
            {
                if (record.Kind == JournalKind.Merged)
                {
                    merge = true;
                    continue;
                }

                _content.Apply(record);
                JournalFormat.Append(_batch, record, ++_journalSequence);
                _batched++;
                _unmerged = true;
            }

            Attempt(WriteBatch);
            if (merge)
            {
                Attempt(Merge);
            }
        }

        Attempt(Merge);
    }

    // A full or vanished disk must not end the thread: the batch stays in memory and goes along with the next attempt.
    private void Attempt(Action step)
    {
        try
        {
            step();
            _fault = "";
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            _fault = refusal.Message;
        }
    }

    private void WriteBatch()
    {
        if (_batch.Length == 0)
        {
            return;
        }

        AppendToJournal(_batch.GetBuffer().AsSpan(0, (int)_batch.Length));
        _batch.SetLength(0);
        Interlocked.Add(ref _durable, _batched);
        _batched = 0;
    }

    private void AppendToJournal(ReadOnlySpan<byte> records)
    {
        _journal ??= BeginJournal();

        // After a failed attempt the file may hold half a batch.
        _journal.SetLength(_journalLength);
        _journal.Position = _journalLength;
        _journal.Write(records);
        _journal.Flush(flushToDisk: true);
        _journalLength += records.Length;
    }

    private FileStream BeginJournal()
    {
        string path = JournalReplay.PathFor(_path);
        var journal = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            journal.Write(JournalFormat.Header(_image));
            _journalLength = JournalFormat.HeaderBytes;
            StagedFile.FlushFolderOf(path);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    private void Merge()
    {
        WriteBatch();
        if (!_unmerged)
        {
            return;
        }

        byte[] file = _content.Encode();
        var merged = FileIdentity.Of(file);
        var onDisk = FileIdentity.Of(File.ReadAllBytes(_path));
        if (!onDisk.Equals(_image))
        {
            throw new IOException("another program changed the image meanwhile; the writes stay in its journal");
        }

        // Said before it is done, so that a kill between rename and deletion is recognised at the next opening.
        using var note = new MemoryStream();
        JournalFormat.Append(note, new(JournalKind.Merged, 0, 0, 0, JournalFormat.Identity(merged)), _journalSequence + 1);
        AppendToJournal(note.ToArray());
        _journalSequence++;
        StagedFile.Write(_path, file);
        _image = merged;
        _unmerged = false;
        EndJournal();
    }

    private void EndJournal()
    {
        _journal?.Dispose();
        _journal = null;
        _journalSequence = 0;
        File.Delete(JournalReplay.PathFor(_path));
        StagedFile.FlushFolderOf(_path);
    }
}
