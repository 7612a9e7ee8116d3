using Attic.Abi.Media;

namespace Attic.Media.AtariDos;

/// <summary>What makes a DOS 2 disk start its computer: boot sectors and <c>DOS.SYS</c>, and <c>DUP.SYS</c> with the menu.</summary>
public sealed class AtariDosSystem
{
    private const string Manager = "DOS.SYS";
    private const string Menu = "DUP.SYS";

    private readonly byte[] _boot;
    private readonly byte[] _manager;
    private readonly byte[] _menu;

    /// <summary>A DOS of its parts.</summary>
    /// <param name="boot">384 bytes, as <see cref="AtariDosVolume.WriteBoot"/> takes them.</param>
    /// <param name="manager">The content of <c>DOS.SYS</c>.</param>
    /// <param name="menu">The content of <c>DUP.SYS</c>.</param>
    public AtariDosSystem(ReadOnlySpan<byte> boot, ReadOnlySpan<byte> manager, ReadOnlySpan<byte> menu) =>
        (_boot, _manager, _menu) = (boot.ToArray(), manager.ToArray(), menu.ToArray());

    /// <summary>The DOS that a disk starts.</summary>
    /// <param name="image">A whole <c>.ATR</c> file.</param>
    /// <exception cref="MediaFormatException">It holds no DOS 2 file system that makes sense.</exception>
    /// <exception cref="FileNotFoundException">A file of the DOS is not on it.</exception>
    public static AtariDosSystem FromDisk(Memory<byte> image)
    {
        var volume = AtariDosVolume.Open(image);
        byte[] boot = [.. volume.Sector(1), .. volume.Sector(2), .. volume.Sector(3)];
        return new(boot, volume.ReadFile(Manager), volume.ReadFile(Menu));
    }

    /// <summary>Makes a disk that starts this DOS.</summary>
    /// <param name="shape">As for <see cref="AtariDosVolume.Create"/>.</param>
    /// <param name="menu">Whether <c>DUP.SYS</c> goes onto it; the handler alone leaves more room.</param>
    /// <returns>A whole <c>.ATR</c> file.</returns>
    /// <exception cref="ArgumentException">No disk has this shape, or the boot sectors have not 384 bytes.</exception>
    /// <exception cref="IOException">The files do not fit.</exception>
    public byte[] CreateDisk(AtariDiskShape shape, bool menu = true)
    {
        byte[] image = AtariDosVolume.Create(shape);
        var volume = AtariDosVolume.Open(image);
        volume.WriteFile(Manager, _manager);
        if (menu)
        {
            volume.WriteFile(Menu, _menu);
        }

        volume.WriteBoot(_boot);
        return image;
    }
}
