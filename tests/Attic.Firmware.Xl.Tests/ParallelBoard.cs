using Attic.Abi.Buses;
using Attic.Abi.Cpu;
using Attic.Modules.Mos6502;

namespace Attic.Firmware.Xl.Tests;

/// <summary>
/// A processor, 64 KB, our OS and devices on the parallel bus, which the machine itself has none of: as much of an XL as the OS needs
/// to start. Nobody is on the serial bus, and frames are short, so that the OS does not wait for long.
/// </summary>
internal sealed class ParallelBoard
{
    private const int FrameCycles = 4000;
    private const int Patience = 3_000_000;
    private const ushort Select = 0xD1FF;
    private const ushort Clear = 0xD1FE;
    private const ushort Stub = 0x0600;
    private const byte NoInterrupts = 0x24;
    private const byte Interrupts = 0x20;

    private readonly byte[] _memory = new byte[0x10000];
    private readonly byte[] _rom = FirmwareTree.Os();
    private readonly Dictionary<byte, byte[]> _devices;
    private readonly IMos6502Cpu _cpu;
    private long _accesses;
    private byte _selected;
    private byte _portB = 0xFF;
    private byte _nmiEnable;
    private bool _nmi;

    /// <param name="devices">ROMs for $D800, each with its bit of $D1FF.</param>
    public ParallelBoard(params (byte Bit, byte[] Rom)[] devices)
    {
        _devices = devices.ToDictionary(device => device.Bit, device => device.Rom);
        _cpu = new Mos6502Module().Create(new Bus(this));
        ref var registers = ref _cpu.Registers;
        (registers.Pc, registers.S, registers.P) = ((ushort)(Read(0xFFFC) | (Read(0xFFFD) << 8)), 0xFF, NoInterrupts);
    }

    /// <summary>Bits of the devices that interrupt.</summary>
    public byte Interrupting { get; set; }

    /// <summary>The bit of the device whose ROM is at $D800; 0: floating point is.</summary>
    public byte Selected => _selected;

    /// <summary>All that is written to and read from.</summary>
    public Span<byte> Memory => _memory;

    /// <summary>Runs the OS from power-on to the self test, where it ends when there is nothing to start.</summary>
    public void Start()
    {
        // The boot screen runs at $5000 too, before PUPBT1 says that memory is warm.
        for (int steps = 0; _cpu.Registers.Pc is < 0x5000 or >= 0x5800 || Memory[0x33D] != 0x5C; steps++)
        {
            Assert.True(steps < 10 * Patience, $"The OS does not come to an end; it is at ${_cpu.Registers.Pc:X4}.");
            _cpu.Step();
        }

        // As the self test would not leave them.
        (_portB, _nmiEnable) = (0xFF, 0x40);
    }

    /// <summary>Calls a routine with registers, interrupts on.</summary>
    /// <returns>Registers after it.</returns>
    public Mos6502Registers Call(ushort address, byte a = 0, byte x = 0, byte y = 0)
    {
        ReadOnlySpan<byte> stub = [0x20, (byte)address, (byte)(address >> 8)];
        stub.CopyTo(_memory.AsSpan(Stub));
        ref var registers = ref _cpu.Registers;
        (registers.Pc, registers.S, registers.A, registers.X, registers.Y, registers.P) = (Stub, 0xFF, a, x, y, Interrupts);
        for (int steps = 0; _cpu.Registers.Pc != Stub + stub.Length || _cpu.Registers.S != 0xFF; steps++)
        {
            Assert.True(steps < Patience, $"${address:X4} does not end; it is at ${_cpu.Registers.Pc:X4}.");
            _cpu.Step();
        }

        return _cpu.Registers;
    }

    private byte Read(ushort address) => address switch
    {
        >= 0x5000 and < 0x5800 when (_portB & 0x80) == 0 => _rom[address - 0x4000],
        >= 0xD800 and < 0xE000 when _devices.TryGetValue(_selected, out byte[]? rom) => address - 0xD800 < rom.Length ? rom[address - 0xD800] : (byte)0xFF,
        >= 0xD800 or (>= 0xC000 and < 0xD000) => _rom[address - 0xC000],
        < 0xC000 => _memory[address],
        Select => Interrupting,
        0xD01F => 3, // OPTION is held: no BASIC
        0xD013 => 0, // no cartridge
        0xD014 => 0x0F, // NTSC
        0xD301 => _portB,
        0xD302 or 0xD303 => 0x3C,
        0xD40B => (byte)(_accesses / 228 % 131),
        0xD40F => 0x5F, // the vertical blank
        _ => 0xFF,
    };

    private void Write(ushort address, byte value)
    {
        switch (address)
        {
            case < 0xC000:
                _memory[address] = value;
                break;
            case Select:
                _selected = value;
                break;
            case Clear:
                Interrupting &= (byte)~value;
                break;
            case 0xD301:
                _portB = value;
                break;
            case 0xD40E:
                _nmiEnable = value;
                break;
            default:
                break; // sound and picture
        }
    }

    private void Count()
    {
        if (++_accesses % FrameCycles == 0 && (_nmiEnable & 0x40) != 0)
        {
            _nmi = true;
        }
    }

    private readonly struct Bus(ParallelBoard board) : IMos6502Bus
    {
        public static bool TellsQuiet => false;

        public int Resume() => 0;

        public void Suspend(int clock)
        {
            // The board counts its accesses itself.
        }

        public byte Read(ref int clock, ushort address)
        {
            board.Count();
            return board.Read(address);
        }

        public byte Fetch(ref int clock, ushort address) => Read(ref clock, address);

        public void ReadUncorrected(ref int clock, ushort address, ushort corrected) => board.Count();

        public void Write(ref int clock, ushort address, byte value)
        {
            board.Count();
            board.Write(address, value);
        }

        public InterruptInputs SampleInterrupts() =>
            (board._nmi ? InterruptInputs.Nmi : InterruptInputs.None) | (board.Interrupting != 0 ? InterruptInputs.Irq : InterruptInputs.None);

        public void AcknowledgeNmi() => board._nmi = false;

        public void HoldNmi()
        {
            // An NMI waits in the board's latch.
        }

        public bool Pass(ref int clock, int cycles) => false;

        public int PlainRead(ushort address) => -1;

        public int PlainWrite(ushort address) => -1;

        public byte PeekAt(int place) => 0;

        public void PokeAt(int place, byte value)
        {
            // Nothing lies at a place of its own.
        }
    }
}
