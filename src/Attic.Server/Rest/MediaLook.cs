using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Files;
using Attic.Engine.Errors;
using Attic.Engine.Machines;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary>
/// <c>GET media/look</c> [X]: what a file of the card is taken for when it is handed over without a word, so that a page can
/// choose machine, place and BASIC by itself and say what it chose.
/// </summary>
/// <param name="card">The card.</param>
internal sealed class MediaLook(EngineCard card)
{
    /// <summary>Adds the endpoint.</summary>
    public void Map(ApiRoutes routes) => routes.Get("media/look", Scopes.FilesRead, request => Task.FromResult(Look(request)));

    private object Look(ApiRequest request)
    {
        string id = request.Query.String("entry_id");
        request.Query.Check();
        var kind = CatalogKind.OfId(id) ?? CatalogKind.Disk;
        var entry = card.Catalogs.Find(kind, id);
        var file = card.Root.Resolve(entry.LocalPath, CardAccess.Read);
        if (!File.Exists(file.Host))
        {
            throw new EngineException(ErrorCode.NotFound, $"{id} is not on the card.", ErrorDetails.Of(("path", entry.LocalPath)));
        }

        var found = DroppedFile.Look(file.Name, File.ReadAllBytes(file.Host));
        return new
        {
            EntryId = id,
            Machine = found?.Machine,
            Profile = found?.Profile,
            Place = found?.Place.ToString().ToLowerInvariant(),
            Basic = found?.Basic,
            Reasons = found?.Reasons ?? [],
        };
    }
}
