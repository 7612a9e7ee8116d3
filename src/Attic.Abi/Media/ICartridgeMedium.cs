using Attic.Abi.State;

namespace Attic.Abi.Media;

/// <summary>
/// A cartridge whose ROM can be programmed in the machine: the content of its flash chips. As state it is what differs from the content
/// at opening, as <see cref="IFloppyMedium"/> says of disks. Used by the machine's thread alone; making writes durable is the medium's
/// business, off that thread.
/// </summary>
public interface ICartridgeMedium : IStateful
{
    /// <summary>Name for messages: the file's name.</summary>
    string Name { get; }

    /// <summary>Whether it cannot be programmed.</summary>
    bool WriteProtected { get; }

    /// <summary>The content.</summary>
    ReadOnlySpan<byte> Image { get; }

    /// <summary>Rises with each change of the content that <see cref="Write"/> did not make: a state was loaded.</summary>
    int Revision { get; }

    /// <summary>Overwrites bytes.</summary>
    /// <param name="offset">The first of them.</param>
    /// <param name="bytes">What they become.</param>
    /// <returns>False when it is protected or they lie outside; nothing is changed then.</returns>
    bool Write(int offset, ReadOnlySpan<byte> bytes);
}
