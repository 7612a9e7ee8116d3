using System.Globalization;
using System.Security.Cryptography;
using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Cli.Fuji;
using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Errors;
using Attic.Engine.Machines;
using Attic.Engine.Sessions;
using Attic.Media;
using Attic.Media.Cartridges;
using Attic.Media.Durability;

namespace Attic.Cli.Machines;

/// <summary>A machine that is built and powered on, with what has to be closed when it is no longer needed.</summary>
internal sealed class MachineRig : IDisposable
{
    private const string AtariXl = "atari_xl";

    private static readonly Dictionary<string, (string Profile, string RomId)> Usual = new(StringComparer.Ordinal)
    {
        ["atari_st"] = ("st_1040_pal", "tos.attic-st"),
        [AtariXl] = ("xl_800_ntsc", "tos.attic-xl"),
    };

    private readonly IReadOnlyList<IDisposable> _parts;

    /// <summary>A rig of parts that are disposed of in reverse order.</summary>
    public MachineRig(IMachine machine, string romSha256, IReadOnlyList<IDisposable> parts)
    {
        Machine = machine;
        RomSha256 = romSha256;
        _parts = parts;
    }

    /// <summary>The machine.</summary>
    public IMachine Machine { get; }

    /// <summary>SHA-256 of its ROM image.</summary>
    public string RomSha256 { get; }

    /// <summary>One of the machine's modules.</summary>
    /// <exception cref="InvalidOperationException">It has none of this kind.</exception>
    public T Module<T>()
        where T : class, IModule =>
        _parts.OfType<BuiltMachine>().SelectMany(built => built.Modules.Instances.Values).OfType<T>().First();

    /// <summary>Builds what was asked for, out of the modules on the card, and puts cartridge and disks in.</summary>
    /// <exception cref="CommandFailure">A file is missing or broken.</exception>
    /// <exception cref="EngineException">A profile or a module is missing or broken.</exception>
    public static MachineRig Build(MachineRequest request)
    {
        var parts = new List<IDisposable>();
        try
        {
            using var card = OpenCard(request.Card);
            var plan = card.Builder.Plan(request.Machine, request.Profile ?? Usual[request.Machine].Profile);
            byte[] rom = ReadRom(card, request);
            var built = card.Builder.Build(plan, rom, OptionsOf(request, plan.Manifest.Xl));
            parts.Add(built);
            InsertCartridge(built.Machine, request, parts);
            InsertDisks(built.Machine, request, parts);
            XlDevices.Attach(built.Machine, request, parts);
            if (request.FujiNet is { } folder)
            {
                parts.Add(AttachedFujiNet.Attach(built.Machine, folder, request.FujiNetPrinter));
            }

            if (request.NetSio is { } address)
            {
                parts.Add(AttachedNetSio.Attach(built.Machine, address));
            }

            return new MachineRig(built.Machine, Convert.ToHexStringLower(SHA256.HashData(rom)), parts);
        }
        catch
        {
            Dispose(parts);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Dispose(_parts);

    // Not exclusive: "attic run" works beside "attic up", with the card as that keeps it.
    private static EngineCard OpenCard(string? folder)
    {
        try
        {
            var options = new CardOptions { Exclusive = false, Report = line => Console.Error.WriteLine($"attic: {line}") };
            return EngineCard.Open(AtticHome.FromEnvironment(folder), ShippedCard.Locate(), options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailure.BadInput($"The card cannot be used: {error.Message}", "Choose another with --card DIR.", error);
        }
    }

    private static byte[] ReadRom(EngineCard card, MachineRequest request)
    {
        if (request.Rom is not { } file)
        {
            return ReadOwnRom(card, request);
        }

        if (request.Machine is AtariXl)
        {
            return ReadXlRom(file, BasicFile(request));
        }

        byte[] rom = ReadFile(file, "--rom");
        return RomImage.IsTos(rom, rom.Length)
            ? rom
            : throw CommandFailure.BadInput($"--rom: {file} is no operating system of an ST.", "TOS and EmuTOS images of 192 or 256 KB will do.");
    }

    // Ours, or for an XL whatever OS the card has.
    private static byte[] ReadOwnRom(EngineCard card, MachineRequest request)
    {
        string id = Usual[request.Machine].RomId;
        if (request.Machine is not AtariXl)
        {
            return File.ReadAllBytes(card.Media.FindSystem(CatalogKind.Tos, id, "rom_id", request.Machine).File.Host);
        }

        var present = card.Catalogs.Entries(CatalogKind.Tos)
            .Where(entry => entry.IsFor(AtariXl) && card.Presence.Look(CatalogKind.Tos, entry, hash: false).LocalPresent)
            .OrderByDescending(entry => string.Equals(entry.Id, id, StringComparison.Ordinal))
            .Select(entry => entry.Id)
            .FirstOrDefault();
        var resources = new CardSessionResources(card);
        byte[] rom = resources.Read(resources.Resolve(MediaBinding.Tos, present ?? id, "rom_id", AtariXl)).ToArray();
        return BasicFile(request) is { } basic ? XlRomSet.Joined(rom, basic) : rom;
    }

    private static byte[] ReadXlRom(string path, string? basicPath)
    {
        try
        {
            return XlRomSet.Read(path, basicPath);
        }
        catch (InvalidDataException wrong)
        {
            throw CommandFailure.BadInput($"--rom: {wrong.Message}", inner: wrong);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"--rom: {error.Message}", inner: error);
        }
    }

    private static string? BasicFile(MachineRequest request) =>
        request.Basic is null or "on" or "off" ? null : request.Basic;

    private static MachineOptions OptionsOf(MachineRequest request, XlOptions profile) => new()
    {
        Seed = request.Choices.Seed,
        RamKilobytes = request.Choices.RamKilobytes,
        Xl = request.Choices.Over(profile) with
        {
            BootKeys = profile.BootKeys
                | (request.Basic is "off" || request.BootFromCassette ? XlConsoleKeys.Option : XlConsoleKeys.None)
                | (request.BootFromCassette ? XlConsoleKeys.Start : XlConsoleKeys.None),
        },
    };

    private static void InsertCartridge(IMachine machine, MachineRequest request, List<IDisposable> parts)
    {
        if (request.Cartridge is not { } file)
        {
            return;
        }

        string named = $"--cartridge {file}";
        try
        {
            byte[] bytes = ReadFile(file, "--cartridge");
            string? choice = OpenFlash(file, request, parts) is { } flash
                ? CartridgeInsertion.Insert(machine, flash)
                : CartridgeInsertion.Insert(machine, Path.GetFileName(file), bytes, request.CartridgeType);
            if (choice is not null)
            {
                Console.Error.WriteLine($"attic: {choice}");
            }

            if (request.SecondCartridge is { } second)
            {
                named = $"--second-cartridge {second}";
                CartridgeInsertion.InsertBehind(machine, Path.GetFileName(second), ReadFile(second, "--second-cartridge"));
            }

            machine.Reset(ResetKind.Cold);
        }
        catch (InvalidDataException wrong)
        {
            throw CommandFailure.BadInput($"{named}: {wrong.Message}", inner: wrong);
        }
    }

    // A cartridge that an XL can program, opened for that; null for others.
    private static XlCartridgeImage? OpenFlash(string file, MachineRequest request, List<IDisposable> parts)
    {
        if (request.Machine is not AtariXl)
        {
            return null;
        }

        try
        {
            var flash = XlCartridgeImage.Open(file, request.CartridgeType, writeProtect: !request.KeepDiskChanges);
            if (flash is not null)
            {
                parts.Add(flash);
                foreach (string notice in flash.Notices)
                {
                    Console.Error.WriteLine($"attic: {file}: {notice}");
                }
            }

            return flash;
        }
        catch (FileInUseException busy)
        {
            throw CommandFailure.BadInput(busy.Message, inner: busy);
        }
        catch (MediaFormatException damage)
        {
            throw new InvalidDataException(damage.Message, damage);
        }
    }

    private static void InsertDisks(IMachine machine, MachineRequest request, List<IDisposable> parts)
    {
        if (request.Disks.Count + request.MemoryDisks.Count == 0)
        {
            return;
        }

        var drives = machine.Capability<IFloppyDrives>() ?? throw CommandFailure.BadInput("--disk: this machine has no floppy drive.");
        bool xl = request.Machine is AtariXl;
        foreach (var disk in request.Disks)
        {
            if (disk.IsXl != xl)
            {
                throw CommandFailure.BadInput($"--disk: this machine has no drive {disk.Name}.", xl ? "An XL has D1 to D8." : "An ST has A and B.");
            }

            var image = DiskFiles.Open(disk.Path, request.KeepDiskChanges);
            parts.Add(image);
            foreach (string notice in image.Notices)
            {
                Console.Error.WriteLine($"attic: {disk.Path}: {notice}");
            }

            try
            {
                drives.Insert(disk.Drive, image, machine.Now);
            }
            catch (InvalidDataException wrong)
            {
                throw CommandFailure.BadInput($"--disk {disk.Name}: {wrong.Message}", inner: wrong);
            }
        }

        foreach (var disk in request.MemoryDisks)
        {
            drives.Insert(disk.Drive, disk.Medium, machine.Now);
        }
    }

    private static byte[] ReadFile(string path, string option)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"{option}: cannot read {path}: {error.Message}", inner: error);
        }
    }

    // In reverse: a disk's writes are finished before the machine that made them goes.
    private static void Dispose(IEnumerable<IDisposable> parts)
    {
        foreach (var part in parts.Reverse())
        {
            part.Dispose();
        }
    }
}
