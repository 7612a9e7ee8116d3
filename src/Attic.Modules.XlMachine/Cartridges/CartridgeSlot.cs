using Attic.Abi.AtariXl;
using Attic.Abi.Media;
using Attic.Abi.State;

namespace Attic.Modules.XlMachine.Cartridges;

/// <summary>The cartridge slot, with a second one in the back of cartridges that have it: tells the map what appears.</summary>
/// <param name="changed">Called when what appears has changed; before anything is read through the map again.</param>
internal sealed class CartridgeSlot(Action changed) : IXlCartridgeSlot, IStateful
{
    private Cartridge? _front;
    private Cartridge? _behind;
    private CartridgeWindows _windows = CartridgeWindows.None;
    private (Cartridge? Seen, int Changes) _content;

    /// <summary>What answers at $D5xx while no cartridge is in.</summary>
    public ProgramPort? Programs { get; set; }

    /// <summary>What appears.</summary>
    public CartridgeWindows Windows => Seen?.Windows ?? CartridgeWindows.None;

    /// <summary>The image that <see cref="Windows"/> speaks of.</summary>
    public ReadOnlySpan<byte> Image => Seen is { } seen ? seen.Image : [];

    /// <summary>Pages whose accesses go to <see cref="Touch"/>.</summary>
    public IReadOnlyList<int> HotPages => Seen?.HotPages ?? [];

    /// <summary>Rises with each other content that is seen, so that the map knows when its copy is stale.</summary>
    public int Generation { get; private set; }

    private bool PassesThrough => _front is { PassesThrough: true } && _behind is not null;

    private Cartridge? Seen => PassesThrough ? _behind : _front;

    /// <inheritdoc/>
    public void Insert(int type, ReadOnlyMemory<byte> image) => Plug(new(Checked(type, image.Length), image.ToArray()));

    /// <inheritdoc/>
    public void Insert(int type, ICartridgeMedium medium)
    {
        ArgumentNullException.ThrowIfNull(medium);
        Plug(new(Checked(type, medium.Image.Length), medium.Image.ToArray(), medium));
    }

    /// <inheritdoc/>
    public void InsertBehind(int type, ReadOnlyMemory<byte> image)
    {
        if (_front is not { Type.HasSlot: true })
        {
            throw new InvalidDataException("The cartridge in the slot has none of its own: a SpartaDOS X cartridge has.");
        }

        _behind = new(Checked(type, image.Length), image.ToArray());
        PowerOn();
    }

    /// <inheritdoc/>
    public void Remove() => Plug(null);

    /// <summary>The power comes on: latches take their first state.</summary>
    public void PowerOn()
    {
        _front?.PowerOn();
        _behind?.PowerOn();
        Follow();
    }

    /// <summary>A read of $D500–$D5FF. The cartridge behind hears it as well, whoever is seen.</summary>
    public byte Read(ushort address)
    {
        if (_front is null)
        {
            return Programs?.Read((byte)address) ?? 0xFF;
        }

        byte value = (byte)(_front.Read((byte)address) & (_behind?.Read((byte)address) ?? 0xFF));
        Follow();
        return value;
    }

    /// <summary>What a read of $D500–$D5FF would give.</summary>
    public byte Peek(ushort address) => _front is null
        ? Programs?.Peek((byte)address) ?? 0xFF
        : (byte)(_front.Peek((byte)address) & (_behind?.Peek((byte)address) ?? 0xFF));

    /// <summary>A write to $D500–$D5FF.</summary>
    public void Write(ushort address, byte value)
    {
        if (_front is null)
        {
            Programs?.Write((byte)address);
            return;
        }

        _front.Write((byte)address, value);
        _behind?.Write((byte)address, value);
        Follow();
    }

    /// <summary>A read of a page of <see cref="HotPages"/>: what is read there; it may switch.</summary>
    public byte Touch(ushort address)
    {
        byte value = PeekWindow(address);
        if (Seen is { } seen && HotPages.Contains(address >> 8))
        {
            seen.Touch(address);
            Follow();
        }

        return value;
    }

    /// <summary>A write to $8000–$BFFF.</summary>
    public void WriteWindow(ushort address, byte value)
    {
        if (Seen is not { } seen)
        {
            return;
        }

        if (HotPages.Contains(address >> 8))
        {
            seen.Touch(address);
        }

        seen.WriteWindow(address, value);
        Follow();
    }

    /// <summary>A byte of $8000–$BFFF as the cartridge drives it.</summary>
    public byte PeekWindow(ushort address) => Seen?.PeekWindow(address) ?? 0xFF;

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        // The machine lays out its memory anew after its state has changed.
        int none = 0;
        if (_front is { } front)
        {
            front.Visit(visitor, "latches");
        }
        else
        {
            visitor.Struct("latches", ref none);
        }

        _behind?.Visit(visitor, "behind");
        Look();
    }

    private static CartridgeType Checked(int type, int length)
    {
        var kind = CartridgeTypes.Of(type);
        return length == kind.Size
            ? kind
            : throw new InvalidDataException($"A cartridge of type {type} ({kind.Name}) has {kind.Size} bytes, this image {length}.");
    }

    // What was behind the cartridge goes with it.
    private void Plug(Cartridge? cartridge)
    {
        (_front, _behind) = (cartridge, null);
        PowerOn();
    }

    private void Follow()
    {
        if (Look())
        {
            changed();
        }
    }

    // Whether something else appears than before.
    private bool Look()
    {
        var content = (Seen, Seen?.Changes ?? 0);
        bool other = content != _content;
        Generation += other ? 1 : 0;
        bool moved = other || Windows != _windows;
        (_content, _windows) = (content, Windows);
        return moved;
    }
}
