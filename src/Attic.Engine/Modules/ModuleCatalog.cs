using Attic.Engine.Card;
using Attic.Engine.Errors;

namespace Attic.Engine.Modules;

/// <summary>What a scan of the module folder found.</summary>
/// <param name="Scanned">Package files looked at.</param>
/// <param name="Added">Packages that the scan before did not know.</param>
/// <param name="Removed">Packages that are gone.</param>
/// <param name="Updated">Packages whose bytes changed.</param>
/// <param name="Invalid">Files that are no packages.</param>
public sealed record ModuleScan(int Scanned, int Added, int Removed, int Updated, IReadOnlyList<InvalidModule> Invalid);

/// <summary>
/// The packages under <c>/sdcard/ebins</c>, and the choice among them: the highest version in the range, then the first
/// path. Same files, same choice. The index beside them (<c>index.json</c>) is written for readers and never believed.
/// Safe for use by several threads.
/// </summary>
public sealed class ModuleCatalog
{
    private readonly CardRoot _card;
    private readonly Lock _scanning = new();
    private volatile Snapshot _snapshot = new([], []);

    /// <summary>A catalog of a card, not scanned yet: call <see cref="Rescan"/>.</summary>
    /// <param name="card">The card.</param>
    /// <param name="trust">The keys that are trusted.</param>
    /// <param name="allowUnsigned">Whether packages without a trusted signature may be loaded.</param>
    public ModuleCatalog(CardRoot card, TrustStore trust, bool allowUnsigned = false)
    {
        _card = card;
        Trust = trust;
        AllowUnsigned = allowUnsigned;
    }

    private sealed record Snapshot(IReadOnlyList<ModuleEntry> Entries, IReadOnlyList<InvalidModule> Invalid);

    /// <summary>The keys that are trusted.</summary>
    public TrustStore Trust { get; }

    /// <summary>Whether packages without a trusted signature may be loaded.</summary>
    public bool AllowUnsigned { get; }

    /// <summary>The packages in the order of their paths.</summary>
    public IReadOnlyList<ModuleEntry> Entries => _snapshot.Entries;

    /// <summary>Looks at the packages of the card again.</summary>
    /// <param name="path">A folder or file under <c>/sdcard/ebins</c>; the rest keeps its entries.</param>
    /// <exception cref="EngineException"><c>PATH_NOT_ALLOWED</c> or <c>NOT_FOUND</c>.</exception>
    public ModuleScan Rescan(string path = CardRoots.Ebins)
    {
        var scope = _card.Resolve(path, CardAccess.Read, [CardRoots.Ebins]);
        if (!Path.Exists(scope.Host))
        {
            throw new EngineException(ErrorCode.NotFound, $"There is no {scope.Virtual} on the card.", ErrorDetails.Of(("path", scope.Virtual)));
        }

        lock (_scanning)
        {
            var before = _snapshot;
            bool InScope(CardPath file) => string.Equals(file.Virtual, scope.Virtual, StringComparison.Ordinal) || file.Virtual.StartsWith(scope.Virtual + "/", StringComparison.Ordinal);
            var entries = before.Entries.Where(entry => !InScope(entry.File)).ToList();
            var invalid = before.Invalid.Where(entry => !InScope(entry.File)).ToList();
            var found = _card.FilesBelow(CardRoots.Ebins, CardRoots.Ebins)
                .Where(file => InScope(file) && file.Name.EndsWith(EbinFileName.Extension, StringComparison.OrdinalIgnoreCase))
                .ToList();
            foreach (var file in found)
            {
                Look(file, entries, invalid);
            }

            var after = new Snapshot(
                [.. entries.OrderBy(entry => entry.File.Virtual, StringComparer.Ordinal)],
                [.. invalid.OrderBy(entry => entry.File.Virtual, StringComparer.Ordinal)]);
            _snapshot = after;
            ModuleIndexFile.Write(_card, after.Entries);
            return Compare(before.Entries, after.Entries, found.Count, [.. after.Invalid.Where(entry => InScope(entry.File))]);
        }
    }

    /// <summary>The package that a selector means.</summary>
    /// <param name="selector">Which module, which versions.</param>
    /// <param name="machine">Packages for this machine go before others.</param>
    /// <exception cref="EngineException">
    /// <c>EBIN_NOT_FOUND</c> with <c>module_selector</c>; or, when the file that would have been chosen is damaged, its error.
    /// </exception>
    public ModuleEntry Resolve(ModuleSelector selector, string machine)
    {
        var snapshot = _snapshot;
        var candidates = snapshot.Entries
            .Where(entry => string.Equals(entry.Manifest.ModuleId, selector.ModuleId, StringComparison.Ordinal) && selector.Range.Contains(entry.Version))
            .ToList();
        var chosen = candidates
            .OrderByDescending(entry => entry.Manifest.MachineTargets.Contains(machine, StringComparer.Ordinal))
            .ThenByDescending(entry => entry.Version)
            .ThenBy(entry => entry.File.Virtual, StringComparer.Ordinal)
            .FirstOrDefault();
        var damaged = snapshot.Invalid
            .Where(entry => string.Equals(entry.Name, selector.ModuleId, StringComparison.Ordinal) && entry.Version is { } version && selector.Range.Contains(version))
            .MaxBy(entry => entry.Version);
        if (damaged is not null && (chosen is null || damaged.Version!.CompareTo(chosen.Version) > 0))
        {
            throw EbinGates.Invalid(damaged.Field, damaged.Reason, ("path", damaged.File.Virtual), ("module_selector", selector.ToString()));
        }

        return chosen ?? throw NotFound(selector.ToString());
    }

    /// <summary>Reads a package from the card and takes it apart (gate 1).</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="EngineException"><c>EBIN_NOT_FOUND</c>, <c>EBIN_INVALID</c>.</exception>
    public static EbinPackage Open(CardPath path)
    {
        try
        {
            return new FileInfo(path.Host).Length > EbinHeader.LargestPackage
                ? throw EbinGates.Invalid("size", $"a package takes at most {EbinHeader.LargestPackage} bytes", ("path", path.Virtual))
                : EbinGates.Open(File.ReadAllBytes(path.Host), path.Virtual);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotFound(path.Virtual, gone);
        }
    }

    /// <summary>Whether some package of the catalog meets a dependency.</summary>
    public bool IsMet(EbinDependency needed) => Entries.Any(entry => Meets(entry.Manifest, needed));

    /// <summary>Whether a module meets a dependency.</summary>
    internal static bool Meets(EbinManifest module, EbinDependency needed) =>
        string.Equals(module.ModuleId, needed.ModuleId, StringComparison.Ordinal) && needed.AbiRange.Contains(module.AbiVersion);

    /// <summary>The refusal of a selector or path that leads to no package.</summary>
    internal static EngineException NotFound(string selector, Exception? inner = null) => new(
        ErrorCode.EbinNotFound,
        $"The card has no module package for {selector}.",
        ErrorDetails.Of(("module_selector", selector)),
        inner: inner);

    private void Look(CardPath file, List<ModuleEntry> entries, List<InvalidModule> invalid)
    {
        bool named = EbinFileName.TryParse(file.Name, out string name, out var version);
        try
        {
            if (!named)
            {
                throw EbinGates.Invalid("version", "the file name does not end in -<version>.ebin");
            }

            var package = Open(file);
            EbinGates.CheckVersion(package.Manifest, version!);
            string folder = file.VirtualFolder;
            entries.Add(new(file, package.Manifest, version!, folder[(folder.LastIndexOf('/') + 1)..], IntegrityOf(package), package.FileHash));
        }
        catch (EngineException refused)
        {
            string Detail(string key) => refused.Details.GetValueOrDefault(key) as string ?? "";
            invalid.Add(new(file, name, version, refused.Code.Code, Detail("field"), Detail("reason")));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            invalid.Add(new(file, name, version, ErrorCode.EbinInvalid.Code, "file", "it can't be read"));
        }
    }

    private string IntegrityOf(EbinPackage package)
    {
        if (!string.Equals(package.PayloadHash, package.Manifest.PayloadSha256, StringComparison.Ordinal))
        {
            return "hash_mismatch";
        }

        return Trust.Judge(package) switch
        {
            SignatureVerdict.Verified => "verified",
            SignatureVerdict.Unsigned => "unsigned",
            SignatureVerdict.Untrusted => "untrusted",
            _ => "signature_invalid",
        };
    }

    private static ModuleScan Compare(IReadOnlyList<ModuleEntry> before, IReadOnlyList<ModuleEntry> after, int scanned, IReadOnlyList<InvalidModule> invalid)
    {
        var old = before.ToDictionary(entry => entry.File.Virtual, StringComparer.Ordinal);
        int added = 0;
        int updated = 0;
        foreach (var entry in after)
        {
            if (!old.Remove(entry.File.Virtual, out var was))
            {
                added++;
            }
            else if (!string.Equals(was.Sha256, entry.Sha256, StringComparison.Ordinal))
            {
                updated++;
            }
        }

        return new(scanned, added, old.Count, updated, invalid);
    }
}
