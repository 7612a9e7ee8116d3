namespace Attic.Engine.Card;

/// <summary>What a caller wants with a path.</summary>
public enum CardAccess
{
    /// <summary>List or read.</summary>
    Read,

    /// <summary>Create, change, move or delete.</summary>
    Write,
}

/// <summary>The folders of the card that paths from outside may name (contract R19).</summary>
public static class CardRoots
{
    /// <summary>The card's virtual name.</summary>
    public const string Card = "/sdcard";

    /// <summary>Operating systems and other ROM images.</summary>
    public const string Roms = "/sdcard/roms";

    /// <summary>Floppy disk images.</summary>
    public const string Disks = "/sdcard/disks";

    /// <summary>Cartridge images.</summary>
    public const string Cartridges = "/sdcard/cartridges";

    /// <summary>Tapes; the contract's list does not know them.</summary>
    public const string Cassettes = "/sdcard/cassettes";

    /// <summary>Module packages.</summary>
    public const string Ebins = "/sdcard/ebins";

    /// <summary>States and battery-backed memory.</summary>
    public const string Saves = "/sdcard/saves";

    /// <summary>Uploads and downloads under way.</summary>
    public const string Staging = "/sdcard/.staging";

    /// <summary>Profiles, catalog indexes, input mappings.</summary>
    public const string Config = "/sdcard/config";

    /// <summary>Conformance manifests and evidence.</summary>
    public const string Conformance = "/sdcard/conformance";

    /// <summary>Index files and machine profiles of this engine.</summary>
    public const string EngineConfig = "/sdcard/config/engine_v2";

    /// <summary>Roots that may be written.</summary>
    public static IReadOnlyList<string> Writable { get; } = [Roms, Disks, Cartridges, Cassettes, Ebins, Saves, Staging];

    /// <summary>Roots that may be read.</summary>
    public static IReadOnlyList<string> Readable { get; } = [.. Writable, Config, Conformance];

    /// <summary>Roots that a scan for local files may visit.</summary>
    public static IReadOnlyList<string> Scannable { get; } = [Roms, Disks, Cartridges, Cassettes];

    /// <summary>The roots that <paramref name="access"/> may name.</summary>
    public static IReadOnlyList<string> For(CardAccess access) => access == CardAccess.Write ? Writable : Readable;
}
