namespace Attic.Abi.AtariXl;

/// <summary>
/// The XL's cartridge slot. What a cartridge does with the address space is told by its type: the number that the CAR file
/// format gives it (atari800's public list "cart.txt").
/// </summary>
public interface IXlCartridgeSlot
{
    /// <summary>Puts a cartridge in; takes effect at once, the caller resets the machine where users would.</summary>
    /// <param name="type">Its CAR type.</param>
    /// <param name="image">Its ROM.</param>
    /// <exception cref="InvalidDataException">The slot does not know the type, or the image has not its size; the message says which.</exception>
    void Insert(int type, ReadOnlyMemory<byte> image);

    /// <summary>Takes the cartridge out.</summary>
    void Remove();
}
