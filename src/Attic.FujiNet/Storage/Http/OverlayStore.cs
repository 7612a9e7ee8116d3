using System.Security.Cryptography;
using System.Text;

namespace Attic.FujiNet.Storage.Http;

/// <summary>Keeps what is changed in files that cannot be written, in <c>/FujiNet/overlay</c> of a file system that can.</summary>
public sealed class OverlayStore
{
    private const string Folder = "/FujiNet/overlay";
    private readonly IFileSystem _files;

    /// <summary>A store.</summary>
    /// <param name="files">The file system that keeps the overlays.</param>
    public OverlayStore(IFileSystem files)
    {
        ArgumentNullException.ThrowIfNull(files);
        _files = files;
    }

    /// <summary>Opens a file with its overlay. One that belongs to an older version of the file is kept beside, as <c>.old</c>.</summary>
    /// <param name="uri">The file's URI.</param>
    /// <param name="unchanged">The file as its server has it.</param>
    /// <param name="validator">What changes when the server's file does.</param>
    internal async ValueTask<IStoredFile> OpenAsync(string uri, IStoredFile unchanged, string validator)
    {
        await Folders.MakeAsync(_files, Folder);
        string path = $"{Folder}/{Digest(uri)}.overlay";
        byte[] header = OverlayFile.HeaderOf(Digest(validator), unchanged.Length);
        var overlay = await _files.OpenAsync(path, StoredFileMode.OpenOrCreate);
        if (!await OverlayFile.BelongsAsync(overlay, header))
        {
            await overlay.DisposeAsync();
            string aside = $"{path}.old";
            if (await _files.StatAsync(aside) is not null)
            {
                await _files.RemoveFileAsync(aside);
            }

            await _files.RenameAsync(path, aside);
            overlay = await _files.OpenAsync(path, StoredFileMode.OpenOrCreate);
        }

        return await OverlayFile.OpenAsync(unchanged, overlay, header);
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
