namespace Attic.Media.Durability;

/// <summary>Replaces files so that a kill or a power cut at any instant leaves the old or the new content, whole.</summary>
public static class StagedFile
{
    /// <summary>Writes <paramref name="content"/> beside <paramref name="path"/>, makes it durable, then renames it over.</summary>
    /// <param name="path">The file; it need not exist. An existing file's permissions are kept.</param>
    /// <param name="content">The new content.</param>
    /// <exception cref="IOException">The file system refused; the old file is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written; the old file is untouched.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string staged = $"{path}.{Environment.ProcessId}.staged";
        try
        {
            using (var file = new FileStream(staged, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(path))
            {
                File.SetUnixFileMode(staged, File.GetUnixFileMode(path));
            }

            File.Move(staged, path, overwrite: true);
        }
        catch
        {
            File.Delete(staged);
            throw;
        }

        FlushFolderOf(path);
    }

    /// <summary>
    /// Makes the names in a file's folder durable, after a rename, creation or deletion. File systems that cannot do that
    /// for a folder order such changes themselves, so a refusal means nothing and is not reported.
    /// </summary>
    public static void FlushFolderOf(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int folder = LibC.Open(Path.GetDirectoryName(Path.GetFullPath(path))!, LibC.ReadOnly);
        if (folder >= 0)
        {
            _ = LibC.Fsync(folder);
            _ = LibC.Close(folder);
        }
    }
}
