using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Media;
using Attic.Media.Cartridges;

namespace Attic.Engine.Machines;

/// <summary>Puts a cartridge file into whatever slot a machine has.</summary>
public static class CartridgeInsertion
{
    /// <summary>Inserts a cartridge; the caller resets the machine where users would.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="type">An XL's: the CAR type of a raw image, where the user says it.</param>
    /// <returns>What was chosen, a sentence for people; null when there was nothing to choose.</returns>
    /// <exception cref="InvalidDataException">The machine has no slot, or the file is no cartridge for it; the message says why.</exception>
    public static string? Insert(IMachine machine, string name, ReadOnlyMemory<byte> file, int? type = null)
    {
        if (machine.Capability<IXlCartridgeSlot>() is { } slot)
        {
            try
            {
                var cartridge = XlCartridgeFile.Read(name, file.Span, type);
                slot.Insert(cartridge.Type, cartridge.Image);
                return $"{name} is a cartridge of type {cartridge.Type}, {cartridge.Reason}.";
            }
            catch (MediaFormatException damage)
            {
                throw new InvalidDataException(damage.Message, damage);
            }
        }

        var port = machine.Capability<ICartridgePort>() ?? throw new InvalidDataException("The machine has no cartridge port.");
        port.Insert(file);
        return null;
    }

    /// <summary>Inserts a cartridge that the machine can program; the caller resets the machine where users would.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="image">The cartridge; the caller goes on owning it.</param>
    /// <returns>What was chosen, a sentence for people.</returns>
    /// <exception cref="InvalidDataException">The machine has no slot for it; the message says why.</exception>
    public static string Insert(IMachine machine, XlCartridgeImage image)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(image);
        var slot = machine.Capability<IXlCartridgeSlot>() ?? throw new InvalidDataException("The machine has no slot for such a cartridge.");
        slot.Insert(image.Type, image);
        string written = image.WriteProtected ? $"cannot be written: {image.Protection}" : "what the machine programs goes into the file";
        return $"{image.Name} is a flash cartridge of type {image.Type}, {image.Reason}; {written}.";
    }

    /// <summary>Inserts a second cartridge into the one that is in.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="file">Its bytes.</param>
    /// <exception cref="InvalidDataException">There is no slot for it, or it is no cartridge; the message says why.</exception>
    public static void InsertBehind(IMachine machine, string name, ReadOnlyMemory<byte> file)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var slot = machine.Capability<IXlCartridgeSlot>() ?? throw new InvalidDataException("The machine has no slot for such a cartridge.");
        try
        {
            var cartridge = XlCartridgeFile.Read(name, file.Span);
            slot.InsertBehind(cartridge.Type, cartridge.Image);
        }
        catch (MediaFormatException damage)
        {
            throw new InvalidDataException(damage.Message, damage);
        }
    }

    /// <summary>Takes the cartridge out, if the machine has a slot.</summary>
    public static void Remove(IMachine machine)
    {
        machine.Capability<IXlCartridgeSlot>()?.Remove();
        machine.Capability<ICartridgePort>()?.Remove();
    }
}
