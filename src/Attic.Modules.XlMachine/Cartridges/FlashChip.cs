using Attic.Abi.Media;

namespace Attic.Modules.XlMachine.Cartridges;

/// <summary>Where a flash chip is in a command.</summary>
internal enum FlashStep : byte
{
    /// <summary>It waits for AA.</summary>
    Idle,

    /// <summary>AA has come; 55 is wanted.</summary>
    First,

    /// <summary>The command is wanted.</summary>
    Unlocked,

    /// <summary>The next write is programmed.</summary>
    Programs,

    /// <summary>80 has come; AA is wanted again.</summary>
    Erase,

    /// <summary>Then 55.</summary>
    EraseFirst,

    /// <summary>10 erases the chip, 30 the sector that it is written to.</summary>
    EraseUnlocked,
}

/// <summary>
/// A flash chip on a cartridge. Programming clears bits, erasing sets them; both are done at once, so that a program which polls finds
/// the data in its first look. What cannot be programmed because the image is protected stays as it is.
/// </summary>
/// <param name="kind">Which one.</param>
/// <param name="offset">Where it begins in the cartridge's image.</param>
internal sealed class FlashChip(FlashKind kind, int offset)
{
    private const byte Reset = 0xF0;
    private static readonly Range Nothing = new(0, 0);

    /// <summary>Bytes that it holds.</summary>
    public int Size => kind.Size;

    /// <summary>Where it is in a command.</summary>
    public FlashStep Step { get; set; }

    /// <summary>Whether reads give the chip's codes.</summary>
    public bool Identifies { get; set; }

    /// <summary>What a read gives while it identifies itself.</summary>
    /// <param name="address">In the chip.</param>
    public byte Code(int address) => (address & 3) switch { 0 => FlashKind.Maker, 1 => kind.Device, _ => 0 };

    /// <summary>A write.</summary>
    /// <param name="address">In the chip.</param>
    /// <param name="value">What is written.</param>
    /// <param name="medium">The cartridge's content.</param>
    /// <returns>Which bytes of the content have changed.</returns>
    public Range Write(int address, byte value, ICartridgeMedium medium)
    {
        if (Step == FlashStep.Programs)
        {
            Step = FlashStep.Idle;
            byte old = medium.Image[offset + address];
            return (old & value) != old && medium.Write(offset + address, [(byte)(old & value)])
                ? new(offset + address, offset + address + 1)
                : Nothing;
        }

        if (value == Reset)
        {
            (Step, Identifies) = (FlashStep.Idle, false);
            return Nothing;
        }

        bool first = (address & kind.UnlockMask) == (0x5555 & kind.UnlockMask);
        bool second = (address & kind.UnlockMask) == (0x2AAA & kind.UnlockMask);
        (Step, var erased) = (Step, value) switch
        {
            (FlashStep.Idle, 0xAA) when first => (FlashStep.First, Nothing),
            (FlashStep.First, 0x55) when second => (FlashStep.Unlocked, Nothing),
            (FlashStep.Unlocked, 0xA0) when first => (FlashStep.Programs, Nothing),
            (FlashStep.Unlocked, 0x80) when first => (FlashStep.Erase, Nothing),
            (FlashStep.Unlocked, 0x90) when first => (Identify(), Nothing),
            (FlashStep.Erase, 0xAA) when first => (FlashStep.EraseFirst, Nothing),
            (FlashStep.EraseFirst, 0x55) when second => (FlashStep.EraseUnlocked, Nothing),
            (FlashStep.EraseUnlocked, 0x10) when first => (FlashStep.Idle, Fill(medium, 0, kind.Size)),
            (FlashStep.EraseUnlocked, 0x30) => (FlashStep.Idle, Fill(medium, address & ~(kind.Sector - 1), kind.Sector)),
            _ => (FlashStep.Idle, Nothing),
        };
        return erased;
    }

    private FlashStep Identify()
    {
        Identifies = true;
        return FlashStep.Idle;
    }

    private Range Fill(ICartridgeMedium medium, int from, int length)
    {
        byte[] erased = new byte[length];
        Array.Fill(erased, (byte)0xFF);
        return medium.Write(offset + from, erased) ? new(offset + from, offset + from + length) : Nothing;
    }
}
