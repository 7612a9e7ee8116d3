using Attic.Engine.Card;
using Attic.Engine.Errors;

namespace Attic.Engine.Catalogs;

/// <summary>
/// The media stage of a session's start and of attaching (contract §5.1): index load, entry lookup, local presence. A
/// request never names a path. Prefetching is off (R29).
/// </summary>
/// <param name="card">The card.</param>
/// <param name="catalogs">Its catalogs.</param>
/// <param name="presence">What lies on it.</param>
public sealed class MediaResolver(CardRoot card, CatalogStore catalogs, PresenceIndex presence)
{
    private const string TosClass = "tos";
    private const string BindingStage = "rom_attach_catalog_binding";

    /// <summary>Finds an operating system, given as <c>rom_id</c> or <c>tos_id</c> (R28).</summary>
    /// <param name="wanted"><see cref="CatalogKind.Rom"/> for a <c>rom_id</c>, which may name an entry of the catalog <c>tos</c> too; <see cref="CatalogKind.Tos"/> for a <c>tos_id</c>.</param>
    /// <param name="entryId">The entry's id.</param>
    /// <param name="requestField">The field of the request that named it.</param>
    /// <param name="machine">The machine that it is for.</param>
    /// <param name="mustBoot">Whether it has to be of class <c>tos</c>; a <c>rom_id</c> that is overridden need not be.</param>
    /// <exception cref="EngineException">As <see cref="Find"/>, and <c>BAD_REQUEST</c> when it is no operating system.</exception>
    public LocalMedium FindSystem(CatalogKind wanted, string entryId, string requestField, string machine, bool mustBoot = true)
    {
        bool inTos = entryId.StartsWith(CatalogKind.Tos.IdPrefix, StringComparison.Ordinal);
        var found = Find(inTos ? CatalogKind.Tos : wanted, entryId, requestField, machine);
        return !mustBoot || string.Equals(found.Entry.Class, TosClass, StringComparison.Ordinal)
            ? found
            : throw new EngineException(
                ErrorCode.BadRequest,
                $"'{entryId}' is of class {found.Entry.Class}, not an operating system.",
                ErrorDetails.Of(
                    ("validation_stage", BindingStage),
                    ("field", requestField),
                    ("entry_id", entryId),
                    ("expected", TosClass),
                    ("actual", found.Entry.Class),
                    ("expected_catalog", CatalogKind.Tos.Binding),
                    ("actual_catalog", found.Kind.Binding)));
    }

    /// <summary>Finds a medium of a catalog.</summary>
    /// <param name="kind">The catalog.</param>
    /// <param name="entryId">The entry's id.</param>
    /// <param name="requestField">The field of the request that named it.</param>
    /// <param name="machine">The machine that it is for.</param>
    /// <exception cref="EngineException">
    /// <c>CATALOG_NOT_FOUND</c>, <c>CATALOG_ENTRY_NOT_FOUND</c>, <c>CONFLICT</c> when its file is not on the card,
    /// <c>BAD_REQUEST</c> when it belongs to another catalog or machine.
    /// </exception>
    public LocalMedium Find(CatalogKind kind, string entryId, string requestField, string machine)
    {
        if (CatalogKind.OfId(entryId) is { } actual && actual != kind)
        {
            throw new EngineException(
                ErrorCode.BadRequest,
                $"'{entryId}' is an entry of the catalog '{actual.Binding}', not of '{kind.Binding}'.",
                ErrorDetails.Of(
                    ("validation_stage", BindingStage),
                    ("field", requestField),
                    ("entry_id", entryId),
                    ("expected_catalog", kind.Binding),
                    ("actual_catalog", actual.Binding)));
        }

        var entry = catalogs.Find(kind, entryId, requestField);
        if (!entry.IsFor(machine))
        {
            throw new EngineException(
                ErrorCode.BadRequest,
                $"'{entryId}' is for {string.Join(", ", entry.MachineTags)}, not for {machine}.",
                ErrorDetails.Of(("validation_stage", BindingStage), ("field", requestField), ("entry_id", entryId), ("expected", machine), ("actual", entry.MachineTags.ToArray())));
        }

        var record = presence.Look(kind, entry, hash: true);
        return record.LocalPresent
            ? new(kind, entry, card.Resolve(record.LocalPath!, CardAccess.Read), record.Sha256!, record.FileSize!.Value)
            : throw NotLocal(kind, entry, requestField);
    }

    private static EngineException NotLocal(CatalogKind kind, CatalogEntry entry, string requestField)
    {
        string remediation = entry.HostedUrl is null
            ? $"Put the file at {entry.LocalPath}."
            : $"POST /api/v2/catalogs/{kind.UrlName}/download-entry with entry_id {entry.Id}, or put the file at {entry.LocalPath}.";
        return new(
            ErrorCode.Conflict,
            $"'{entry.Id}' is not on the card. {remediation}",
            ErrorDetails.Of(
                ("catalog", kind.Binding),
                ("entry_id", entry.Id),
                ("request_field", requestField),
                ("remediation", remediation),
                ("prefetch_policy", "disabled")),
            retryable: true);
    }
}
