using Attic.Abi.Media;
using Attic.Engine.Errors;
using Attic.Engine.Input;
using Attic.Engine.Sessions;
using Attic.Media.Cartridges;
using Attic.Media.Floppies;

namespace Attic.Engine.Tests.Toy;

/// <summary>A toy card: one profile, two ROMs, three disks, a cartridge; everything else is not there. Deletes its folder.</summary>
internal sealed class ToyResources : ISessionResources, IDisposable
{
    public const string Rom = "rom.toy";
    public const string OtherRom = "rom.other";
    public const string Disk = "disk.one";
    public const string OtherDisk = "disk.two";
    public const string Cartridge = "cart.toy";

    private readonly string _folder = Directory.CreateTempSubdirectory("attic-toy-").FullName;

    public ToyResources()
    {
        string mappings = Path.Combine(MappingFolder, "atari_st");
        Directory.CreateDirectory(mappings);
        File.Copy(
            Path.Combine(SourceTree(), "sdcard/config/engine_v2/input/mappings/atari_st/atari_st_default_v1.json"),
            Path.Combine(mappings, "atari_st_default_v1.json"));
    }

    /// <summary>Machines that were built, newest last.</summary>
    public List<ToyMachine> Built { get; } = [];

    /// <summary>Machines that were let go.</summary>
    public int Released { get; private set; }

    public string Folder => _folder;

    public string MappingFolder => Path.Combine(_folder, "config/engine_v2/input/mappings");

    public MappingStore Mappings => new(MappingFolder);

    public static StartRequest Start(params string[] disks) =>
        new() { Machine = "atari_st", Profile = "st_1040_pal", RomId = Rom, DiskIds = disks };

    public static string SourceTree()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Attic.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    public PreparedMachine Prepare(StartRequest request)
    {
        if (request is not { Machine: "atari_st", Profile: "st_1040_pal" })
        {
            throw new EngineException(
                ErrorCode.MachineProfileNotFound, "No such profile.", ErrorDetails.Of(("machine", request.Machine), ("profile", request.Profile)));
        }

        var media = new ResolvedMedia(
            Resolve(MediaBinding.Rom, request.RomId, "rom_id", request.Machine),
            null,
            [.. request.DiskIds.Select(id => Resolve(MediaBinding.Disk, id, "disk_ids", request.Machine))],
            request.CartridgeId is { } id ? Resolve(MediaBinding.Cartridge, id, "cartridge_id", request.Machine) : null);
        return new()
        {
            Machine = request.Machine,
            Profile = request.Profile,
            TickHz = 8_000_000,
            StepOrder = ["cpu", "video"],
            Manifest = new("/sdcard/config/engine_v2/machines/atari_st/st_1040_pal.json", 1, true, request.Profile, RuntimeClock.NowUs),
            Wiring = new(true, ["toy@1.0.0"], 2, RuntimeClock.NowUs),
            Media = media,
            Build = Build,
        };
    }

    public ResolvedMedium Resolve(MediaBinding binding, string entryId, string requestField, string machine)
    {
        string[] known = binding switch
        {
            MediaBinding.Disk => [Disk, OtherDisk, "disk.broken"],
            MediaBinding.Cartridge => [Cartridge, "cart.huge"],
            _ => [Rom, OtherRom],
        };
        return known.Contains(entryId)
            ? new(entryId, binding.ToString().ToLowerInvariant(), $"/sdcard/x/{entryId}", new string('0', 64), 4, "local_only", "st")
            : throw new EngineException(
                ErrorCode.CatalogEntryNotFound, "No such entry.",
                ErrorDetails.Of(("catalog", binding.ToString()), ("entry_id", entryId), ("request_field", requestField)));
    }

    public ReadOnlyMemory<byte> Read(ResolvedMedium medium) => new byte[medium.Id switch { OtherRom => 8, "cart.huge" => 200_000, _ => 4 }];

    public IFloppyMedium OpenDisk(ResolvedMedium medium, bool? writeProtect) => medium.Id == "disk.broken"
        ? throw new EngineException(ErrorCode.UnsupportedMediaFormat, "Damaged.", ErrorDetails.Of(("format", "st")))
        : FloppyImage.InMemory(medium.Id + ".st", new DiskContent(DiskGeometry.DoubleSided, new byte[DiskGeometry.DoubleSided.Bytes]), writeProtect ?? false);

    public XlCartridgeImage? OpenFlash(ResolvedMedium medium) => null;

    public ITapeMedium OpenTape(ResolvedMedium medium, bool? writeProtect) => throw new NotSupportedException("Toys have no tape recorder.");

    public string HostFolder(string virtualPath)
    {
        string folder = Path.Combine(_folder, virtualPath.Replace("/sdcard/", "", StringComparison.Ordinal));
        Directory.CreateDirectory(folder);
        return folder;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private MachineInstance Build(ReadOnlyMemory<byte> rom, IReadOnlyDictionary<string, string> overrides)
    {
        var machine = new ToyMachine(rom);
        lock (Built)
        {
            Built.Add(machine);
        }

        return new(machine, [new("cpu", "toy", "1.0.0", "1.0.0")], new Owner(() => Released++));
    }

    private sealed class Owner(Action released) : IDisposable
    {
        public void Dispose() => released();
    }
}
