namespace Attic.FujiNet.Storage;

/// <summary>Folders with their parents.</summary>
internal static class Folders
{
    /// <summary>Makes a folder and whatever parent is missing.</summary>
    public static async ValueTask MakeAsync(IFileSystem fileSystem, string path)
    {
        string folder = string.Empty;
        foreach (string part in StoragePath.Normalize(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            folder += "/" + part;
            var entry = await fileSystem.StatAsync(folder);
            if (entry is null)
            {
                await fileSystem.MakeDirectoryAsync(folder);
            }
            else if (!entry.IsDirectory)
            {
                throw new StorageException(StorageError.WrongKind, $"{folder} is a file.");
            }
        }
    }
}
