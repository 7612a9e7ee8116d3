using Attic.Engine.Card;
using Attic.Engine.Errors;
using Attic.Engine.Modules;

namespace Attic.Cli.Machines;

/// <summary>
/// The card as a headless verb sees it: brought up to date when no engine holds it, else used as that engine keeps it, so
/// that <c>attic run</c> works beside <c>attic up</c>.
/// </summary>
internal sealed class LocalCard
{
    private static readonly Dictionary<string, string> OwnRoms = new(StringComparer.Ordinal)
    {
        ["atari_st"] = "/sdcard/roms/st",
        ["atari_xl"] = "/sdcard/roms/xl",
    };

    private LocalCard(CardRoot root, ModuleCatalog modules)
    {
        Root = root;
        Modules = modules;
    }

    /// <summary>Its files.</summary>
    public CardRoot Root { get; }

    /// <summary>Its modules, scanned.</summary>
    public ModuleCatalog Modules { get; }

    /// <summary>Opens a card.</summary>
    /// <param name="folder">Its folder; null for the user's own.</param>
    /// <exception cref="CommandFailure">There is no such place.</exception>
    public static LocalCard Open(string? folder)
    {
        try
        {
            var home = AtticHome.FromEnvironment(folder);
            var shipped = ShippedCard.Locate();
            var root = new CardRoot(home.CardFolder);
            BringUpToDate(root, shipped);
            var modules = new ModuleCatalog(root, new TrustStore(home.TrustFolder, shipped.TrustFolder));
            modules.Rescan();
            return new LocalCard(root, modules);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailure.BadInput($"The card cannot be used: {error.Message}", "Choose another with --card DIR.", error);
        }
    }

    /// <summary>The image of the operating system that ships with the program.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    public byte[] OwnRom(string machine)
    {
        string folder = OwnRoms[machine];
        string host = Path.Combine(Root.HostFolder, folder["/sdcard/".Length..]);
        string? image = Directory.Exists(host)
            ? Directory.EnumerateFiles(host, "attic*.img").Order(StringComparer.Ordinal).FirstOrDefault()
            : null;
        return image is not null
            ? File.ReadAllBytes(image)
            : throw CommandFailure.BadInput($"There is no ROM of ours in {folder} on the card.", "Give one with --rom FILE.");
    }

    private static void BringUpToDate(CardRoot root, ShippedCard shipped)
    {
        try
        {
            using var held = CardLock.Take(root);
            foreach (string line in CardSeeder.Seed(root, shipped.Content).Lines)
            {
                Console.Error.WriteLine($"attic: {line}");
            }
        }
        catch (EngineException held) when (held.Code == ErrorCode.Conflict)
        {
            // A running engine holds the card and brought it up to date when it started.
        }
    }
}
