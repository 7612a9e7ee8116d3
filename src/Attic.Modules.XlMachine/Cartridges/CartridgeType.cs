namespace Attic.Modules.XlMachine.Cartridges;

/// <summary>
/// A kind of cartridge: pure functions over one number, the state of its latches. Called only when a program touches
/// $D500–$D5FF.
/// </summary>
/// <param name="Id">Its number in CAR files.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">Bytes of its image.</param>
/// <param name="Map">What appears for a state.</param>
internal sealed record CartridgeType(int Id, string Name, int Size, Func<int, CartridgeWindows> Map)
{
    /// <summary>The data argument of <see cref="Access"/> for a read.</summary>
    public const int Reading = -1;

    /// <summary>The state at power-on.</summary>
    public int Start { get; init; }

    /// <summary>The state after an access to $D500–$D5FF: state, low byte of the address, byte written or <see cref="Reading"/>.</summary>
    public Func<int, int, int, int> Access { get; init; } = static (state, _, _) => state;

    /// <summary>What a read of $D5xx gives: image, state, low byte of the address; null when nothing answers.</summary>
    public Func<byte[], int, int, byte>? Read { get; init; }

    /// <summary>Brings an image into the order in which <see cref="Map"/> addresses it, and appends what the board's logic makes of it.</summary>
    public Func<byte[], byte[]>? Prepare { get; init; }

    /// <summary>The flash chips that hold the image, one after another; null for a ROM.</summary>
    public FlashKind? Flash { get; init; }

    /// <summary>Whether writes reach the flash chips in a state.</summary>
    public Func<int, bool> WriteEnabled { get; init; } = static _ => true;

    /// <summary>Whether a second cartridge can be plugged into it.</summary>
    public bool HasSlot { get; init; }

    /// <summary>Whether the second cartridge appears in a state.</summary>
    public Func<int, bool> PassesThrough { get; init; } = static _ => false;

    /// <summary>Pages below $C000 whose accesses the cartridge listens to as well, with the address in the access: Bounty Bob.</summary>
    public IReadOnlyList<int> HotPages { get; init; } = [];

    /// <summary>The state after an access to a hot page: state and address.</summary>
    public Func<int, int, int> Touch { get; init; } = static (state, _) => state;
}
