using Attic.Abi.AtariXl;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlMachine;

/// <summary>
/// The MMU (CO61618) and, on a 130XE, the bank logic: what PIA port B lets appear where.
/// </summary>
/// <remarks>
/// Port B: bit 0 OS ROM on, bit 1 BASIC off, bits 2–3 bank, bit 4 the processor sees main memory (0: the bank), bit 5 the
/// same for ANTIC, bit 7 self test off. Source: 130XE owner's manual, appendix; Mapping the Atari XL/XE, $D301.
/// </remarks>
internal sealed class MemoryMap : IBytePortSink
{
    private const int MainRam = 0x10000;
    private const int BankSize = 0x4000;
    private const int OsSize = 0x4000;
    private const int BasicSize = 0x2000;

    private readonly BytePort _port;
    private readonly PagedMemory _memory;
    private readonly int _banks;
    private readonly int _os;
    private readonly int _basic;

    /// <summary>A map over fresh memory.</summary>
    /// <param name="memory">Holds main RAM, banks, OS and BASIC in this order.</param>
    /// <param name="banks">16 KB banks beyond 64 KB, 0 or 4 and more.</param>
    /// <param name="port">PIA's port B.</param>
    public MemoryMap(PagedMemory memory, int banks, BytePort port)
    {
        (_memory, _banks, _port) = (memory, banks, port);
        _os = MainRam + (banks * BankSize);
        _basic = _os + OsSize;
        port.Connect(this);
        Apply(port.Value);
    }

    /// <summary>Bytes that a machine with so many banks holds.</summary>
    public static int SizeFor(int banks) => MainRam + (banks * BankSize) + OsSize + BasicSize;

    /// <summary>Where the OS image lies.</summary>
    public Span<byte> Os => _memory.Bytes.AsSpan(_os, OsSize);

    /// <summary>Where BASIC's image lies.</summary>
    public Span<byte> Basic => _memory.Bytes.AsSpan(_basic, BasicSize);

    /// <summary>Main RAM and banks.</summary>
    public Span<byte> Ram => _memory.Bytes.AsSpan(0, _os);

    /// <inheritdoc/>
    public void OnPort(BytePort port, byte before, byte value, MasterCycles at) => Apply(value);

    /// <summary>Lays out the address space as the port says: after its state was changed from outside.</summary>
    public void Refresh() => Apply(_port.Value);

    /// <summary>Lays out the address space for a value of port B.</summary>
    public void Apply(byte portB)
    {
        for (int page = 0; page < 256; page++)
        {
            MapRam(page, page << 8);
        }

        if (_banks > 0)
        {
            MapBank(portB);
        }

        bool os = (portB & 0x01) != 0;
        if ((portB & 0x02) == 0)
        {
            MapRom(0xA0, 0xC0, _basic);
        }

        if (os)
        {
            MapRom(0xC0, 0xD0, _os);
            MapRom(0xD8, 0x100, _os + 0x1800);
        }

        // The self test is the part of the OS image that lies under the registers.
        if (os && (portB & 0x80) == 0 && (_banks == 0 || (portB & 0x10) != 0))
        {
            MapRom(0x50, 0x58, _os + 0x1000);
        }

        for (int page = 0xD0; page < 0xD8; page++)
        {
            _memory.ProcessorReads[page] = PagedMemory.Registers;
            _memory.ProcessorWrites[page] = PagedMemory.Registers;
            _memory.AnticReads[page] = PagedMemory.Registers;
        }
    }

    private void MapBank(byte portB)
    {
        int bank = MainRam + (((portB >> 2) & 3) % _banks * BankSize);
        for (int page = 0x40; page < 0x80; page++)
        {
            int offset = bank + ((page - 0x40) << 8);
            if ((portB & 0x10) == 0)
            {
                _memory.ProcessorReads[page] = offset;
                _memory.ProcessorWrites[page] = offset;
            }

            if ((portB & 0x20) == 0)
            {
                _memory.AnticReads[page] = offset;
            }
        }
    }

    private void MapRam(int page, int offset)
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
