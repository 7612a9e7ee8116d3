namespace Attic.Engine.Catalogs;

/// <summary>
/// The ROMs of an XL: an OS of 16 KB, and BASIC's 8 KB that may follow it or lie beside it. A file is told by its size, its
/// vectors and, in a folder, by its name.
/// </summary>
public static class XlRomSet
{
    /// <summary>Bytes of the OS.</summary>
    public const int OsBytes = 16 << 10;

    /// <summary>Bytes of BASIC.</summary>
    public const int BasicBytes = 8 << 10;

    /// <summary>The class of catalog entries that are BASIC.</summary>
    public const string BasicClass = "basic";

    /// <summary>Names that an OS image goes by in a folder; the first that is there is taken.</summary>
    public static IReadOnlyList<string> OsNames { get; } = ["attic-xl.rom", "atarixl.rom", "atarixl.os", "altirraos-xl.rom"];

    /// <summary>Names that a BASIC image goes by.</summary>
    public static IReadOnlyList<string> BasicNames { get; } = ["attic-basic.rom", "ataribas.rom", "atbasic.bin", "atbasic.rom", "basic.rom"];

    /// <summary>
    /// Whether an image is an XL's OS, BASIC after it or not: its NMI, reset and IRQ vectors (MCS6500 hardware manual, $FFFA–$FFFF)
    /// must point into the ROM.
    /// </summary>
    public static bool IsOs(ReadOnlySpan<byte> image) =>
        image.Length is OsBytes or OsBytes + BasicBytes && Vector(image, 0x3FFA) && Vector(image, 0x3FFC) && Vector(image, 0x3FFE);

    /// <summary>
    /// Whether an image is a cartridge for $A000–$BFFF that starts itself, as BASIC is: init and run address in its last
    /// bytes (Atari Operating System Users Manual, cartridges), $BFFC 0.
    /// </summary>
    public static bool IsBasic(ReadOnlySpan<byte> image) =>
        image.Length == BasicBytes && image[0x1FFC] == 0 && image[0x1FFB] is >= 0xA0 and < 0xC0 && image[0x1FFF] is >= 0xA0 and < 0xC0;

    /// <summary>The files of a ROM set.</summary>
    /// <param name="path">A folder with OS and BASIC, or the OS image.</param>
    /// <returns>The OS's file, and BASIC's where one lies beside it.</returns>
    /// <exception cref="InvalidDataException">There is no such path, or the folder holds no OS.</exception>
    public static (string Os, string? Basic) Locate(string path)
    {
        bool folder = Directory.Exists(path);
        if (!folder && !File.Exists(path))
        {
            throw new InvalidDataException($"There is no file or folder {path}.");
        }

        string os = folder
            ? Find(path, OsNames) ?? throw new InvalidDataException($"{path} holds none of {string.Join(", ", OsNames)}.")
            : path;
        return (os, Find(folder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!, BasicNames));
    }

    /// <summary>OS and, where there is one, BASIC after it.</summary>
    /// <param name="path">A folder with both, or the OS image.</param>
    /// <param name="basicPath">BASIC's image; null for the one in the folder, or in that of the OS image.</param>
    /// <exception cref="InvalidDataException">No image there is an OS or BASIC; the message says what was expected.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static byte[] Read(string path, string? basicPath)
    {
        var (osPath, beside) = Locate(path);
        byte[] os = File.ReadAllBytes(osPath);
        if (!IsOs(os))
        {
            throw new InvalidDataException(
                $"{osPath} is no operating system of an XL: {OsBytes} bytes, or {OsBytes + BasicBytes} with BASIC, with vectors at offset {0x3FFA} that point into it, were expected; it has {os.Length} bytes.");
        }

        basicPath ??= os.Length == OsBytes ? beside : null;
        if (basicPath is null)
        {
            return os;
        }

        return Joined(os, basicPath);
    }

    /// <summary>OS and BASIC one after the other.</summary>
    /// <param name="os">The OS; its first 16 KB count.</param>
    /// <param name="basicPath">BASIC's image.</param>
    /// <exception cref="InvalidDataException">It has another size.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Joined(ReadOnlySpan<byte> os, string basicPath)
    {
        byte[] basic = File.ReadAllBytes(basicPath);
        return basic.Length == BasicBytes
            ? [.. os[..OsBytes], .. basic]
            : throw new InvalidDataException($"{basicPath} is no BASIC: {BasicBytes} bytes were expected, it has {basic.Length}.");
    }

    /// <summary>The file of a folder that goes by one of the names, whatever its case; null when there is none.</summary>
    private static string? Find(string folder, IReadOnlyList<string> names)
    {
        var files = Directory.EnumerateFiles(folder)
            .Order(StringComparer.Ordinal)
            .ToLookup(file => Path.GetFileName(file).ToLowerInvariant(), StringComparer.Ordinal);
        return names.SelectMany(name => files[name]).FirstOrDefault();
    }

    private static bool Vector(ReadOnlySpan<byte> image, int offset) => image[offset + 1] >= 0xC0;
}
