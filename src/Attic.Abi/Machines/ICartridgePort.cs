namespace Attic.Abi.Machines;

/// <summary>A cartridge slot.</summary>
public interface ICartridgePort
{
    /// <summary>Puts a cartridge in; takes effect at once, the caller resets the machine where users would.</summary>
    /// <param name="image">The cartridge's bytes (ST: up to 128 KiB at 0xFA0000).</param>
    /// <exception cref="InvalidDataException">The image is empty or too large; the message says how large it may be.</exception>
    void Insert(ReadOnlyMemory<byte> image);

    /// <summary>Takes the cartridge out.</summary>
    void Remove();
}
