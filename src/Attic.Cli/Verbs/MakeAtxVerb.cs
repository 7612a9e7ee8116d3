using System.CommandLine;
using Attic.Cli.Output;
using Attic.Media.Floppies8;

namespace Attic.Cli.Verbs;

/// <summary><c>attic disk make-atx</c>: writes an image of an 8-bit disk with every peculiarity that a text describes.</summary>
internal static class MakeAtxVerb
{
    public static Command Build()
    {
        var spec = new Argument<string>("spec") { Description = "The description, a text file." };
        var image = new Argument<string>("image") { Description = "The new .atx file; an existing one is replaced." };
        var make = new Command("make-atx", $"Makes an ATX image with duplicate, missing, weak, long and damaged sectors where a description puts them.\n\n{AtxSpec.Help}") { spec, image };
        make.SetAction(parsed => Make(parsed.GetValue(spec)!, parsed.GetValue(image)!));
        return make;
    }

    private static int Make(string spec, string image)
    {
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(spec))!;
            byte[] file = AtxSpec.Make(File.ReadAllText(spec), name => File.ReadAllBytes(Path.Combine(folder, name)));
            using var target = new StagedFile(image);
            target.Stream.Write(file);
            target.Commit();
            return ExitCode.Done;
        }
        catch (SpecException wrong)
        {
            throw CommandFailure.BadInput($"{spec}: {wrong.Message}", "\"attic disk make-atx --help\" shows what a description can say.", wrong);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Failed, error.Message, inner: error);
        }
    }
}
