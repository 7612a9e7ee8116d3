using System.Security.Cryptography;
using Attic.Abi.Machines;
using Attic.Engine.Card;
using Attic.Engine.Errors;
using Attic.Engine.Machines;
using Attic.Engine.Modules;
using Attic.Engine.Profiles;
using Attic.Media.Floppies;

namespace Attic.Cli.Machines;

/// <summary>A machine that is built and powered on, with what has to be closed when it is no longer needed.</summary>
internal sealed class MachineRig : IDisposable
{
    private static readonly Dictionary<string, string> UsualProfiles = new(StringComparer.Ordinal)
    {
        ["atari_st"] = "st_1040_pal",
        ["atari_xl"] = "xl_800_pal",
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

    /// <summary>Builds what was asked for, out of the modules on the card, and puts cartridge and disks in.</summary>
    /// <exception cref="CommandFailure">A file or a profile is missing or broken.</exception>
    public static MachineRig Build(MachineRequest request)
    {
        var parts = new List<IDisposable>();
        try
        {
            var card = LocalCard.Open(request.Card);
            byte[] rom = request.Rom is { } file ? ReadFile(file, "--rom") : card.OwnRom(request.Machine);
            var built = BuildOn(card, request, rom);
            parts.Add(built);
            InsertCartridge(built.Machine, request);
            InsertDisks(built.Machine, request, parts);
            return new MachineRig(built.Machine, Convert.ToHexStringLower(SHA256.HashData(rom)), parts);
        }
        catch (EngineException refused)
        {
            Dispose(parts);
            throw new CommandFailure(refused.Code == ErrorCode.InternalError ? ExitCode.Failed : ExitCode.BadInput, refused.Message, inner: refused);
        }
        catch (CommandFailure)
        {
            Dispose(parts);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Dispose(_parts);

    private static BuiltMachine BuildOn(LocalCard card, MachineRequest request, byte[] rom)
    {
        var builder = new MachineBuilder(new ProfileStore(card.Root), card.Modules);
        var plan = builder.Plan(request.Machine, request.Profile ?? UsualProfiles[request.Machine]);
        return builder.Build(plan, rom);
    }

    private static void InsertCartridge(IMachine machine, MachineRequest request)
    {
        if (request.Cartridge is not { } file)
        {
            return;
        }

        var port = machine.Capability<ICartridgePort>() ?? throw CommandFailure.BadInput("--cartridge: this machine has no cartridge port.");
        try
        {
            port.Insert(ReadFile(file, "--cartridge"));
        }
        catch (InvalidDataException wrong)
        {
            throw CommandFailure.BadInput($"--cartridge {file}: {wrong.Message}", inner: wrong);
        }
    }

    private static void InsertDisks(IMachine machine, MachineRequest request, List<IDisposable> parts)
    {
        if (request.Disks.Count + request.MemoryDisks.Count == 0)
        {
            return;
        }

        var drives = machine.Capability<IFloppyDrives>() ?? throw CommandFailure.BadInput("--disk: this machine has no floppy drive.");
        foreach (var disk in request.Disks)
        {
            var image = DiskFiles.Open(disk.Path, request.KeepDiskChanges);
            parts.Add(image);
            foreach (string notice in image.Notices)
            {
                Console.Error.WriteLine($"attic: {disk.Path}: {notice}");
            }

            drives.Insert(disk.Drive, image, machine.Now);
        }

        foreach (var disk in request.MemoryDisks)
        {
            drives.Insert(disk.Drive, FloppyImage.InMemory(disk.Name, disk.Content), machine.Now);
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
