namespace Attic.Cli.Output;

/// <summary>
/// A file that appears whole or not at all: written beside its place, flushed to the disk, then renamed. Without
/// <see cref="Commit"/> nothing remains.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    private readonly string _path;
    private readonly string _staging;
    private FileStream? _stream;

    /// <summary>Opens the staging file.</summary>
    /// <param name="path">Where the file shall appear; one that is there is replaced.</param>
    /// <exception cref="CommandFailure">The place cannot be written to.</exception>
    public StagedFile(string path)
    {
        _path = Path.GetFullPath(path);
        _staging = $"{_path}.{Environment.ProcessId}.part";
        try
        {
            if (Directory.Exists(_path))
            {
                throw new IOException("it is a directory");
            }

            _stream = new FileStream(_staging, FileMode.Create, FileAccess.ReadWrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"Cannot write {path}: {error.Message}", "Choose a file in a directory that exists and that you may write to.", error);
        }
    }

    /// <summary>The file's content.</summary>
    public FileStream Stream => _stream ?? throw new ObjectDisposedException(nameof(StagedFile));

    /// <summary>Puts the file in its place.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        _stream = null;
        File.Move(_staging, _path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stream is not null)
        {
            _stream.Dispose();
            _stream = null;
            File.Delete(_staging);
        }
    }
}
