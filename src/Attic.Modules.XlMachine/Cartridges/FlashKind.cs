namespace Attic.Modules.XlMachine.Cartridges;

/// <summary>A flash chip with the command set of AMD's.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sector">Bytes that are erased together.</param>
/// <param name="UnlockMask">The address bits that the chip looks at in commands.</param>
/// <param name="Device">Its device code; the maker's is 01, AMD.</param>
/// <remarks>Sources: AMD data sheets Am29F010 (22181), Am29F020, Am29F040B (21445).</remarks>
internal sealed record FlashKind(int Size, int Sector, int UnlockMask, byte Device)
{
    /// <summary>The maker's code: AMD.</summary>
    public const byte Maker = 0x01;

    /// <summary>128 KB in eight sectors.</summary>
    public static FlashKind Am29F010 { get; } = new(128 * 1024, 16 * 1024, 0x7FFF, 0x20);

    /// <summary>256 KB in four sectors.</summary>
    public static FlashKind Am29F020 { get; } = new(256 * 1024, 64 * 1024, 0x7FF, 0xB0);

    /// <summary>512 KB in eight sectors.</summary>
    public static FlashKind Am29F040 { get; } = new(512 * 1024, 64 * 1024, 0x7FF, 0xA4);
}
