using Attic.Abi.AtariXl;
using Attic.Abi.Time;
using Attic.Abi.Wires;
using Attic.Modules.XlMachine.Cartridges;

namespace Attic.Modules.XlMachine;

/// <summary>
/// The MMU (CO61618) and the bank logic of an expansion: what PIA port B and the cartridge let appear where.
/// </summary>
/// <remarks>
/// Port B: bit 0 OS ROM on, bit 1 BASIC off, bit 4 the processor sees main memory (0: a bank), bit 5 the same for ANTIC,
/// bit 7 self test off; <see cref="BankSelect"/> has the bank's bits. A bit that numbers a bank has its other meaning only
/// while no bank is seen. A cartridge is before BASIC and RAM. Sources: 130XE owner's manual, appendix; Mapping the Atari
/// XL/XE, $D301; Atari 800XL schematics (MMU, RD4 and RD5).
/// </remarks>
internal sealed class MemoryMap : IBytePortSink
{
    private const int MainRam = 0x10000;
    private const int BankSize = 0x4000;
    private const int OsSize = 0x4000;
    private const int BasicSize = 0x2000;
    private const int CartridgeSize = 0x4000;
    private const int CartridgePage = 0x80;
    private const int PagesOfPart = 0x10;

    private readonly BytePort _port;
    private readonly PagedMemory _memory;
    private readonly BankSelect _banks;
    private readonly CartridgeSlot _slot;
    private readonly Action _beforeChange;
    private readonly bool _watchesSio;
    private readonly int _os;
    private readonly int _basic;
    private readonly int _cartridge;
    private readonly int[] _copied = [CartridgeWindows.Off, CartridgeWindows.Off, CartridgeWindows.Off, CartridgeWindows.Off];
    private int _copiedFrom;

    /// <summary>A map over fresh memory.</summary>
    /// <param name="memory">Holds main RAM, banks, OS, BASIC and what is seen of the cartridge, in this order.</param>
    /// <param name="banks">The expansion.</param>
    /// <param name="port">PIA's port B.</param>
    /// <param name="slot">The cartridge slot.</param>
    /// <param name="beforeChange">Lets ANTIC fetch what it should have fetched, before its memory changes.</param>
    /// <param name="watchesSio">Whether the board reads the page of the OS's SIO vector.</param>
    public MemoryMap(PagedMemory memory, BankSelect banks, BytePort port, CartridgeSlot slot, Action beforeChange, bool watchesSio = false)
    {
        (_memory, _banks, _port, _slot, _beforeChange, _watchesSio) = (memory, banks, port, slot, beforeChange, watchesSio);
        _os = MainRam + (banks.Banks * BankSize);
        _basic = _os + OsSize;
        _cartridge = _basic + BasicSize;
        port.Connect(this);
        Apply(port.Value);
    }

    /// <summary>Bytes that a machine with such an expansion holds.</summary>
    public static int SizeFor(BankSelect banks) => MainRam + (banks.Banks * BankSize) + OsSize + BasicSize + CartridgeSize;

    /// <summary>Where the OS image lies.</summary>
    public Span<byte> Os => _memory.Bytes.AsSpan(_os, OsSize);

    /// <summary>The same as an offset into the memory.</summary>
    public int OsOffset => _os;

    /// <summary>Where BASIC's image lies.</summary>
    public Span<byte> Basic => _memory.Bytes.AsSpan(_basic, BasicSize);

    /// <summary>Main RAM and banks.</summary>
    public Span<byte> Ram => _memory.Bytes.AsSpan(0, _os);

    /// <inheritdoc/>
    public void OnPort(BytePort port, byte before, byte value, MasterCycles at)
    {
        _beforeChange();
        Apply(value);
    }

    /// <summary>The cartridge shows something else.</summary>
    public void OnCartridge()
    {
        _beforeChange();
        Apply(_port.Value);
    }

    /// <summary>Lays out the address space as port and cartridge say: after their state was changed from outside.</summary>
    public void Refresh() => Apply(_port.Value);

    /// <summary>What answers at a page that the processor reads: <c>chip_ram</c>, <c>bank_ram</c>, <c>rom.os</c>, <c>rom.basic</c>, <c>rom.cartridge</c>, or null.</summary>
    public string? RegionOf(int page)
    {
        int offset = _memory.ProcessorReads[page];
        return offset < 0 ? null
            : offset < MainRam ? "chip_ram"
            : offset < _os ? "bank_ram"
            : offset < _basic ? "rom.os"
            : offset < _cartridge ? "rom.basic" : "rom.cartridge";
    }

    /// <summary>Lays out the address space for a value of port B.</summary>
    private void Apply(byte portB)
    {
        MapMainRam();
        bool banked = _banks.Banks > 0 && (portB & 0x10) == 0;
        MapBanks(portB, banked);
        bool os = (portB & 0x01) != 0;
        if ((portB & 0x02) == 0 && !(banked && _banks.TakesBasicBit))
        {
            MapRom(0xA0, 0xC0, _basic);
        }

        if (os)
        {
            MapRom(0xC0, 0xD0, _os);
            MapRom(0xD8, 0x100, _os + 0x1800);
            if (_watchesSio)
            {
                _memory.ProcessorReads[FastSio.Page] = PagedMemory.Registers;
            }
        }

        // The self test is the part of the OS image that lies under the registers. Under a bank it is not seen.
        if (os && (portB & 0x80) == 0 && !banked)
        {
            MapRom(0x50, 0x58, _os + 0x1000);
        }

        MapCartridge();
        MapNothing(0xD0, 0xD8);
    }

    private void MapMainRam()
    {
        for (int page = 0; page < _banks.MainPages; page++)
        {
            Map(page, page << 8);
        }

        MapNothing(_banks.MainPages, 0x100);
    }

    private void MapBanks(byte portB, bool processor)
    {
        bool antic = _banks.AnticSwitch ? (portB & 0x20) == 0 : processor;
        if (!processor && !antic)
        {
            return;
        }

        int number = _banks.Number(portB);
        int bank = number < _banks.InMain ? number * BankSize : MainRam + ((number - _banks.InMain) * BankSize);
        for (int page = 0x40; page < 0x80; page++)
        {
            int offset = bank + ((page - 0x40) << 8);
            if (processor)
            {
                _memory.ProcessorReads[page] = offset;
                _memory.ProcessorWrites[page] = offset;
            }

            if (antic)
            {
                _memory.AnticReads[page] = offset;
            }
        }
    }

    // The slot's image may be larger than any window: what is seen of it is copied to where the page tables can point.
    private void MapCartridge()
    {
        var windows = _slot.Windows;
        if (!windows.Rd4 && !windows.Rd5)
        {
            return;
        }

        for (int part = 0; part < _copied.Length; part++)
        {
            int offset = windows[part];
            if (offset != CartridgeWindows.Off)
            {
                Copy(part, offset);
                MapRom(CartridgePage + (part * PagesOfPart), CartridgePage + ((part + 1) * PagesOfPart), _cartridge + (part * CartridgeWindows.Part));
            }
        }

        foreach (int page in _slot.HotPages)
        {
            _memory.ProcessorReads[page] = PagedMemory.Registers;
        }

        _copiedFrom = _slot.Generation;
    }

    private void Copy(int part, int offset)
    {
        if (_copied[part] == offset && _copiedFrom == _slot.Generation)
        {
            return;
        }

        _copied[part] = offset;
        var window = _memory.Bytes.AsSpan(_cartridge + (part * CartridgeWindows.Part), CartridgeWindows.Part);
        if (offset >= 0)
        {
            _slot.Image.Slice(offset, CartridgeWindows.Part).CopyTo(window);
        }
        else
        {
            window.Fill(0xFF);
        }
    }

    private void MapNothing(int first, int end)
    {
        for (int page = first; page < end; page++)
        {
            Map(page, PagedMemory.Registers);
        }
    }

    private void Map(int page, int offset)
    {
        _memory.ProcessorReads[page] = offset;
        _memory.ProcessorWrites[page] = offset;
        _memory.AnticReads[page] = offset;
    }

    private void MapRom(int first, int end, int offset)
    {
        for (int page = first; page < end; page++)
        {
            int at = offset + ((page - first) << 8);
            _memory.ProcessorReads[page] = at;
            _memory.ProcessorWrites[page] = PagedMemory.Registers;
            _memory.AnticReads[page] = at;
        }
    }
}
