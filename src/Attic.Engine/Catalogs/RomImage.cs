using System.Buffers.Binary;

namespace Attic.Engine.Catalogs;

/// <summary>
/// Tells what a ROM image is by its first bytes. An ST's operating system begins with its header: a branch, the version,
/// the reset address and at offset 8 the base address, 0xFC0000 (192 KB) or 0xE00000 (Atari TOS header, "os_beg").
/// A cartridge begins with 0xABCDEF42 (application) or 0xFA52235F (diagnostic) at 0xFA0000.
/// </summary>
public static class RomImage
{
    private const uint OldBase = 0xFC0000;
    private const uint NewBase = 0xE00000;
    private const uint Application = 0xABCDEF42;
    private const uint Diagnostic = 0xFA52235F;
    private const int HeaderBytes = 12;
    private const int SmallestSystem = 64 << 10;
    private const int LargestSystem = 1 << 20;

    /// <summary>Bytes that a cartridge of the ST holds.</summary>
    public const int LargestCartridge = 128 << 10;

    /// <summary>Whether the image is an operating system of the ST.</summary>
    /// <param name="start">Its first bytes, at least 12 to be recognised.</param>
    /// <param name="length">Bytes of the whole image.</param>
    public static bool IsTos(ReadOnlySpan<byte> start, long length) =>
        start.Length >= HeaderBytes
        && length is >= SmallestSystem and <= LargestSystem
        && start[0] == 0x60
        && BinaryPrimitives.ReadUInt32BigEndian(start[8..]) is OldBase or NewBase;

    /// <summary>Whether the image is a cartridge of the ST.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <param name="length">Bytes of the whole image.</param>
    public static bool IsCartridge(ReadOnlySpan<byte> start, long length) =>
        start.Length >= sizeof(uint)
        && length <= LargestCartridge + sizeof(uint)
        && BinaryPrimitives.ReadUInt32BigEndian(start) is Application or Diagnostic;
}
