using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Errors;
using Attic.Engine.Modules;
using Attic.Media;
using Attic.Media.Cartridges;
using Attic.Media.Cassettes;
using Attic.Media.Floppies;
using Attic.Media.Programs;

namespace Attic.Engine.Files;

/// <summary>Holds an upload's bytes against what their place and name say they are, before they reach that place.</summary>
/// <param name="modules">The card's modules: whom they trust.</param>
internal sealed class UploadFormat(ModuleCatalog modules)
{
    private static readonly string[] s_disks =
        ["st", "msa", "img", "zip", "gz", "atr", "xfd", "atx", .. ProgramFile.KnownEndings.Select(ending => ending.TrimStart('.'))];

    private static readonly string[] s_roms = ["img", "rom", "bin", "tos"];
    private static readonly string[] s_cartridges = ["stc", "img", "rom", "bin", "car"];
    private static readonly string[] s_cassettes = ["cas", "wav", "zip", "gz"];
    private static readonly string[] s_packages = ["ebin"];

    /// <summary>Checks a file's content.</summary>
    /// <param name="path">Where it is to go.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="EngineException"><c>UNSUPPORTED_MEDIA_FORMAT</c>, <c>EBIN_INVALID</c>, <c>EBIN_SIGNATURE_INVALID</c>.</exception>
    public void Check(CardPath path, ReadOnlySpan<byte> bytes)
    {
        switch (path.Root)
        {
            case CardRoots.Disks:
                CheckEnding(path, s_disks);
                CheckDisk(path, bytes);
                break;
            case CardRoots.Roms:
                CheckEnding(path, s_roms);
                CheckRom(path, bytes);
                break;
            case CardRoots.Cartridges:
                CheckEnding(path, s_cartridges);
                CheckCartridge(path, bytes);
                break;
            case CardRoots.Cassettes:
                CheckEnding(path, s_cassettes);
                CheckCassette(path, bytes);
                break;
            case CardRoots.Ebins:
                CheckEnding(path, s_packages);
                CheckPackage(path, bytes);
                break;
        }
    }

    private static string EndingOf(CardPath path) => Path.GetExtension(path.Name).TrimStart('.').ToLowerInvariant();

    private static void CheckEnding(CardPath path, string[] supported)
    {
        if (!supported.Contains(EndingOf(path), StringComparer.Ordinal))
        {
            throw Unsupported(path, supported, $"files here end in {string.Join(", ", supported.Select(ending => "." + ending))}");
        }
    }

    private static void CheckDisk(CardPath path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var disk = DiskFile.FromBytes(path.Name, bytes);
        }
        catch (MediaFormatException damage)
        {
            throw Unsupported(path, s_disks, damage.Message, damage);
        }
    }

    private static void CheckRom(CardPath path, ReadOnlySpan<byte> bytes)
    {
        bool forSt = path.Virtual.StartsWith(CardRoots.Roms + "/st/", StringComparison.OrdinalIgnoreCase);
        if (bytes.IsEmpty || (forSt && !RomImage.IsTos(bytes, bytes.Length)))
        {
            throw Unsupported(path, s_roms, forSt ? "it does not begin with the header of an ST operating system" : "it is empty");
        }
    }

    private static void CheckCartridge(CardPath path, ReadOnlySpan<byte> bytes)
    {
        bool forSt = path.Virtual.StartsWith(CardRoots.Cartridges + "/st/", StringComparison.OrdinalIgnoreCase);
        if (XlCartridgeFile.IsCar(bytes))
        {
            CheckCar(path, bytes);
        }

        if (bytes.IsEmpty || (forSt && bytes.Length > RomImage.LargestCartridge + sizeof(uint)))
        {
            throw Unsupported(path, s_cartridges, forSt ? $"a cartridge has 1 to {RomImage.LargestCartridge} bytes" : "it is empty");
        }
    }

    private static void CheckCassette(CardPath path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var tape = TapeImage.FromBytes(path.Name, bytes);
        }
        catch (MediaFormatException damage)
        {
            throw Unsupported(path, s_cassettes, damage.Message, damage);
        }
    }

    private static void CheckCar(CardPath path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            _ = XlCartridgeFile.Read(path.Name, bytes);
        }
        catch (MediaFormatException damage)
        {
            throw Unsupported(path, s_cartridges, damage.Message, damage);
        }
    }

    private void CheckPackage(CardPath path, ReadOnlySpan<byte> bytes)
    {
        if (!EbinFileName.TryParse(path.Name, out _, out var version))
        {
            throw EbinGates.Invalid("version", "the file name does not end in -<version>.ebin", ("path", path.Virtual));
        }

        var package = EbinGates.Open(bytes, path.Virtual);
        EbinGates.CheckVersion(package.Manifest, version);
        EbinGates.CheckIntegrity(package, modules.Trust, modules.AllowUnsigned);
    }

    private static EngineException Unsupported(CardPath path, string[] supported, string reason, Exception? inner = null) => new(
        ErrorCode.UnsupportedMediaFormat,
        $"{path.Virtual} can't be stored: {reason}",
        ErrorDetails.Of(("path", path.Virtual), ("format", EndingOf(path)), ("supported", supported), ("reason", reason)),
        inner: inner);
}
