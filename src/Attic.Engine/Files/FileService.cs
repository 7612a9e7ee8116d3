using System.Security.Cryptography;
using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Errors;
using Attic.Engine.Modules;
using Attic.Engine.Sessions;

namespace Attic.Engine.Files;

/// <summary>
/// Files that come in from outside. An upload is staged, verified, moved into place in one step and entered into its
/// catalog; a failure at any stage leaves file and catalog as they were.
/// </summary>
/// <param name="card">The card.</param>
/// <param name="catalogs">Its catalogs.</param>
/// <param name="presence">What lies on it.</param>
/// <param name="modules">Its modules.</param>
public sealed class FileService(CardRoot card, CatalogStore catalogs, PresenceIndex presence, ModuleCatalog modules)
{
    /// <summary>Bytes that a file may have.</summary>
    public const long LargestUpload = 64 << 20;

    private const string StagingFolder = CardRoots.Staging + "/uploads";
    private const int BufferBytes = 64 << 10;

    private readonly UploadFormat _format = new(modules);
    private readonly SemaphoreSlim _committing = new(1, 1);

    /// <summary>Whether a file, by its virtual path, is in a drive of some session: such a file is not replaced.</summary>
    public Func<string, bool> IsAttached { get; set; } = static _ => false;

    /// <summary>Deletes what uploads that were cut off by a kill have left.</summary>
    public void DeleteLeftovers()
    {
        string folder = card.HostOf(StagingFolder);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Stores a file.</summary>
    /// <param name="request">Where, and what is known of it.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancel">Ends it; nothing is stored then.</param>
    /// <exception cref="EngineException">
    /// <c>PATH_NOT_ALLOWED</c>; <c>BAD_REQUEST</c> (a field, or more than 64 MiB); <c>CONFLICT</c> (it exists, or is in a
    /// drive); <c>UPLOAD_INCOMPLETE</c>; <c>UNSUPPORTED_MEDIA_FORMAT</c>; <c>EBIN_INVALID</c>; <c>EBIN_SIGNATURE_INVALID</c>;
    /// <c>CATALOG_SYNC_FAILED</c> (another hash than promised, or it can't be stored).
    /// </exception>
    public async Task<UploadResult> UploadAsync(UploadRequest request, Stream content, CancellationToken cancel = default)
    {
        var target = Target(request);
        string staged = Path.Combine(card.HostOf(StagingFolder), Identifiers.New("up_") + ".part");
        Directory.CreateDirectory(Path.GetDirectoryName(staged)!);
        try
        {
            var (size, sha256) = await StageAsync(staged, content, request, cancel);
            Verify(request, size, sha256);
            _format.Check(target, await File.ReadAllBytesAsync(staged, cancel));
            await _committing.WaitAsync(cancel);
            try
            {
                CheckFree(request, target);
                string? entryId = Commit(staged, target, request, size, sha256);
                return new(target.Virtual, size, sha256, entryId, RuntimeClock.NowUs);
            }
            finally
            {
                _committing.Release();
            }
        }
        finally
        {
            File.Delete(staged);
        }
    }

    private CardPath Target(UploadRequest request)
    {
        var target = card.Resolve(request.Path, CardAccess.Write, s_targets);
        if (string.Equals(target.Virtual, target.Root, StringComparison.Ordinal) || target.Name.StartsWith('.') || request.Path.EndsWith('/'))
        {
            throw JsonFields.WrongField("path", "a file name below its root, without a leading dot", request.Path);
        }

        if (request.Sha256 is { } hash && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
        {
            throw JsonFields.WrongField("sha256", "64 hex digits", hash);
        }

        CheckFree(request, target);
        return target;
    }

    private static readonly string[] s_targets =
        [CardRoots.Roms, CardRoots.Disks, CardRoots.Cartridges, CardRoots.Cassettes, CardRoots.Ebins, CardRoots.Saves];

    private void CheckFree(UploadRequest request, CardPath target)
    {
        string? obstacle = this switch
        {
            _ when Directory.Exists(target.Host) => "a folder has that name",
            _ when !File.Exists(target.Host) => null,
            _ when !request.Overwrite => "it exists; upload with overwrite=true to replace it",
            _ when IsAttached(target.Virtual) => "it is in a drive; eject it first",
            _ => null,
        };
        if (obstacle is not null)
        {
            throw new EngineException(
                ErrorCode.Conflict,
                $"{target.Virtual} can't be stored: {obstacle}.",
                ErrorDetails.Of(("path", target.Virtual), ("remediation", obstacle)));
        }
    }

    private static async Task<(long Size, string Sha256)> StageAsync(string staged, Stream content, UploadRequest request, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(staged, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        byte[] buffer = new byte[BufferBytes];
        long size = 0;
        int read;
        while ((read = await ReadAsync(content, buffer, size, request, cancel)) > 0)
        {
            size += read;
            if (size > LargestUpload)
            {
                throw new EngineException(
                    ErrorCode.BadRequest,
                    $"The file has more than {LargestUpload} bytes.",
                    ErrorDetails.Of(("field", "file"), ("maximum", LargestUpload)));
            }

            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        file.Flush(flushToDisk: true);
        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async ValueTask<int> ReadAsync(Stream content, byte[] buffer, long received, UploadRequest request, CancellationToken cancel)
    {
        try
        {
            return await content.ReadAsync(buffer, cancel);
        }
        catch (IOException cutOff)
        {
            throw Incomplete(request.Size, received, cutOff);
        }
    }

    private static void Verify(UploadRequest request, long size, string sha256)
    {
        if (request.Size is { } expected && expected != size)
        {
            throw Incomplete(expected, size, null);
        }

        if (request.Sha256 is { } promised && !string.Equals(promised, sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new EngineException(
                ErrorCode.CatalogSyncFailed,
                "The bytes have another SHA-256 than promised.",
                ErrorDetails.Of(("field", "sha256"), ("expected", promised), ("actual", sha256), ("stage_state", "staged")));
        }
    }

    // The catalog comes after the file, so a kill in between leaves a file without an entry, which the next start enters.
    private string? Commit(string staged, CardPath target, UploadRequest request, long size, string sha256)
    {
        string backup = staged + ".old";
        try
        {
            bool replaces = File.Exists(target.Host);
            if (replaces)
            {
                File.Copy(target.Host, backup, overwrite: true);
            }

            StagedFile.Commit(staged, target.Host, request.Overwrite);
            try
            {
                return Enter(target, request, size, sha256);
            }
            catch
            {
                Undo(target, replaces ? backup : null);
                throw;
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new EngineException(
                ErrorCode.CatalogSyncFailed,
                $"{target.Virtual} can't be stored: {refused.Message}",
                ErrorDetails.Of(("path", target.Virtual), ("stage_state", "verified")),
                inner: refused);
        }
        finally
        {
            File.Delete(backup);
        }
    }

    private static void Undo(CardPath target, string? backup)
    {
        if (backup is null)
        {
            File.Delete(target.Host);
        }
        else
        {
            File.Move(backup, target.Host, overwrite: true);
        }
    }

    private string? Enter(CardPath target, UploadRequest request, long size, string sha256)
    {
        if (string.Equals(target.Root, CardRoots.Ebins, StringComparison.Ordinal))
        {
            modules.Rescan(target.Virtual);
            return null;
        }

        using var file = File.OpenRead(target.Host);
        byte[] start = new byte[LocalFiles.StartBytes];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (LocalFiles.KindOf(target, start.AsSpan(0, read), size) is not { } kind)
        {
            return null;
        }

        CatalogEntry? entered = null;
        catalogs.Update(kind, present =>
        {
            var old = present.FirstOrDefault(entry => string.Equals(entry.LocalPath, target.Virtual, StringComparison.Ordinal));
            entered = old is null
                ? LocalFiles.Entry(kind, target, sha256, size, present, request.MachineTags)
                : old with { Sha256 = sha256, Size = size, MachineTags = request.MachineTags ?? old.MachineTags, UpdatedAt = DateTimeOffset.UtcNow };
            return [.. present.Where(entry => !ReferenceEquals(entry, old)), entered];
        });
        presence.Look(kind, entered!, hash: true);
        return entered!.Id;
    }

    private static EngineException Incomplete(long? expected, long received, Exception? inner) => new(
        ErrorCode.UploadIncomplete,
        $"Only {received} bytes arrived.",
        ErrorDetails.Of(("expected", expected), ("received", received)),
        inner: inner);
}
