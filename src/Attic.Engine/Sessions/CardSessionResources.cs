using Attic.Abi.AtariXl;
using Attic.Abi.Media;
using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Errors;
using Attic.Engine.Machines;
using Attic.Engine.Profiles;
using Attic.Media;
using Attic.Media.Cartridges;
using Attic.Media.Cassettes;
using Attic.Media.Floppies;

namespace Attic.Engine.Sessions;

/// <summary>A session's resources from an open card.</summary>
/// <param name="card">The card.</param>
public sealed class CardSessionResources(EngineCard card) : ISessionResources
{
    private static readonly string[] s_diskFormats = ["st", "msa", "atr", "xfd", "atx", "xex", "com", "bas", "lst"];
    private static readonly string[] s_cartridgeFormats = ["car", "rom", "bin"];
    private static readonly string[] s_tapeFormats = ["cas", "wav"];

    /// <inheritdoc/>
    public PreparedMachine Prepare(StartRequest request)
    {
        var plan = card.Builder.Plan(request.Machine, request.Profile, request.ModuleOverrides);
        long planned = RuntimeClock.NowUs;
        var media = ResolveMedia(request);
        var manifest = plan.Manifest;
        return new()
        {
            Machine = manifest.Machine,
            Profile = manifest.Profile,
            TickHz = manifest.TickHz,
            StepOrder = manifest.StepOrder,
            Manifest = new(manifest.Path, manifest.ManifestVersion, true, manifest.NormalizedProfile, planned),
            Wiring = new(true, [.. plan.Modules.Select(module => $"{module.Entry.Manifest.ModuleId}@{module.Entry.Version}")], manifest.StepOrder.Count, planned),
            Media = media,
            Build = (rom, overrides) =>
            {
                var built = card.Builder.Build(card.Builder.Plan(request.Machine, request.Profile, overrides), rom, OptionsOf(request, manifest));
                return new(built.Machine, built.LoadedModules, built);
            },
        };
    }

    /// <inheritdoc/>
    public ResolvedMedium Resolve(MediaBinding binding, string entryId, string requestField, string machine) => Describe(binding switch
    {
        MediaBinding.Rom => card.Media.FindSystem(CatalogKind.Rom, entryId, requestField, machine),
        MediaBinding.Tos => card.Media.FindSystem(CatalogKind.Tos, entryId, requestField, machine),
        MediaBinding.Disk => card.Media.Find(CatalogKind.Disk, entryId, requestField, machine),
        MediaBinding.Cassette => card.Media.Find(CatalogKind.Cassette, entryId, requestField, machine),
        _ => card.Media.Find(CatalogKind.Cartridge, entryId, requestField, machine),
    });

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Read(ResolvedMedium medium)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(FileOf(medium).Host);
            return IsXlSystem(medium, bytes) && BasicFor(medium) is { } basic ? XlRomSet.Joined(bytes, basic) : bytes;
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw Vanished(medium, failure);
        }
    }

    /// <inheritdoc/>
    public IFloppyMedium OpenDisk(ResolvedMedium medium, bool? writeProtect) =>
        Open(medium, "disk image", s_diskFormats, path => DiskFile.Open(path, writeProtect ?? medium.WriteProtect ?? false));

    /// <inheritdoc/>
    public XlCartridgeImage? OpenFlash(ResolvedMedium medium) =>
        Open(medium, "cartridge", s_cartridgeFormats, path => XlCartridgeImage.Open(path, writeProtect: medium.WriteProtect ?? false));

    /// <inheritdoc/>
    public ITapeMedium OpenTape(ResolvedMedium medium, bool? writeProtect) =>
        Open(medium, "tape", s_tapeFormats, path => TapeImage.Open(path, writeProtect ?? medium.WriteProtect ?? false));

    /// <inheritdoc/>
    public string HostFolder(string virtualPath)
    {
        string folder = card.Root.HostOf(virtualPath);
        Directory.CreateDirectory(folder);
        return folder;
    }

    private ResolvedMedia ResolveMedia(StartRequest request)
    {
        string machine = request.Machine;
        bool overridden = request.TosId is not null;
        var rom = Describe(card.Media.FindSystem(CatalogKind.Rom, request.RomId, "rom_id", machine, mustBoot: !overridden));
        var tos = request.TosId is { } tosId ? Resolve(MediaBinding.Tos, tosId, "tos_id", machine) : null;
        ResolvedMedium[] disks = [.. request.DiskIds.Select(id => Resolve(MediaBinding.Disk, id, "disk_ids", machine))];
        var cartridge = request.CartridgeId is { } id ? Resolve(MediaBinding.Cartridge, id, "cartridge_id", machine) : null;
        var cassette = request.CassetteId is { } tape ? Resolve(MediaBinding.Cassette, tape, "cassette_id", machine) : null;
        return new(rom, tos, disks, cartridge, cassette);
    }

    private static MachineOptions OptionsOf(StartRequest request, ProfileManifest manifest) => new()
    {
        RamKilobytes = request.Choices.RamKilobytes,
        Seed = request.Choices.Seed,
        Xl = request.Choices.Over(manifest.Xl) with { BootKeys = BootKeys(request, manifest.Xl.BootKeys) },
    };

    private static XlConsoleKeys BootKeys(StartRequest request, XlConsoleKeys usual) => (request.BootsCassette, request.Basic) switch
    {
        (true, _) => usual | XlConsoleKeys.Start | XlConsoleKeys.Option,
        (_, true) => usual & ~XlConsoleKeys.Option,
        (_, false) => usual | XlConsoleKeys.Option,
        _ => usual,
    };

    private static bool IsXlSystem(ResolvedMedium medium, byte[] bytes) =>
        string.Equals(Path.GetDirectoryName(medium.LocalPath)?.Split('/').ElementAtOrDefault(2), "roms", StringComparison.Ordinal)
        && bytes.Length == XlRomSet.OsBytes && XlRomSet.IsOs(bytes);

    // The BASIC beside the OS, else ours, else any that the card has; none is a machine that starts without.
    private string? BasicFor(ResolvedMedium system)
    {
        string folder = system.LocalPath[..system.LocalPath.LastIndexOf('/')];
        return card.Catalogs.Entries(CatalogKind.Rom)
            .Where(entry => string.Equals(entry.Class, XlRomSet.BasicClass, StringComparison.Ordinal))
            .Where(entry => card.Presence.Look(CatalogKind.Rom, entry, hash: false).LocalPresent)
            .OrderByDescending(entry => string.Equals(entry.LocalPath[..entry.LocalPath.LastIndexOf('/')], folder, StringComparison.Ordinal)
                && entry.Id.Contains("attic", StringComparison.Ordinal) == system.Id.Contains("attic", StringComparison.Ordinal))
            .ThenByDescending(entry => entry.Id.Contains("attic", StringComparison.Ordinal))
            .Select(entry => card.Root.Resolve(entry.LocalPath, CardAccess.Read).Host)
            .FirstOrDefault();
    }

    private T Open<T>(ResolvedMedium medium, string what, string[] supported, Func<string, T> open)
    {
        try
        {
            return open(FileOf(medium).Host);
        }
        catch (MediaFormatException damaged)
        {
            throw new EngineException(
                ErrorCode.UnsupportedMediaFormat, $"{medium.Id} is no {what} that can be used: {damaged.Message}",
                ErrorDetails.Of(("format", medium.Format), ("supported", supported), ("entry_id", medium.Id)), inner: damaged);
        }
        catch (IOException failure)
        {
            throw new EngineException(
                ErrorCode.MediaAttachFailed, $"{medium.Id} can't be opened.",
                ErrorDetails.Of(("failed_phase", "mounted"), ("entry_id", medium.Id), ("reason", failure.GetType().Name)), inner: failure);
        }
    }

    private CardPath FileOf(ResolvedMedium medium)
    {
        var path = card.Root.Resolve(medium.LocalPath, CardAccess.Read);
        return File.Exists(path.Host) ? path : throw Vanished(medium, null);
    }

    private static EngineException Vanished(ResolvedMedium medium, Exception? inner) => new(
        ErrorCode.Conflict, $"{medium.Id} is no longer on the card.",
        ErrorDetails.Of(("catalog", medium.Catalog), ("entry_id", medium.Id), ("remediation", $"Put the file at {medium.LocalPath}.")),
        retryable: true, inner: inner);

    private static ResolvedMedium Describe(LocalMedium medium) => new(
        medium.Entry.Id, medium.Kind.Binding, medium.File.Virtual, medium.Sha256, medium.Size,
        medium.Entry.AvailabilityState, medium.Entry.Format, medium.Entry.WriteProtect);
}
