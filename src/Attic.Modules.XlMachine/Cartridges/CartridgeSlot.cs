using Attic.Abi.AtariXl;
using Attic.Abi.State;

namespace Attic.Modules.XlMachine.Cartridges;

/// <summary>The cartridge slot: holds the image and the state of the cartridge's latches, and tells the map what appears.</summary>
/// <param name="changed">Called when what appears has changed; before anything is read through the map again.</param>
internal sealed class CartridgeSlot(Action changed) : IXlCartridgeSlot, IStateful
{
    private CartridgeType? _type;
    private byte[] _image = [];
    private int _state;
    private int _told;

    /// <summary>What answers at $D5xx while no cartridge is in.</summary>
    public ProgramPort? Programs { get; set; }

    /// <summary>What appears.</summary>
    public CartridgeWindows Windows { get; private set; } = CartridgeWindows.None;

    /// <summary>The image that <see cref="Windows"/> speaks of.</summary>
    public ReadOnlySpan<byte> Image => _image;

    /// <summary>Pages whose accesses go to <see cref="Touch"/>.</summary>
    public IReadOnlyList<int> HotPages => _type?.HotPages ?? [];

    /// <summary>Rises with each image, so that the map knows when its copy is stale.</summary>
    public int Generation { get; private set; }

    /// <inheritdoc/>
    public void Insert(int type, ReadOnlyMemory<byte> image)
    {
        var kind = CartridgeTypes.Of(type);
        if (image.Length != kind.Size)
        {
            throw new InvalidDataException($"A cartridge of type {type} ({kind.Name}) has {kind.Size} bytes, this image {image.Length}.");
        }

        byte[] bytes = image.ToArray();
        (_type, _image) = (kind, kind.Prepare?.Invoke(bytes) ?? bytes);
        Generation++;
        PowerOn();
    }

    /// <inheritdoc/>
    public void Remove()
    {
        (_type, _image) = (null, []);
        Generation++;
        PowerOn();
    }

    /// <summary>The power comes on: latches take their first state.</summary>
    public void PowerOn()
    {
        _state = _type?.Start ?? 0;
        Follow();
    }

    /// <summary>A read of $D500–$D5FF.</summary>
    public byte Read(ushort address)
    {
        if (_type is null)
        {
            return Programs?.Read((byte)address) ?? 0xFF;
        }

        byte value = Peek(address);
        Enter(_type.Access(_state, (byte)address, CartridgeType.Reading));
        return value;
    }

    /// <summary>What a read of $D500–$D5FF would give.</summary>
    public byte Peek(ushort address) =>
        (_type is null ? Programs?.Peek((byte)address) : _type.Read?.Invoke(_image, _state, (byte)address)) ?? 0xFF;

    /// <summary>A write to $D500–$D5FF.</summary>
    public void Write(ushort address, byte value)
    {
        if (_type is null)
        {
            Programs?.Write((byte)address);
            return;
        }

        Enter(_type.Access(_state, (byte)address, value));
    }

    /// <summary>An access to a page of <see cref="HotPages"/>: what is read there; it may switch.</summary>
    public byte Touch(ushort address)
    {
        byte value = PeekWindow(address);
        if (HotPages.Contains(address >> 8))
        {
            Enter(_type!.Touch(_state, address));
        }

        return value;
    }

    /// <summary>A byte of $8000–$BFFF as the cartridge drives it.</summary>
    public byte PeekWindow(ushort address)
    {
        int offset = Windows[(address >> 12) & 3];
        return offset >= 0 ? _image[offset + (address & (CartridgeWindows.Part - 1))] : (byte)0xFF;
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        // The machine lays out its memory anew after its state has changed.
        visitor.Struct("latches", ref _state);
        Look();
    }

    private void Enter(int state)
    {
        if (state != _state)
        {
            _state = state;
            Follow();
        }
    }

    private void Follow()
    {
        var before = Windows;
        Look();
        if (Windows != before || Generation != _told)
        {
            _told = Generation;
            changed();
        }
    }

    private void Look() => Windows = _type is null ? CartridgeWindows.None : Confined(_type.Map(_state));

    // A state file may say anything; what lies beyond the image is open.
    private CartridgeWindows Confined(CartridgeWindows windows) =>
        new(Confined(windows.At8), Confined(windows.At9), Confined(windows.AtA), Confined(windows.AtB));

    private int Confined(int offset) => (offset >= 0 && offset + CartridgeWindows.Part > _image.Length) || offset < CartridgeWindows.Open ? CartridgeWindows.Open : offset;
}
