using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Errors;
using Attic.Engine.Machines;

namespace Attic.Engine.Files;

/// <summary>Puts files that a command line names onto the card, so that a session can have them.</summary>
public static class CardAdoption
{
    /// <summary>Copies a file onto the card, unless it is there already, and enters it into its catalog.</summary>
    /// <param name="card">The card.</param>
    /// <param name="path">The host's file.</param>
    /// <param name="folder">Where it goes: <c>/sdcard/disks</c>, <c>/sdcard/roms/xl</c>. A file of its name that is another keeps its place.</param>
    /// <returns>Its catalog id.</returns>
    /// <exception cref="EngineException"><c>UNSUPPORTED_MEDIA_FORMAT</c>: no catalog takes it.</exception>
    /// <exception cref="IOException">It can't be read, or the card can't be written.</exception>
    public static string Adopt(EngineCard card, string path, string folder)
    {
        ArgumentNullException.ThrowIfNull(card);
        byte[] bytes = File.ReadAllBytes(path);
        string place = Place(card, path, folder, bytes);
        new LocalScanner(card.Root, card.Catalogs, card.Presence).Scan();
        return CatalogKind.All.SelectMany(card.Catalogs.Entries).FirstOrDefault(entry => string.Equals(entry.LocalPath, place, StringComparison.Ordinal))?.Id
            ?? throw new EngineException(
                ErrorCode.UnsupportedMediaFormat, $"{Path.GetFileName(path)} is nothing that the card's catalogs take.", ErrorDetails.Of(("path", place)));
    }

    private static string Place(EngineCard card, string path, string folder, byte[] bytes)
    {
        string stem = Path.GetFileNameWithoutExtension(path);
        string ending = Path.GetExtension(path).ToLowerInvariant();
        for (int copy = 1; ; copy++)
        {
            string place = $"{folder}/{stem}{(copy > 1 ? $" ({copy})" : "")}{ending}";
            string host = card.Root.HostOf(place);
            if (!File.Exists(host))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(host)!);
                StagedFile.Write(host, bytes);
                return place;
            }

            if (File.ReadAllBytes(host).AsSpan().SequenceEqual(bytes))
            {
                return place;
            }
        }
    }
}
