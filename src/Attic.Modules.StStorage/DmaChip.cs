using System.Runtime.InteropServices;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Modules;
using Attic.Abi.State;
using Attic.Abi.Time;

namespace Attic.Modules.StStorage;

/// <summary>The DMA chip's registers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DmaState
{
    /// <summary>Where the next burst goes or comes from; 22 bits, even. On the board it is the MMU that counts.</summary>
    public uint Address;

    /// <summary>The mode register.</summary>
    public ushort Mode;

    /// <summary>What was last on the data bus: register bits that do not exist read as it.</summary>
    public ushort LastWord;

    /// <summary>Bytes until the sector count falls by one.</summary>
    public ushort BytesLeft;

    /// <summary>The sector count register.</summary>
    public byte SectorCount;

    /// <summary>Bytes in the FIFO.</summary>
    public byte FifoCount;

    /// <summary>First byte in the FIFO.</summary>
    public byte FifoStart;

    /// <summary>A byte came or was asked for while the sector count was 0.</summary>
    public bool Error;

    /// <summary>Keeps the layout without padding.</summary>
    public ushort Unused;
}

/// <summary>
/// The ST's DMA chip: the way to the floppy controller's registers, and the transfer of its data to and from memory in
/// bursts of eight words.
/// </summary>
/// <remarks>
/// 0xFF8604 data (controller register or sector count), 0xFF8606 mode (write) and status (read), 0xFF8609, B, D address.
/// Mode: bits 1–2 register of the controller, 3 hard disk port, 4 sector count register, 6 DMA off, 7 data request of the
/// floppy controller, 8 to the disk. Changing bit 8 resets the chip. Status: bit 0 no error, 1 sector count not 0, 2 data
/// request. Two buffers of 16 bytes take turns: a read fills one and bursts it into memory, a write fetches ahead. No hard
/// disk is on the ACSI port: its registers read as ones and it never interrupts. A burst takes 32 processor cycles, the
/// arbitration around it is not modelled.
/// </remarks>
internal sealed class DmaChip : IChip, IWordDevice, IRegisterSource, IDataPort
{
    private const int BufferBytes = 16;
    private const int FifoBytes = 2 * BufferBytes;
    private const int BurstCpuCycles = 32;
    private const int SectorBytes = 512;
    private const uint AddressMask = 0x3F_FFFE;
    private const ushort HardDisk = 0x08;
    private const ushort CountRegister = 0x10;
    private const ushort Off = 0x40;
    private const ushort FloppyRequest = 0x80;
    private const ushort ToDisk = 0x100;

    private readonly IDmaMemory _memory;
    private readonly Wd1772 _fdc;
    private readonly byte[] _fifo = new byte[FifoBytes];
    private DmaState _s;

    public DmaChip(ChipContext context, Wd1772 fdc)
    {
        _memory = context.Memory;
        _fdc = fdc;
        Reset(ResetKind.Cold, MasterCycles.Zero);
    }

    /// <inheritdoc/>
    public string Name => "dma";

    /// <inheritdoc/>
    public bool TakesData => IsOn && (_s.Mode & ToDisk) == 0;

    /// <inheritdoc/>
    public bool GivesData => IsOn && (_s.Mode & ToDisk) != 0;

    /// <inheritdoc/>
    public int BytesToBurst => (_s.Mode & ToDisk) == 0
        ? BufferBytes - _s.FifoCount
        : Math.Max(_s.FifoCount - BufferBytes, 1);

    private bool IsOn => (_s.Mode & (Off | FloppyRequest)) == FloppyRequest;

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        uint address = kind == ResetKind.Cold ? 0 : _s.Address;
        Array.Clear(_fifo);
        _s = new() { Address = address, BytesLeft = SectorBytes };
    }

    /// <inheritdoc/>
    /// <remarks>The chip does nothing by itself: its transfers happen when the floppy controller asks.</remarks>
    public void CatchUp(MasterCycles now) => _fdc.CatchUp(now);

    /// <inheritdoc/>
    public ushort Read(uint address, ByteLanes lanes, MasterCycles at)
    {
        _fdc.CatchUp(at);
        if ((address & 0xE) == 0x4)
        {
            ushort value = (_s.Mode & (CountRegister | HardDisk)) == 0
                ? (ushort)((_s.LastWord & 0xFF00) | _fdc.ReadRegister(FdcRegister, at.Count))
                : Peek(address, at);
            _s.LastWord = value;
            return value;
        }

        return Peek(address, at);
    }

    /// <inheritdoc/>
    public ushort Peek(uint address, MasterCycles at)
    {
        switch (address & 0xE)
        {
            case 0x4:
                int low = (_s.Mode & CountRegister) != 0 ? _s.LastWord & 0xFF
                    : (_s.Mode & HardDisk) != 0 ? 0xFF
                    : _fdc.PeekRegister(FdcRegister, at.Count);
                return (ushort)((_s.LastWord & 0xFF00) | low);
            case 0x6:
                int status = (_s.Error ? 0 : 1) | (_s.SectorCount != 0 ? 2 : 0) | (_fdc.Request ? 4 : 0);
                return (ushort)((_s.LastWord & 0xFFF8) | status);
            case 0x8:
                return (ushort)(0xFF00 | (_s.Address >> 16));
            case 0xA:
                return (ushort)(0xFF00 | ((_s.Address >> 8) & 0xFF));
            case 0xC:
                return (ushort)(0xFF00 | (_s.Address & 0xFF));
            default:
                return 0xFFFF;
        }
    }

    /// <inheritdoc/>
    public void Write(uint address, ushort value, ByteLanes lanes, MasterCycles at)
    {
        _fdc.CatchUp(at);
        switch (address & 0xE)
        {
            case 0x4:
                _s.LastWord = value;
                WriteData((byte)value, at);
                break;
            case 0x6:
                WriteMode(value, at);
                break;
            case 0x8 when (lanes & ByteLanes.Lower) == ByteLanes.Lower:
                _s.Address = ((_s.Address & 0xFFFF) | ((uint)(byte)value << 16)) & AddressMask;
                break;
            case 0xA when (lanes & ByteLanes.Lower) == ByteLanes.Lower:
                WriteCounterByte(8, (byte)value);
                break;
            case 0xC when (lanes & ByteLanes.Lower) == ByteLanes.Lower:
                WriteCounterByte(0, (byte)value);
                break;
        }
    }

    /// <inheritdoc/>
    public void Take(byte value)
    {
        if (!CountByte())
        {
            return;
        }

        _fifo[_s.FifoCount++] = value;
        if (_s.FifoCount < BufferBytes)
        {
            return;
        }

        for (int at = 0; at < BufferBytes; at += 2)
        {
            _memory.WriteWord(_s.Address, (ushort)((_fifo[at] << 8) | _fifo[at + 1]));
            Advance();
        }

        _s.FifoCount = 0;
        _memory.StealCpuCycles(BurstCpuCycles);
    }

    /// <inheritdoc/>
    public byte Give()
    {
        int ahead = (_s.SectorCount * SectorBytes) - SectorBytes + _s.BytesLeft;
        while (_s.FifoCount <= BufferBytes && _s.FifoCount < ahead)
        {
            FetchBuffer();
        }

        if (!CountByte())
        {
            return 0;
        }

        byte value = _fifo[_s.FifoStart];
        _s.FifoStart = (byte)((_s.FifoStart + 1) % FifoBytes);
        _s.FifoCount--;
        return value;
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        registers.Add(new(Name, "address", _s.Address, 24));
        registers.Add(new(Name, "mode", _s.Mode, 16));
        registers.Add(new(Name, "sector_count", _s.SectorCount, 8));
        registers.Add(new(Name, "fifo_count", _s.FifoCount, 8));
        registers.Add(new(Name, "error", _s.Error ? 1u : 0u, 1));
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _s);
        visitor.Memory("fifo", _fifo);
        if (_s.FifoCount > FifoBytes || _s.FifoStart >= FifoBytes || _s.BytesLeft > SectorBytes)
        {
            throw new InvalidDataException("The state holds an impossible FIFO of the DMA chip.");
        }
    }

    // Bits 1 and 2 of the mode are the controller's A0 and A1.
    private int FdcRegister => (_s.Mode >> 1) & 3;

    private void WriteData(byte value, MasterCycles at)
    {
        if ((_s.Mode & CountRegister) != 0)
        {
            _s.SectorCount = value;
            _s.BytesLeft = SectorBytes;
            _fdc.PortChanged(at.Count);
        }
        else if ((_s.Mode & HardDisk) == 0)
        {
            _fdc.WriteRegister(FdcRegister, value, at.Count);
        }
    }

    private void WriteMode(ushort value, MasterCycles at)
    {
        if (((value ^ _s.Mode) & ToDisk) != 0)
        {
            _s.SectorCount = 0;
            _s.BytesLeft = SectorBytes;
            _s.FifoCount = 0;
            _s.FifoStart = 0;
            _s.Error = false;
        }

        _s.Mode = value;
        _fdc.PortChanged(at.Count);
    }

    // The address is a ripple counter: a byte whose top bit falls from 1 to 0 clocks the next one.
    // That is why it must be written from low to high.
    private void WriteCounterByte(int shift, byte value)
    {
        bool carry = ((_s.Address >> shift) & 0x80) != 0 && (value & 0x80) == 0;
        _s.Address = ((_s.Address & ~(0xFFu << shift)) | ((uint)value << shift)) & AddressMask;
        if (carry)
        {
            _s.Address = (_s.Address + (0x100u << shift)) & AddressMask;
        }
    }

    // Counts a byte of the sector; none may pass when the count is used up.
    private bool CountByte()
    {
        _s.Error = _s.SectorCount == 0;
        if (_s.Error)
        {
            return false;
        }

        if (--_s.BytesLeft == 0)
        {
            _s.BytesLeft = SectorBytes;
            _s.SectorCount--;
        }

        return true;
    }

    private void FetchBuffer()
    {
        for (int word = 0; word < BufferBytes / 2; word++)
        {
            ushort value = _memory.ReadWord(_s.Address);
            Advance();
            Put((byte)(value >> 8));
            Put((byte)value);
        }

        _memory.StealCpuCycles(BurstCpuCycles);
    }

    private void Put(byte value) => _fifo[(_s.FifoStart + _s.FifoCount++) % FifoBytes] = value;

    private void Advance() => _s.Address = (_s.Address + 2) & AddressMask;
}
