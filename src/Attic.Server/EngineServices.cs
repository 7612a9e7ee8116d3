using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Files;
using Attic.Engine.Input;
using Attic.Engine.Machines;
using Attic.Engine.Sessions;

namespace Attic.Server;

/// <summary>The engine's services that the endpoints stand on.</summary>
internal sealed record EngineServices : IDisposable
{
    /// <summary>Card, catalogs and modules as sessions need them.</summary>
    public required ISessionResources Resources { get; init; }

    /// <summary>The card; null where tests bring resources of their own.</summary>
    public EngineCard? Card { get; init; }

    /// <summary>The card's mapping profiles.</summary>
    public required MappingStore Mappings { get; init; }

    /// <summary>Whether machines run as fast as they can; for tests.</summary>
    public bool Unpaced { get; init; }

    /// <summary>Opens the card that the options name.</summary>
    /// <exception cref="Engine.Errors.EngineException"><c>CONFLICT</c>: another engine has the card.</exception>
    /// <exception cref="IOException">The card can't be read or written.</exception>
    public static EngineServices Open(ServerOptions options)
    {
        var card = EngineCard.Open(
            AtticHome.FromEnvironment(options.CardDirectory),
            ShippedCard.Locate(),
            new CardOptions { AllowUnsigned = options.AllowUnsigned, Report = options.Report });
        return Over(card);
    }

    /// <summary>The services of an open card.</summary>
    public static EngineServices Over(EngineCard card)
    {
        var resources = new CardSessionResources(card);
        return new() { Resources = resources, Card = card, Mappings = new MappingStore(resources.HostFolder(MappingStore.VirtualFolder)) };
    }

    /// <summary>Completes an automatic start: the machine's default profile and its own operating system.</summary>
    /// <exception cref="Engine.Errors.EngineException"><c>CONFLICT</c> when there is no operating system on the card.</exception>
    public StartRequest Resolve(AutoStart start)
    {
        string folder = start.IsCartridge ? CardRoots.Cartridges : start.IsCassette ? CardRoots.Cassettes : CardRoots.Disks;
        string? media = start.MediaFile is { } file ? Adopt(file, folder) : null;
        return new()
        {
            Machine = start.Machine,
            Profile = start.Profile ?? DefaultProfile(start.Machine),
            RomId = start.RomId ?? (start.RomFile is { } rom ? AdoptSystem(rom, start.Machine) : DefaultRom(start.Machine)),
            DiskIds = media is not null && !start.IsCartridge && !start.IsCassette ? [media] : [],
            CartridgeId = start.IsCartridge ? media : null,
            CassetteId = start.IsCassette ? media : null,
            BootsCassette = start.IsCassette,
            Basic = start.Basic,
        };
    }

    private string AdoptSystem(string path, string machine)
    {
        if (!string.Equals(machine, "atari_xl", StringComparison.Ordinal))
        {
            return Adopt(path, CardRoots.Roms + "/st");
        }

        var (os, basic) = XlRomSet.Locate(path);
        if (basic is not null)
        {
            Adopt(basic, CardRoots.Roms + "/xl");
        }

        return Adopt(os, CardRoots.Roms + "/xl");
    }

    private string Adopt(string path, string folder) => CardAdoption.Adopt(Card!, path, folder);

    private static string DefaultProfile(string machine) =>
        string.Equals(machine, "atari_xl", StringComparison.Ordinal) ? "xl_800_ntsc" : "st_1040_pal";

    // Ours if it is on the card, else the first operating system that is.
    private string DefaultRom(string machine)
    {
        var present = new[] { CatalogKind.Tos, CatalogKind.Rom }
            .SelectMany(kind => (Card?.Catalogs.Entries(kind) ?? []).Select(entry => (Kind: kind, Entry: entry)))
            .Where(each => each.Entry.IsFor(machine) && string.Equals(each.Entry.Class, "tos", StringComparison.Ordinal))
            .Where(each => Card!.Presence.Look(each.Kind, each.Entry, hash: false).LocalPresent)
            .Select(each => each.Entry.Id)
            .ToList();
        return present.Find(id => id.Contains("attic", StringComparison.OrdinalIgnoreCase)) ?? present.FirstOrDefault()
            ?? throw new Engine.Errors.EngineException(
                Engine.Errors.ErrorCode.Conflict, $"There is no operating system for {machine} on the card.",
                Engine.Errors.ErrorDetails.Of(("request_field", "rom_id"), ("remediation", $"Put an image into roms/{(string.Equals(machine, "atari_xl", StringComparison.Ordinal) ? "xl" : "st")} on the card.")));
    }

    /// <inheritdoc/>
    public void Dispose() => Card?.Dispose();
}
