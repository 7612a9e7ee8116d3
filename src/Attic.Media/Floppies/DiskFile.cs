using Attic.Media.Durability;
using Attic.Media.Floppies8;
using Attic.Media.Programs;

namespace Attic.Media.Floppies;

/// <summary>Opens a disk image of any format that a drive of one of the machines takes, or makes one of an XL's program.</summary>
public static class DiskFile
{
    /// <summary>Opens an image and locks it for this process, unless it is write-protected.</summary>
    /// <param name="path">The file.</param>
    /// <param name="writeProtect">Whether the notch is to be covered; so it is anyway where the file cannot be written.</param>
    /// <exception cref="MediaFormatException">The file is damaged or no disk image.</exception>
    /// <exception cref="FileInUseException">Another process, or this one, has it open for writing.</exception>
    /// <exception cref="IOException">The file cannot be read, or replaying its journal failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IDiskFile Open(string path, bool writeProtect = false)
    {
        string name = Path.GetFileName(path);
        byte[] file = File.ReadAllBytes(path);
        return ProgramFile.Recognises(name) ? ProgramFile.Open(name, file).Disk
            : IsEightBit(name, file) ? DiskImage8.Open(path, writeProtect)
            : FloppyImage.Open(path, writeProtect);
    }

    /// <summary>A disk that lives in memory only, from the bytes of a file.</summary>
    /// <param name="name">The file's name; its ending helps to recognise the format.</param>
    /// <param name="file">The file's bytes.</param>
    /// <param name="writeProtect">Whether the notch is covered.</param>
    /// <exception cref="MediaFormatException">The bytes are damaged or no disk image.</exception>
    public static IDiskFile FromBytes(string name, ReadOnlySpan<byte> file, bool writeProtect = false) =>
        ProgramFile.Recognises(name) ? ProgramFile.Open(name, file).Disk
        : IsEightBit(name, file) ? DiskImage8.FromBytes(name, file, writeProtect)
        : FloppyImage.FromBytes(name, file, writeProtect);

    /// <summary>Whether a file holds a disk of the 8-bit Ataris and not of an ST, containers included.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="file">The file's bytes.</param>
    public static bool IsEightBit(string name, ReadOnlySpan<byte> file)
    {
        try
        {
            var image = ImageContainer.Open(name, file, FileOverlay.MaxBytes, ".atr", ".xfd", ".atx");
            return DiskImage8.Recognises(image.Name, image.Bytes);
        }
        catch (MediaFormatException)
        {
            // No container with such a disk; what it is the other opener will say.
            return false;
        }
    }
}
