using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Attic.Cli.Disks;
using Attic.Cli.Output;
using Attic.Media;
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
        var single = new Option<bool>("--single-sided") { Description = "ST: 360 KB on one side instead of 720 KB on two." };
        var density = new Option<string>("--density") { Description = "8-bit: 90 KB, 130 KB, 180 KB, or 360 KB on two sides.", HelpName = string.Join('|', EightBitDisks.Densities), DefaultValueFactory = _ => "single" };
        density.AcceptOnlyFromAmong([.. EightBitDisks.Densities]);
        var formatted = new Option<bool>("--formatted") { Description = "8-bit: with the empty directory of a DOS 2, for files; otherwise one of the machine's own formats it." };
        var system = new Option<bool>("--system") { Description = "8-bit: with Attic DOS on it, so that it boots." };
        var systemFiles = new Option<DirectoryInfo?>("--system-files") { Description = "With --system: a DOS made of this folder's boot.bin, DOS.SYS and DUP.SYS instead.", HelpName = "DIR" };
        var create = new Command("create", "Makes an empty disk, or one with a DOS.") { image, single, density, formatted, system, systemFiles };
        create.SetAction(parsed => Guard(parsed.GetValue(image)!, path =>
        {
            if (File.Exists(path))
            {
                throw CommandFailure.BadInput($"{path} exists already.", "Delete it first, or choose another name.");
            }

            string chosen = parsed.GetValue(density)!;
            var parts = parsed.GetValue(systemFiles);
            bool boots = parsed.GetValue(system) || parts is not null;
            if (boots)
            {
                EightBitDisks.CreateSystem(path, chosen, parts?.FullName);
            }
            else if (parsed.GetValue(formatted))
            {
                EightBitDisks.CreateFormatted(path, chosen);
            }
            else if (DiskImage8.Recognises(path, []))
            {
                EightBitDisks.CreateBlank(path, chosen);
            }
            else
            {
                // TOS tells disks apart by their serial number.
                int serial = RandomNumberGenerator.GetInt32(1, 1 << 24);
                FloppyImage.CreateBlank(path, parsed.GetValue(single) ? DiskGeometry.SingleSided : DiskGeometry.DoubleSided, serial);
            }
        }));
        return create;
    }

    private static Command BuildList()
    {
        var image = Image("The disk image.");
        var json = new Option<bool>("--json") { Description = "Prints one JSON object." };
        var list = new Command("list", "Lists all files of a disk.") { image, json };
        list.SetAction(parsed => Guard(parsed.GetValue(image)!, path =>
        {
            var disk = DiskFileSystem.Open(path);
            var files = disk.List();
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonOutput.Format(new { Image = path, disk.FreeBytes, Files = files.Cast<object>() }));
                return;
            }

            foreach (var file in files)
            {
                Console.WriteLine(file.Describe());
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{disk.FreeBytes,8}  bytes free"));
        }));
        return list;
    }

    private static Command BuildPut()
    {
        var image = Image("The disk image.");
        var files = new Argument<FileInfo[]>("files") { Description = "Files of this computer.", Arity = ArgumentArity.OneOrMore };
        var name = new Option<string?>("--as") { Description = "Path on the disk, 8.3, for a single file: AUTO/INTRO.PRG, on an 8-bit disk AUTORUN.SYS. Missing folders are made.", HelpName = "PATH" };
        var put = new Command("put", "Puts files onto a disk; a file of the same name is replaced.") { image, files, name };
        put.SetAction(parsed => Guard(parsed.GetValue(image)!, path =>
        {
            var sources = parsed.GetValue(files)!;
            string? target = parsed.GetValue(name);
            if (target is not null && sources.Length > 1)
            {
                throw CommandFailure.BadInput($"--as names one file, and {sources.Length} were given.");
            }

            DiskFileSystem.Change(path, disk =>
            {
                foreach (var source in sources)
                {
                    Put(disk, target ?? source.Name, source);
                }
            });
        }));
        return put;
    }

    private static Command BuildGet()
    {
        var image = Image("The disk image.");
        var file = new Argument<string>("file") { Description = "Path on the disk: AUTO/INTRO.PRG, AUTORUN.SYS." };
        var output = new Option<string?>("--as") { Description = "Where to put it; default its own name, here.", HelpName = "FILE" };
        var get = new Command("get", "Takes a file off a disk.") { image, file, output };
        get.SetAction(parsed => Guard(parsed.GetValue(image)!, path =>
        {
            string source = parsed.GetValue(file)!;
            byte[] content = DiskFileSystem.Open(path).Read(source);
            using var target = new StagedFile(parsed.GetValue(output) ?? source.Split('/', '\\')[^1]);
            target.Stream.Write(content);
            target.Commit();
        }));
        return get;
    }

    private static Argument<string> Image(string description) => new("image") { Description = description };

    private static void Put(DiskFileSystem disk, string target, FileInfo source)
    {
        if (!source.Exists)
        {
            throw CommandFailure.BadInput($"There is no file {source}.");
        }

        disk.Put(target, source);
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
            throw CommandFailure.BadInput($"{path} holds no {DiskFileSystem.NameOf(path)} file system that makes sense. {damage.Message}", inner: damage);
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
}
