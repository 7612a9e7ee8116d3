using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Engine.Modules;
using Attic.Media.Cartridges;

namespace Attic.Engine.Sessions;

/// <summary>The catalogs that a session's media come from, by the contract's binding name (§9).</summary>
public enum MediaBinding
{
    /// <summary>An operating system given as <c>rom_id</c>.</summary>
    Rom,

    /// <summary>An operating system given as <c>tos_id</c>.</summary>
    Tos,

    /// <summary>A floppy disk.</summary>
    Disk,

    /// <summary>A cartridge.</summary>
    Cartridge,

    /// <summary>A tape.</summary>
    Cassette,
}

/// <summary>What sessions need of the card, its catalogs and its modules.</summary>
public interface ISessionResources
{
    /// <summary>Runs the stages manifest, wiring, scheduler and media of §5.1, in this order and without side effects.</summary>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="Errors.EngineException">The stage's code.</exception>
    PreparedMachine Prepare(StartRequest request);

    /// <summary>Index load, entry lookup, local presence (§5.1).</summary>
    /// <param name="binding">Which catalog.</param>
    /// <param name="entryId">The entry.</param>
    /// <param name="requestField">The request's field that named it, for the error.</param>
    /// <param name="machine">The machine that it is for.</param>
    /// <exception cref="Errors.EngineException">
    /// <c>CATALOG_NOT_FOUND</c>, <c>CATALOG_ENTRY_NOT_FOUND</c>, <c>CONFLICT</c> when it is not on the card,
    /// <c>BAD_REQUEST</c> when it is of the wrong kind or for another machine.
    /// </exception>
    ResolvedMedium Resolve(MediaBinding binding, string entryId, string requestField, string machine);

    /// <summary>The bytes of a ROM or cartridge.</summary>
    /// <exception cref="Errors.EngineException"><c>UNSUPPORTED_MEDIA_FORMAT</c>, <c>CONFLICT</c> when it vanished.</exception>
    ReadOnlyMemory<byte> Read(ResolvedMedium medium);

    /// <summary>Opens a disk; who opens it disposes it where it is <see cref="IDisposable"/>.</summary>
    /// <param name="medium">The image.</param>
    /// <param name="writeProtect">Covers the notch; null for what entry and file say.</param>
    /// <exception cref="Errors.EngineException"><c>UNSUPPORTED_MEDIA_FORMAT</c> with the parser's reason.</exception>
    IFloppyMedium OpenDisk(ResolvedMedium medium, bool? writeProtect);

    /// <summary>Opens a cartridge that the machine can program; who opens it disposes it.</summary>
    /// <param name="medium">The image.</param>
    /// <returns>Null for one that is only read.</returns>
    /// <exception cref="Errors.EngineException"><c>UNSUPPORTED_MEDIA_FORMAT</c> with the parser's reason.</exception>
    XlCartridgeImage? OpenFlash(ResolvedMedium medium);

    /// <summary>Opens a tape; who opens it disposes it where it is <see cref="IDisposable"/>.</summary>
    /// <param name="medium">The image.</param>
    /// <param name="writeProtect">Breaks its tabs out; null for what entry and file say.</param>
    /// <exception cref="Errors.EngineException"><c>UNSUPPORTED_MEDIA_FORMAT</c> with the parser's reason.</exception>
    ITapeMedium OpenTape(ResolvedMedium medium, bool? writeProtect);

    /// <summary>The host folder of a virtual one, made if absent: for what the engine itself keeps on the card.</summary>
    /// <param name="virtualPath">As <c>/sdcard/saves/states</c>.</param>
    string HostFolder(string virtualPath);
}

/// <summary>A medium found in a catalog and on the card.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Catalog">The binding's name: rom, tos, disk, cartridge, cassette.</param>
/// <param name="LocalPath">Its virtual path.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="Size">Bytes.</param>
/// <param name="AvailabilityState">unknown, online, offline, dead or local_only.</param>
/// <param name="Format">The image's format: st, msa, img …</param>
/// <param name="WriteProtect">Whether a disk's entry covers its notch; null for what the file says.</param>
public sealed record ResolvedMedium(
    string Id,
    string Catalog,
    string LocalPath,
    string Sha256,
    long Size,
    string AvailabilityState,
    string Format,
    [property: System.Text.Json.Serialization.JsonIgnore] bool? WriteProtect = null);

/// <summary>The manifest stage's result.</summary>
public sealed record ManifestValidation(
    string Path, uint ManifestVersion, bool SchemaValid, string NormalizedProfile, long ValidatedAtUs);

/// <summary>The wiring stage's result.</summary>
public sealed record WiringValidation(
    bool WiringValid, IReadOnlyList<string> ValidatedModules, int StepOrderLength, long ValidatedAtUs);

/// <summary>The media stage's result.</summary>
public sealed record ResolvedMedia(
    ResolvedMedium Rom, ResolvedMedium? Tos, IReadOnlyList<ResolvedMedium> Disks, ResolvedMedium? Cartridge, ResolvedMedium? Cassette = null)
{
    /// <summary>The operating system that runs (R28).</summary>
    public ResolvedMedium EffectiveRom => Tos ?? Rom;
}

/// <summary>A machine with what keeps it alive.</summary>
/// <param name="Machine">The machine, powered on.</param>
/// <param name="Modules">Its modules in the order of the profile.</param>
/// <param name="Owner">Disposed when nothing of the machine is held any more: unloads the modules.</param>
public sealed record MachineInstance(IMachine Machine, IReadOnlyList<LoadedModule> Modules, IDisposable Owner);

/// <summary>All that a start resolved; nothing is loaded yet.</summary>
public sealed record PreparedMachine
{
    /// <summary>The machine's id.</summary>
    public required string Machine { get; init; }

    /// <summary>The profile's id as the manifest normalises it.</summary>
    public required string Profile { get; init; }

    /// <summary>The profile's <c>scheduler.tick_hz</c>.</summary>
    public required long TickHz { get; init; }

    /// <summary>The profile's <c>scheduler.step_order</c>.</summary>
    public required IReadOnlyList<string> StepOrder { get; init; }

    /// <summary>The manifest stage's result.</summary>
    public required ManifestValidation Manifest { get; init; }

    /// <summary>The wiring stage's result.</summary>
    public required WiringValidation Wiring { get; init; }

    /// <summary>The media stage's result.</summary>
    public required ResolvedMedia Media { get; init; }

    /// <summary>
    /// Loads the modules and builds the machine with an operating system and with selectors that replace the profile's.
    /// Throws <see cref="Errors.EngineException"/> when the image or the configuration is impossible or a module does not load.
    /// </summary>
    public required Func<ReadOnlyMemory<byte>, IReadOnlyDictionary<string, string>, MachineInstance> Build { get; init; }
}
