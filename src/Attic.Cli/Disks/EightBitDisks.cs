using Attic.Abi.Media;
using Attic.Cli.Output;
using Attic.Media.AtariDos;
using Attic.Media.Floppies8;

namespace Attic.Cli.Disks;

/// <summary>Makes new disks of 8-bit Ataris.</summary>
internal static class EightBitDisks
{
    /// <summary>The densities that a user can name.</summary>
    public static IReadOnlyList<string> Densities { get; } = ["single", "enhanced", "double", "double-sided"];

    /// <summary>A disk that no DOS has formatted.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="density">One of <see cref="Densities"/>.</param>
    public static void CreateBlank(string path, string density) => Save(
        path,
        DiskImage8.Blank(path, ShapeOf(density)) ?? throw CommandFailure.BadInput($"{path}: this format has no disk of density {density}.", "An .atr has all of them."));

    /// <summary>A disk with an empty directory of DOS 2.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="density">One of <see cref="Densities"/>.</param>
    public static void CreateFormatted(string path, string density) => Save(path, AtariDosVolume.Create(DosShapeOf(path, density)));

    /// <summary>A disk that starts a DOS.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="density">One of <see cref="Densities"/>.</param>
    /// <param name="folder">Where boot.bin, DOS.SYS and DUP.SYS lie; null for Attic DOS.</param>
    public static void CreateSystem(string path, string density, string? folder)
    {
        var shape = DosShapeOf(path, density);
        Save(path, (folder is null ? Shipped() : FromFolder(folder)).CreateDisk(shape));
    }

    private static AtariDosSystem Shipped()
    {
        using var disk = typeof(EightBitDisks).Assembly.GetManifestResourceStream("Attic.Cli.attic-dos.atr")!;
        byte[] image = new byte[disk.Length];
        disk.ReadExactly(image);
        return AtariDosSystem.FromDisk(image);
    }

    private static AtariDosSystem FromFolder(string folder)
    {
        const int BootBytes = 384;
        byte[] boot = Part(folder, "boot.bin");
        return boot.Length == BootBytes
            ? new(boot, Part(folder, "DOS.SYS"), Part(folder, "DUP.SYS"))
            : throw CommandFailure.BadInput($"--system-files: boot.bin has {boot.Length} bytes; three sectors have {BootBytes}.");
    }

    private static byte[] Part(string folder, string name)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, name));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"--system-files: {error.Message}", "The folder holds boot.bin, DOS.SYS and DUP.SYS, as make leaves them in firmware/xl/dos/build.", error);
        }
    }

    private static AtariDiskShape DosShapeOf(string path, string density) =>
        !path.EndsWith(".atr", StringComparison.OrdinalIgnoreCase) ? throw CommandFailure.BadInput($"{path}: a DOS is put onto .atr images only.")
        : density is "double-sided" ? throw CommandFailure.BadInput("DOS 2 has no double-sided disks.", "Its densities are single, enhanced and double.")
        : ShapeOf(density);

    private static AtariDiskShape ShapeOf(string density) => density switch
    {
        "enhanced" => AtariDiskShape.Enhanced,
        "double" => AtariDiskShape.Double,
        "double-sided" => AtariDiskShape.DoubleSided,
        _ => AtariDiskShape.Single,
    };

    private static void Save(string path, ReadOnlySpan<byte> image)
    {
        using var target = new StagedFile(path);
        target.Stream.Write(image);
        target.Commit();
    }
}
