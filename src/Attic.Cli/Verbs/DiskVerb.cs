using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Attic.Abi.Media;
using Attic.Cli.Machines;
using Attic.Cli.Output;
using Attic.Media;
using Attic.Media.Fat;
using Attic.Media.Floppies;
using Attic.Media.Floppies8;

namespace Attic.Cli.Verbs;

/// <summary><c>attic disk</c>: makes disk images and moves files in and out of them, without a machine.</summary>
internal static class DiskVerb
{
    public static Command Build() => new("disk", "Makes disk images, and puts files into them and takes them out.")
    {
        BuildCreate(), BuildList(), BuildPut(), BuildGet(), MakeAtxVerb.Build(),
    };

    private static Command BuildCreate()
    {
        var image = Image("The new file; .msa makes a packed image, .atr, .xfd and .atx one of an 8-bit Atari, anything else a plain one.");
        var single = new Option<bool>("--single-sided") { Description = "360 KB on one side instead of 720 KB on two." };
        var density = new Option<string>("--density") { Description = "8-bit: 90 KB, 130 KB, 180 KB, or 360 KB on two sides.", HelpName = "single|enhanced|double|double-sided", DefaultValueFactory = _ => "single" };
        density.AcceptOnlyFromAmong("single", "enhanced", "double", "double-sided");
        var create = new Command("create", "Makes an empty disk.") { image, single, density };
        create.SetAction(parsed => Guard(parsed.GetValue(image)!, path =>
        {
            if (File.Exists(path))
            {
                throw CommandFailure.BadInput($"{path} exists already.", "Delete it first, or choose another name.");
            }

            if (DiskImage8.Recognises(path, []))
            {
                CreateEightBit(path, parsed.GetValue(density)!);
                return;
            }

            // TOS tells disks apart by their serial number.
            int serial = RandomNumberGenerator.GetInt32(1, 1 << 24);
            FloppyImage.CreateBlank(path, parsed.GetValue(single) ? DiskGeometry.SingleSided : DiskGeometry.DoubleSided, serial);
        }));
        return create;
    }

    // Unformatted to a DOS: one of the machine's own formats it.
    private static void CreateEightBit(string path, string density)
    {
        var shape = density switch
        {
            "enhanced" => AtariDiskShape.Enhanced,
            "double" => AtariDiskShape.Double,
            "double-sided" => AtariDiskShape.DoubleSided,
            _ => AtariDiskShape.Single,
        };
        using var target = new StagedFile(path);
        target.Stream.Write(DiskImage8.Blank(path, shape) ?? throw CommandFailure.BadInput($"{path}: this format has no disk of density {density}.", "An .atr has all of them."));
        target.Commit();
    }

    private static Command BuildList()
    {
        var image = Image("The disk image.");
        var json = new Option<bool>("--json") { Description = "Prints one JSON object." };
        var list = new Command("list", "Lists all files of a disk.") { image, json };
        list.SetAction(parsed => Guard(parsed.GetValue(image)!, path =>
        {
            var volume = Fat12Volume.Open(Read(path).ToSectors());
            var files = Walk(volume, string.Empty).ToList();
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonOutput.Format(new { Image = path, volume.FreeBytes, Files = files }));
                return;
            }

            foreach (var file in files)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Length,8}  {file.Modified:yyyy-MM-dd HH:mm}  {file.Path}"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{volume.FreeBytes,8}  bytes free"));
        }));
        return list;
    }

    private static Command BuildPut()
    {
        var image = Image("The disk image.");
        var files = new Argument<FileInfo[]>("files") { Description = "Files of this computer.", Arity = ArgumentArity.OneOrMore };
        var name = new Option<string?>("--as") { Description = "Path on the disk, 8.3, for a single file: AUTO/INTRO.PRG. Missing folders are made.", HelpName = "PATH" };
        var put = new Command("put", "Puts files onto a disk; a file of the same name is replaced.") { image, files, name };
        put.SetAction(parsed => Guard(parsed.GetValue(image)!, path =>
        {
            var sources = parsed.GetValue(files)!;
            string? target = parsed.GetValue(name);
            if (target is not null && sources.Length > 1)
            {
                throw CommandFailure.BadInput($"--as names one file, and {sources.Length} were given.");
            }

            Change(path, volume =>
            {
                foreach (var source in sources)
                {
                    Put(volume, target ?? source.Name, source);
                }
            });
        }));
        return put;
    }

    private static Command BuildGet()
    {
        var image = Image("The disk image.");
        var file = new Argument<string>("file") { Description = "Path on the disk: AUTO/INTRO.PRG." };
        var output = new Option<string?>("--as") { Description = "Where to put it; default its own name, here.", HelpName = "FILE" };
        var get = new Command("get", "Takes a file off a disk.") { image, file, output };
        get.SetAction(parsed => Guard(parsed.GetValue(image)!, path =>
        {
            string source = parsed.GetValue(file)!;
            byte[] content = Fat12Volume.Open(Read(path).ToSectors()).ReadFile(source);
            using var target = new StagedFile(parsed.GetValue(output) ?? source.Split('/', '\\')[^1]);
            target.Stream.Write(content);
            target.Commit();
        }));
        return get;
    }

    private static Argument<string> Image(string description) => new("image") { Description = description };

    private static IEnumerable<ListedFile> Walk(Fat12Volume volume, string folder)
    {
        foreach (var entry in volume.List(folder))
        {
            if (entry.Name is "." or "..")
            {
                continue;
            }

            string path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (!entry.IsFolder)
            {
                yield return new ListedFile(path, entry.Length, entry.Modified);
                continue;
            }

            // A damaged disk can hold a folder inside itself; no path that TOS accepts is deeper.
            const int DeepestFolder = 16;
            if (path.Count(c => c == '/') < DeepestFolder)
            {
                foreach (var inner in Walk(volume, path))
                {
                    yield return inner;
                }
            }
        }
    }

    private static void Put(Fat12Volume volume, string target, FileInfo source)
    {
        byte[] content = File.ReadAllBytes(source.FullName);
        string[] parts = target.Split('/', '\\');
        for (int depth = 1; depth < parts.Length; depth++)
        {
            string folder = string.Join('/', parts[..depth]);
            if (!volume.Exists(folder))
            {
                volume.MakeFolder(folder, source.LastWriteTime);
            }
        }

        volume.WriteFile(target, content, source.LastWriteTime);
    }

    private static DiskContent Read(string path)
    {
        using var image = DiskFiles.OpenFloppy(path, keepChanges: false);
        return image.CopyContent();
    }

    // Opening it for writing merges its journal, and fails where a machine has it in a drive.
    private static void Change(string path, Action<Fat12Volume> change)
    {
        DiskContent content;
        using (var image = DiskFiles.OpenFloppy(path, keepChanges: true))
        {
            if (image.WriteProtected)
            {
                throw CommandFailure.BadInput($"{path} is write-protected: {image.Protection}.");
            }

            content = image.CopyContent();
        }

        var geometry = content.Geometry;
        byte[] sectors = content.ToSectors();
        change(Fat12Volume.Open(sectors));
        FloppyImage.Save(path, new DiskContent(geometry, sectors));
    }

    /// <summary>Runs an action on an image and says in the user's words what went wrong with it.</summary>
    private static int Guard(string path, Action<string> action)
    {
        try
        {
            action(path);
            return ExitCode.Done;
        }
        catch (MediaFormatException damage)
        {
            throw CommandFailure.BadInput($"{path} holds no FAT12 file system that makes sense. {damage.Message}", inner: damage);
        }
        catch (FileNotFoundException missing)
        {
            throw CommandFailure.BadInput(missing.Message, $"\"attic disk list {path}\" shows what is on the disk.", missing);
        }
        catch (ArgumentException name)
        {
            throw CommandFailure.BadInput(name.Message, "--as gives a file another name on the disk.", name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Failed, error.Message, inner: error);
        }
    }

    private sealed record ListedFile(string Path, long Length, DateTime? Modified);
}
