using Attic.Engine.Card;

namespace Attic.Engine.Catalogs;

/// <summary>A medium found in a catalog and on the card.</summary>
/// <param name="Kind">The catalog that it was found in.</param>
/// <param name="Entry">Its entry.</param>
/// <param name="File">Its file.</param>
/// <param name="Sha256">SHA-256 of the file as it is now, 64 lower-case hex digits.</param>
/// <param name="Size">Bytes of the file.</param>
public sealed record LocalMedium(CatalogKind Kind, CatalogEntry Entry, CardPath File, string Sha256, long Size);
