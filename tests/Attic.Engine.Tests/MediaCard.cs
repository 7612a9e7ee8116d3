using System.Buffers.Binary;
using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Files;
using Attic.Engine.Modules;

namespace Attic.Engine.Tests;

/// <summary>A card with empty catalogs, and images to put onto it.</summary>
internal sealed class MediaCard : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MediaCard()
    {
        Root = new(_folder["card"]);
        Catalogs = new(Root);
        new CatalogSeeder(Root, Catalogs).Seed([]);
        Presence = new(Root);
        Media = new(Root, Catalogs, Presence);
        Key.PublishTo(_folder["trust"]);
        Modules = new(Root, new(_folder["trust"]));
        Files = new(Root, Catalogs, Presence, Modules);
    }

    public SigningKey Key { get; } = SigningKey.Create();

    public CardRoot Root { get; }

    public CatalogStore Catalogs { get; }

    public PresenceIndex Presence { get; }

    public MediaResolver Media { get; }

    public ModuleCatalog Modules { get; }

    public FileService Files { get; }

    /// <summary>The start of an ST operating system, and nothing else.</summary>
    public static byte[] Tos(byte fill = 0)
    {
        byte[] image = new byte[192 << 10];
        Array.Fill(image, fill);
        BinaryPrimitives.WriteUInt16BigEndian(image, 0x602E);
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(4), 0xFC0030);
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(8), 0xFC0000);
        return image;
    }

    /// <summary>An unformatted disk of 80 tracks, two sides, nine sectors.</summary>
    public static byte[] Disk { get; } = new byte[80 * 2 * 9 * 512];

    public LocalScan Scan() => new LocalScanner(Root, Catalogs, Presence).Scan();

    public string Put(string path, byte[] content)
    {
        string host = Root.HostOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(host)!);
        File.WriteAllBytes(host, content);
        return host;
    }

    public void WriteIndex(CatalogKind kind, string json) => File.WriteAllText(Root.HostOf(kind.IndexPath), json);

    public void Dispose()
    {
        Key.Dispose();
        _folder.Dispose();
    }
}
