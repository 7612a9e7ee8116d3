using Attic.Abi.Media;
using Attic.Abi.State;

namespace Attic.Modules.XlMachine.Cartridges;

/// <summary>A cartridge that is plugged in: its image, the state of its latches, its flash chips.</summary>
internal sealed class Cartridge
{
    private readonly ICartridgeMedium? _medium;
    private readonly FlashChip[] _chips = [];
    private byte[] _image;
    private int _state;
    private int _revision;

    /// <summary>Plugs a cartridge in.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="image">Its content, of the type's size.</param>
    /// <param name="medium">Where programmed content goes; null for one that is only read.</param>
    public Cartridge(CartridgeType type, byte[] image, ICartridgeMedium? medium = null)
    {
        (Type, _image) = (type, type.Prepare?.Invoke(image) ?? image);
        if (medium is not null && type.Flash is { } kind)
        {
            (_medium, _revision) = (medium, medium.Revision);
            _chips = [.. Enumerable.Range(0, type.Size / kind.Size).Select(chip => new FlashChip(kind, chip * kind.Size))];
        }

        PowerOn();
    }

    /// <summary>Its type.</summary>
    public CartridgeType Type { get; }

    /// <summary>Its content as <see cref="Windows"/> address it.</summary>
    public ReadOnlySpan<byte> Image => _image;

    /// <summary>What appears.</summary>
    public CartridgeWindows Windows { get; private set; }

    /// <summary>Whether it lets the cartridge behind it appear in its place.</summary>
    public bool PassesThrough => Type.PassesThrough(_state);

    /// <summary>Rises when what is read has changed although <see cref="Windows"/> have not.</summary>
    public int Changes { get; private set; }

    /// <summary>Pages whose accesses go to <see cref="Touch"/>: those that the type names, all while a chip identifies itself.</summary>
    public IReadOnlyList<int> HotPages { get; private set; } = [];

    private bool Identifies => Array.Exists(_chips, chip => chip.Identifies);

    /// <summary>The power comes on.</summary>
    public void PowerOn()
    {
        _state = Type.Start;
        foreach (var chip in _chips)
        {
            (chip.Step, chip.Identifies) = (FlashStep.Idle, false);
        }

        Look();
    }

    /// <summary>A read of $D500–$D5FF.</summary>
    public byte Read(byte low)
    {
        byte value = Peek(low);
        Enter(Type.Access(_state, low, CartridgeType.Reading));
        return value;
    }

    /// <summary>What a read of $D500–$D5FF would give.</summary>
    public byte Peek(byte low) => Type.Read?.Invoke(_image, _state, low) ?? 0xFF;

    /// <summary>A write to $D500–$D5FF.</summary>
    public void Write(byte low, byte value) => Enter(Type.Access(_state, low, value));

    /// <summary>An access to a page of <see cref="HotPages"/>; it may switch.</summary>
    public void Touch(ushort address) => Enter(Type.Touch(_state, address));

    /// <summary>A write to $8000–$BFFF: nothing to a ROM, a command or a byte to a flash chip.</summary>
    public void WriteWindow(ushort address, byte value)
    {
        int at = OffsetOf(address);
        if (_medium is null || at < 0 || !Type.WriteEnabled(_state))
        {
            return;
        }

        var chip = _chips[at / _chips[0].Size];
        bool identified = chip.Identifies;
        var written = chip.Write(at % chip.Size, value, _medium);
        if (!written.Equals(default))
        {
            _medium.Image[written].CopyTo(_image.AsSpan(written));
            Changes++;
        }

        if (chip.Identifies != identified)
        {
            Changes++;
            Look();
        }
    }

    /// <summary>A byte of $8000–$BFFF as the cartridge drives it.</summary>
    public byte PeekWindow(ushort address)
    {
        int at = OffsetOf(address);
        if (at >= 0 && _chips.Length > 0 && _chips[at / _chips[0].Size] is { Identifies: true } chip)
        {
            return chip.Code(at % chip.Size);
        }

        return at >= 0 ? _image[at] : (byte)0xFF;
    }

    /// <summary>Visits latches, chips and what was programmed.</summary>
    /// <param name="visitor">The visitor.</param>
    /// <param name="latches">The latches' name.</param>
    public void Visit(StateVisitor visitor, string latches)
    {
        visitor.Struct(latches, ref _state);
        if (_medium is not null)
        {
            VisitFlash(visitor, _medium);
        }

        Look();
    }

    private void VisitFlash(StateVisitor visitor, ICartridgeMedium medium)
    {
        foreach (var chip in _chips)
        {
            ushort state = (ushort)((byte)chip.Step | (chip.Identifies ? 0x100 : 0));
            visitor.Struct("flash", ref state);
            chip.Step = (FlashStep)Math.Min(state & 0xFF, (int)FlashStep.EraseUnlocked);
            chip.Identifies = (state & 0x100) != 0;
        }

        visitor.Part("content", medium);
        if (medium.Revision != _revision)
        {
            _revision = medium.Revision;
            medium.Image.CopyTo(_image);
            Changes++;
        }
    }

    private int OffsetOf(ushort address) =>
        Windows[(address >> 12) & 3] is >= 0 and var offset ? offset + (address & (CartridgeWindows.Part - 1)) : -1;

    private void Enter(int state)
    {
        if (state != _state)
        {
            _state = state;
            Look();
        }
    }

    private void Look()
    {
        var windows = Type.Map(_state);
        Windows = new(Confined(windows.At8), Confined(windows.At9), Confined(windows.AtA), Confined(windows.AtB));
        HotPages = !Identifies ? Type.HotPages : [.. Enumerable.Range(0x80, 0x40).Where(page => Windows[(page >> 4) & 3] >= 0)];
    }

    // A state file may say anything; what lies beyond the image is open.
    private int Confined(int offset) => (offset >= 0 && offset + CartridgeWindows.Part > _image.Length) || offset < CartridgeWindows.Open ? CartridgeWindows.Open : offset;
}
