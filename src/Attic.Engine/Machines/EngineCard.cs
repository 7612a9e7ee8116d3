using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Errors;
using Attic.Engine.Files;
using Attic.Engine.Modules;
using Attic.Engine.Profiles;

namespace Attic.Engine.Machines;

/// <summary>How a card is opened.</summary>
public sealed record CardOptions
{
    /// <summary>Whether packages without a trusted signature may be loaded (<c>--allow-unsigned</c>).</summary>
    public bool AllowUnsigned { get; init; }

    /// <summary>
    /// Whether the card is held until it is disposed, so that no second engine gets it. A short run that only reads
    /// does without: it brings the card up to date if nobody holds it, and takes it as it is otherwise.
    /// </summary>
    public bool Exclusive { get; init; } = true;

    /// <summary>Told one line at a time what the user should know; null for silence.</summary>
    public Action<string>? Report { get; init; }
}

/// <summary>
/// A card that is open: locked, brought up to date with what ships, scanned, with everything that works on it. The one
/// place where the parts of this side of the engine are put together.
/// </summary>
public sealed class EngineCard : IDisposable
{
    private readonly CardLock? _lock;

    private EngineCard(CardRoot root, CardLock? held, TrustStore trust, bool allowUnsigned)
    {
        _lock = held;
        Root = root;
        Catalogs = new(root);
        Presence = new(root);
        Media = new(root, Catalogs, Presence);
        Profiles = new(root);
        Modules = new(root, trust, allowUnsigned);
        Builder = new(Profiles, Modules);
        Ebins = new(root, Builder);
        Files = new(root, Catalogs, Presence, Modules);
    }

    /// <summary>The card and its paths.</summary>
    public CardRoot Root { get; }

    /// <summary>Its catalogs.</summary>
    public CatalogStore Catalogs { get; }

    /// <summary>What lies on it.</summary>
    public PresenceIndex Presence { get; }

    /// <summary>Finds media by their catalog ids.</summary>
    public MediaResolver Media { get; }

    /// <summary>Its machine profiles.</summary>
    public ProfileStore Profiles { get; }

    /// <summary>Its modules.</summary>
    public ModuleCatalog Modules { get; }

    /// <summary>Builds machines.</summary>
    public MachineBuilder Builder { get; }

    /// <summary>The endpoints of modules.</summary>
    public EbinService Ebins { get; }

    /// <summary>Uploads.</summary>
    public FileService Files { get; }

    /// <summary>Opens a card.</summary>
    /// <param name="home">Where card, keys and trusted keys are.</param>
    /// <param name="shipped">What ships with the program.</param>
    /// <param name="options">How.</param>
    /// <exception cref="EngineException"><c>CONFLICT</c>: another engine has the card.</exception>
    /// <exception cref="IOException">The card can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The card can't be read or written.</exception>
    public static EngineCard Open(AtticHome home, ShippedCard shipped, CardOptions? options = null)
    {
        options ??= new();
        var root = new CardRoot(home.CardFolder);
        var held = options.Exclusive ? CardLock.Take(root) : CardLock.TryTake(root);
        try
        {
            var card = new EngineCard(root, options.Exclusive ? held : null, new(home.TrustFolder, shipped.TrustFolder), options.AllowUnsigned);
            if (held is not null)
            {
                card.BringUpToDate(shipped, options.Report ?? (static _ => { }));
            }

            card.Modules.Rescan();
            return card;
        }
        catch
        {
            held?.Dispose();
            throw;
        }
        finally
        {
            if (!options.Exclusive)
            {
                held?.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    private void BringUpToDate(ShippedCard shipped, Action<string> report)
    {
        Files.DeleteLeftovers();
        var lines = CardSeeder.Seed(Root, shipped.Content, CatalogSeeder.IsIndex).Lines
            .Concat(new CatalogSeeder(Root, Catalogs).Seed(shipped.Content));
        foreach (string line in lines)
        {
            report(line);
        }

        foreach (string path in new LocalScanner(Root, Catalogs, Presence).Scan().Unreadable)
        {
            report($"card: {path} can't be read");
        }
    }
}
