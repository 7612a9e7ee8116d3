using System.Buffers.Binary;
using Attic.Abi.AtariXl;
using Attic.Abi.Media;
using Attic.Media.Floppies;
using Attic.Media.Floppies8;

namespace Attic.Media.Programs;

/// <summary>What an XL's program file holds.</summary>
public enum ProgramKind
{
    /// <summary>A binary load file: runs without BASIC.</summary>
    Binary,

    /// <summary>Tokenised BASIC.</summary>
    Tokens,

    /// <summary>A listing of BASIC.</summary>
    Listing,
}

/// <summary>
/// A program file of an XL as a boot disk for D1:, which starts it without a DOS: <c>.XEX</c> and <c>.COM</c> through a
/// loader that switches BASIC off, <c>.BAS</c> and <c>.LST</c> in BASIC, for which it types RUN or ENTER.
/// </summary>
/// <param name="Kind">What the file holds.</param>
/// <param name="Disk">The disk; write-protected.</param>
public sealed record ProgramFile(ProgramKind Kind, IDiskFile Disk)
{
    private const int MaxBytes = 4 << 20;
    private const int AtrHeader = 16;
    private const int SectorBytes = 128;
    private const int FewestSectors = 720;
    private const ushort BootAddress = 0x0700;
    private const byte Jump = 0x4C;
    private static readonly string[] Endings = [".xex", ".com", ".exe", ".bas", ".lst", ".lis"];

    /// <summary>The endings of program files.</summary>
    public static IReadOnlyList<string> KnownEndings => Endings;

    /// <summary>Whether a file is a program by its name.</summary>
    /// <param name="name">The file's name; in gzip it ends with .gz.</param>
    public static bool Recognises(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string plain = ImageContainer.EndsWith(name, ".gz") ? name[..^3] : name;
        return Array.Exists(Endings, ending => ImageContainer.EndsWith(plain, ending));
    }

    /// <summary>Makes a disk of a program file.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="file">Its bytes; may be in a gzip or zip container.</param>
    /// <exception cref="MediaFormatException">The file is damaged or no program.</exception>
    public static ProgramFile Open(string name, ReadOnlySpan<byte> file)
    {
        var content = ImageContainer.Open(name, file, MaxBytes, Endings);
        var (kind, program, init) = Make(content.Name, content.Bytes);
        return new(kind, DiskImage8.OfProgram(name, Image(program, init), program));
    }

    private static (ProgramKind Kind, XlProgram Program, ushort Init) Make(string name, byte[] file)
    {
        if (!ImageContainer.EndsWith(name, ".bas") && !ImageContainer.EndsWith(name, ".lst") && !ImageContainer.EndsWith(name, ".lis"))
        {
            return (ProgramKind.Binary, new(ProgramPages.Binary(), BinaryLoadFile.ToStream(file)), ProgramPages.BinaryInit);
        }

        if (BasicFile.IsTokenised(file))
        {
            BasicFile.CheckTokens(file);
            return (ProgramKind.Tokens, new(ProgramPages.Basic([.. "RUN \"D:\""u8, BasicFile.EndOfLine]), file), ProgramPages.BasicInit);
        }

        return (ProgramKind.Listing, new(ProgramPages.Basic([.. "ENTER \"D:\""u8, BasicFile.EndOfLine, .. "RUN"u8, BasicFile.EndOfLine]), BasicFile.ToLines(file)), ProgramPages.BasicInit);
    }

    // A boot sector that jumps to $D500 (Operating System Users Manual, disk boot), and the program behind it, so that
    // disks of different programs differ.
    private static byte[] Image(XlProgram program, ushort init)
    {
        int sectors = Math.Max(FewestSectors, AtariDiskShape.BootSectors + ((program.Stream.Length + SectorBytes - 1) / SectorBytes));
        byte[] image = new byte[AtrHeader + (sectors * SectorBytes)];
        int paragraphs = sectors * SectorBytes / 16;
        BinaryPrimitives.WriteUInt16LittleEndian(image, 0x0296);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(2), (ushort)paragraphs);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(4), SectorBytes);
        image[6] = (byte)(paragraphs >> 16);
        var boot = image.AsSpan(AtrHeader);
        boot[1] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(boot[2..], BootAddress);
        BinaryPrimitives.WriteUInt16LittleEndian(boot[4..], init);
        boot[6] = Jump;
        BinaryPrimitives.WriteUInt16LittleEndian(boot[7..], ProgramPages.Entry);
        program.Stream.Span.CopyTo(boot[(AtariDiskShape.BootSectors * SectorBytes)..]);
        return image;
    }
}
