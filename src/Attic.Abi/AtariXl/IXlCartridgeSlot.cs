using Attic.Abi.Media;

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

    /// <summary>Puts a cartridge in whose flash chips the machine can program.</summary>
    /// <param name="type">Its CAR type; one without flash chips is only read.</param>
    /// <param name="medium">Its content; the caller goes on owning it.</param>
    /// <exception cref="InvalidDataException">The slot does not know the type, or the content has not its size; the message says which.</exception>
    void Insert(int type, ICartridgeMedium medium);

    /// <summary>Puts a second cartridge into the one that is in: a SpartaDOS X cartridge has a slot in its back.</summary>
    /// <param name="type">Its CAR type.</param>
    /// <param name="image">Its ROM.</param>
    /// <exception cref="InvalidDataException">There is no slot for it, or it is no cartridge; the message says why.</exception>
    void InsertBehind(int type, ReadOnlyMemory<byte> image);

    /// <summary>Takes the cartridge out, and with it what is behind it.</summary>
    void Remove();
}
