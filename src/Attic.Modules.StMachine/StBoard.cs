using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Attic.Abi.AtariSt;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.StMachine;

/// <summary>
/// The board between processor, memory and chips: address decoding with its privilege and bus errors, wait states,
/// interrupt acknowledge, and memory for DMA.
/// </summary>
/// <remarks>
/// <code>
/// 000000–000007  ROM (reads); supervisor only
/// 000008–0007FF  RAM, supervisor only
/// 000800–3FFFFF  RAM through the MMU's banks; no bus error where none is fitted
/// 400000–F9FFFF  bus error (E00000–EFFFFF: ROM, when the image is made for it)
/// FA0000–FBFFFF  cartridge, read only
/// FC0000–FEFFFF  ROM, read only
/// FF0000–FF7FFF  bus error
/// FF8000–FFFFFF  I/O, supervisor only: see IoMap
/// </code>
/// Wait states: RAM, MMU and Shifter begin on a multiple of four cycles; the DMA chip and MFP take 4 more, the sound
/// chip 1, the ACIAs wait for E (the processor clock by ten) and take 6 more; ROM takes none.
/// </remarks>
internal sealed unsafe class StBoard : IDmaMemory, IBytePortSink, IStateful
{
    /// <summary>The first address that user programs may touch.</summary>
    public const uint ProtectedEnd = 0x800;

    private const int CpuDivider = 4;
    private const int BusCycle = 4;
    private const uint RamAreaEnd = 0x400000;
    private const uint CartridgeStart = 0xFA0000;
    private const uint CartridgeSize = 0x20000;
    private const uint IoStart = 0xFF8000;
    private const ushort OpenBus = 0xFFFF;

    private readonly MemoryBanks _banks;
    private readonly RomImage _rom;
    private readonly BytePort _configuration;
    private readonly IWordDevice?[] _devices = new IWordDevice?[(int)IoDevice.AciaArea + 1];
    private IChip[] _chips = [];
    private IStVideo _video = null!;
    private IVectorSource? _vectors;
    private VideoFetchWindow _awaited = new();
    private InterruptLevel _level = new();
    private BoardState _state;

    public StBoard(MemoryBanks banks, RomImage rom, DeadlineSlots deadlines, Wiring wiring)
    {
        _banks = banks;
        _rom = rom;
        Deadlines = deadlines;
        Ram = GC.AllocateArray<byte>(banks.Size, pinned: true);
        RamBytes = (byte*)Unsafe.AsPointer(ref Ram[0]);
        RomBytes = (byte*)Unsafe.AsPointer(ref rom.Bytes[0]);
        RomStart = rom.Start;
        _configuration = wiring.Port(StPins.MemoryConfiguration, 0);
        _configuration.Connect(this);
        MapMemory();
    }

    /// <summary>Main memory; pinned.</summary>
    public byte[] Ram { get; }

    /// <summary>Main memory's first byte.</summary>
    public readonly byte* RamBytes;

    /// <summary>The ROM's first byte.</summary>
    public readonly byte* RomBytes;

    /// <summary>The ROM's first address.</summary>
    public readonly uint RomStart;

    /// <summary>Bytes of RAM from <see cref="ProtectedEnd"/> on that need no looking at; 0 when every access does.</summary>
    public uint FastRam;

    /// <summary>Bytes of ROM that need no looking at; 0 when every access does.</summary>
    public uint FastRom;

    /// <summary>The machine's deadlines.</summary>
    public DeadlineSlots Deadlines { get; }

    /// <summary>What is in the cartridge slot, or null.</summary>
    public byte[]? Cartridge { get; set; }

    /// <inheritdoc cref="IM68kBus.NextInterruptChange"/>
    public CpuCycles NextInterruptChange => CpuCycles.Ceiling(Deadlines.Next, CpuDivider) + -BusCycle;

    /// <summary>Plugs the chips in.</summary>
    public void Connect(IReadOnlyList<IChip> chips, IStVideo video)
    {
        _chips = [.. chips];
        _video = video;
        _awaited = video.FetchWindow;
        _level = video.Interrupts;
        _devices[(int)IoDevice.Glue] = video.Glue;
        _devices[(int)IoDevice.Mmu] = video.Mmu;
        _devices[(int)IoDevice.Shifter] = video.Shifter;
        foreach (var chip in chips)
        {
            Plug(chip);
        }
    }

    /// <summary>Whether the video has yet to fetch the byte or word at <paramref name="address"/> for the line being drawn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAwaited(uint address) => address - _awaited.Start < _awaited.Length;

    /// <summary>Lets all chips act whose deadline has come.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Dispatch(CpuCycles clock)
    {
        _state.Present = clock.Count * CpuDivider;
        Deadlines.Dispatch(new(_state.Present));
    }

    /// <inheritdoc cref="IM68kBus.SampleInterruptLevel"/>
    /// <remarks>
    /// Asked for at the start of an instruction's last bus cycle, the level counts that the cycle's end finds: so the
    /// interrupt positions of GLUE, measured by when programs see them, come out right.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SampleInterruptLevel(CpuCycles clock)
    {
        if (Deadlines.Next.Count <= (clock.Count + BusCycle) * CpuDivider)
        {
            Dispatch(clock + BusCycle);
        }

        return _level.Level;
    }

    /// <inheritdoc cref="IM68kBus.AcknowledgeInterrupt"/>
    public int AcknowledgeInterrupt(int level, ref CpuCycles clock)
    {
        if (level == 6)
        {
            Dispatch(clock);
            int vector = _vectors?.Acknowledge(clock.ToMaster(CpuDivider)) ?? -1;
            clock += 8;
            return vector < 0 ? 24 : vector;
        }

        WaitForE(ref clock);
        Dispatch(clock);
        _video.Acknowledge(level, clock.ToMaster(CpuDivider));
        clock += 6;
        return 24 + level;
    }

    /// <inheritdoc cref="IM68kBus.ResetDevices"/>
    public void ResetDevices(CpuCycles clock)
    {
        Dispatch(clock);
        foreach (var chip in _chips)
        {
            chip.Reset(ResetKind.Warm, clock.ToMaster(CpuDivider));
        }
    }

    /// <summary>A word from wherever the fast paths do not reach.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ushort ReadWord(uint address, FunctionCode function, ref CpuCycles clock)
    {
        Yield(ref clock);
        if (address >= IoStart)
        {
            return ReadIo(address, ByteLanes.Both, function, ref clock);
        }

        return (ushort)((ReadMemory(address, function, ref clock) << 8) | ReadMemory(address + 1, function, ref clock));
    }

    /// <summary>A byte from wherever the fast paths do not reach.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public byte ReadByte(uint address, FunctionCode function, ref CpuCycles clock)
    {
        Yield(ref clock);
        if (address < IoStart)
        {
            return ReadMemory(address, function, ref clock);
        }

        bool odd = (address & 1) != 0;
        ushort word = ReadIo(address & ~1u, odd ? ByteLanes.Lower : ByteLanes.Upper, function, ref clock);
        return (byte)(odd ? word : word >> 8);
    }

    /// <summary>A word to wherever the fast paths do not reach.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteWord(uint address, ushort value, FunctionCode function, ref CpuCycles clock)
    {
        Yield(ref clock);
        if (address >= IoStart)
        {
            WriteIo(address, value, ByteLanes.Both, function, ref clock);
            return;
        }

        WriteMemory(address, (byte)(value >> 8), function, ref clock);
        WriteMemory(address + 1, (byte)value, function, ref clock);
    }

    /// <summary>A byte to wherever the fast paths do not reach.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteByte(uint address, byte value, FunctionCode function, ref CpuCycles clock)
    {
        Yield(ref clock);
        if (address < IoStart)
        {
            WriteMemory(address, value, function, ref clock);
            return;
        }

        var lanes = (address & 1) != 0 ? ByteLanes.Lower : ByteLanes.Upper;
        WriteIo(address & ~1u, (ushort)(value * 0x0101), lanes, function, ref clock);
    }

    /// <summary>What is at an address, without side effects; bytes that nothing drives are ones.</summary>
    public byte Peek(uint address, MasterCycles at)
    {
        if (address >= IoStart)
        {
            var device = _devices[(int)IoMap.At(address).Device];
            ushort word = device?.Peek(address & ~1u, at) ?? OpenBus;
            return (byte)((address & 1) != 0 ? word : word >> 8);
        }

        return address < RamAreaEnd ? PeekRam(address) : PeekRom(address);
    }

    /// <summary>Changes a byte of RAM.</summary>
    /// <returns>False where there is none.</returns>
    public bool Poke(uint address, byte value)
    {
        uint index = address < RamAreaEnd ? _banks.Translate(address) : MemoryBanks.Nothing;
        if (index == MemoryBanks.Nothing)
        {
            return false;
        }

        Ram[index] = value;
        return true;
    }

    /// <summary>Whether an address is in the ROM's area.</summary>
    public bool IsRom(uint address) => address - RomStart < (uint)_rom.Bytes.Length;

    /// <inheritdoc/>
    public void OnPort(BytePort port, byte before, byte value, MasterCycles at)
    {
        _banks.Configure(value);
        MapMemory();
    }

    /// <inheritdoc/>
    ushort IDmaMemory.ReadWord(uint address)
    {
        uint index = _banks.Translate(address & 0x3F_FFFE);
        return index == MemoryBanks.Nothing ? OpenBus : BinaryPrimitives.ReadUInt16BigEndian(Ram.AsSpan((int)index));
    }

    /// <inheritdoc/>
    void IDmaMemory.WriteWord(uint address, ushort value)
    {
        uint index = _banks.Translate(address & 0x3F_FFFE);
        if (index == MemoryBanks.Nothing)
        {
            return;
        }

        if (IsAwaited(address))
        {
            _video.CatchUp(new(_state.Present));
        }

        BinaryPrimitives.WriteUInt16BigEndian(Ram.AsSpan((int)index), value);
    }

    /// <inheritdoc/>
    public void StealCpuCycles(int cycles)
    {
        _state.Stolen += cycles;
        MapMemory();
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("board", ref _state);
        visitor.Memory("ram", Ram);
        OnPort(_configuration, 0, _configuration.Value, default);
    }

    private void Plug(IChip chip)
    {
        if (chip is IVectorSource vectors)
        {
            _vectors = vectors;
        }

        if (chip is IWordDevice device && DeviceNamed(chip.Name) is var place && place != IoDevice.None)
        {
            _devices[(int)place] = device;
        }
    }

    private static IoDevice DeviceNamed(string chip) => chip switch
    {
        "dma" => IoDevice.Dma,
        "psg" => IoDevice.Psg,
        "mfp" => IoDevice.Mfp,
        "acia.keyboard" => IoDevice.KeyboardAcia,
        "acia.midi" => IoDevice.MidiAcia,
        _ => IoDevice.None,
    };

    // While a DMA transfer waits to take its share of the bus, no access takes a fast path.
    private void MapMemory()
    {
        bool plain = _state.Stolen == 0;
        FastRam = plain && _banks.LinearEnd > 0 ? _banks.LinearEnd - ProtectedEnd : 0;
        FastRom = plain ? (uint)_rom.Bytes.Length : 0;
    }

    private void Yield(ref CpuCycles clock)
    {
        if (_state.Stolen != 0)
        {
            clock += (int)_state.Stolen;
            _state.Stolen = 0;
            MapMemory();
        }
    }

    private byte ReadMemory(uint address, FunctionCode function, ref CpuCycles clock)
    {
        if (address < RamAreaEnd)
        {
            RequireSupervisor(address, function, write: false, clock);
            StBus.Align(ref clock);
            return address < 8 ? PeekRom(RomStart + address) : PeekRam(address);
        }

        if (IsRom(address) || address - CartridgeStart < CartridgeSize)
        {
            return PeekRom(address);
        }

        BusError.Throw(address, function, write: false, clock);
        return 0;
    }

    private void WriteMemory(uint address, byte value, FunctionCode function, ref CpuCycles clock)
    {
        RequireSupervisor(address, function, write: true, clock);
        if (address is < 8 or >= RamAreaEnd)
        {
            BusError.Throw(address, function, write: true, clock);
        }

        StBus.Align(ref clock);
        uint index = _banks.Translate(address);
        if (index == MemoryBanks.Nothing)
        {
            return;
        }

        if (IsAwaited(address))
        {
            _video.CatchUp(Transfer(clock));
        }

        Ram[index] = value;
    }

    private static void RequireSupervisor(uint address, FunctionCode function, bool write, CpuCycles clock)
    {
        if (address < ProtectedEnd && ((int)function & 4) == 0)
        {
            BusError.Throw(address, function, write, clock);
        }
    }

    private byte PeekRam(uint address)
    {
        if (address < 8)
        {
            return PeekRom(RomStart + address);
        }

        uint index = _banks.Translate(address);
        return index == MemoryBanks.Nothing ? (byte)0xFF : Ram[index];
    }

    private byte PeekRom(uint address)
    {
        if (IsRom(address))
        {
            return RomBytes[address - RomStart];
        }

        uint offset = address - CartridgeStart;
        return Cartridge is { } cartridge && offset < (uint)cartridge.Length ? cartridge[offset] : (byte)0xFF;
    }

    private ushort ReadIo(uint address, ByteLanes lanes, FunctionCode function, ref CpuCycles clock)
    {
        var device = SelectIo(address, lanes, function, write: false, ref clock);
        return device?.Read(address, lanes, Transfer(clock)) ?? OpenBus;
    }

    private void WriteIo(uint address, ushort value, ByteLanes lanes, FunctionCode function, ref CpuCycles clock)
    {
        var device = SelectIo(address, lanes, function, write: true, ref clock);
        device?.Write(address, value, lanes, Transfer(clock));
    }

    private IWordDevice? SelectIo(uint address, ByteLanes lanes, FunctionCode function, bool write, ref CpuCycles clock)
    {
        var slot = IoMap.At(address);
        var access = lanes switch
        {
            ByteLanes.Lower => IoAccess.OddByte,
            ByteLanes.Upper => IoAccess.EvenByte,
            _ => IoAccess.Word,
        };
        if (((int)function & 4) == 0 || (slot.Access & access) != access)
        {
            BusError.Throw(lanes == ByteLanes.Lower ? address + 1 : address, function, write, clock);
        }

        Wait(slot.Device, ref clock);
        SampleInterruptLevel(clock);
        return _devices[(int)slot.Device];
    }

    // The processor takes and gives data at the end of its bus cycle; chips count from there.
    private static MasterCycles Transfer(CpuCycles clock) => (clock + BusCycle).ToMaster(CpuDivider);

    private static void Wait(IoDevice device, ref CpuCycles clock)
    {
        switch (device)
        {
            case IoDevice.Mmu or IoDevice.Shifter:
                StBus.Align(ref clock);
                break;
            case IoDevice.Psg:
                clock += 1;
                break;
            case IoDevice.Mfp or IoDevice.Dma:
                clock += 4;
                break;
            case IoDevice.KeyboardAcia or IoDevice.MidiAcia or IoDevice.AciaArea:
                WaitForE(ref clock);
                clock += 6;
                break;
            default:
                break;
        }
    }

    // E is the processor clock by ten; VPA is seen at one point of it.
    private static void WaitForE(ref CpuCycles clock)
    {
        int phase = (int)(clock.Count % 10);
        clock += phase == 0 ? 0 : 10 - phase;
    }

    private struct BoardState
    {
        public long Present;
        public long Stolen;
    }
}
