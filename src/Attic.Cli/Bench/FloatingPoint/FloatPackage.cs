using Attic.Abi.Buses;
using Attic.Abi.Cpu;

namespace Attic.Cli.Bench.FloatingPoint;

/// <summary>A processor with 64 KB of RAM and a ROM, whose floating point package may call the rest of it, without a machine around it.</summary>
internal sealed class FloatPackage
{
    /// <summary>Where the first operand and the result lie.</summary>
    public const ushort Fr0 = 0xD4;

    /// <summary>Where the second operand lies.</summary>
    public const ushort Fr1 = 0xE0;

    private const ushort System = 0xC000;
    private const int SystemBytes = 0x4000;
    private const ushort Stub = 0x0200;
    private const byte FullStack = 0xFF;
    private const int Patience = 1_000_000;
    private const byte Carry = 0x01;
    private const byte Decimal = 0x08;

    private readonly Board _board = new();
    private readonly IMos6502Cpu _cpu;

    /// <summary>A package, ready to be called.</summary>
    /// <param name="processors">Makes the processor.</param>
    /// <param name="os">An XL's ROM, whose first 16 KB are for $C000 to $FFFF.</param>
    public FloatPackage(IMos6502CpuFactory processors, ReadOnlySpan<byte> os)
    {
        os[..SystemBytes].CopyTo(_board.Memory.AsSpan(System));
        _cpu = processors.Create(new Bus(_board));
    }

    /// <summary>All 64 KB.</summary>
    public Span<byte> Memory => _board.Memory;

    /// <summary>FR0.</summary>
    public ReadOnlySpan<byte> Number => _board.Memory.AsSpan(Fr0, PackedNumber.Bytes);

    /// <summary>Cycles of the last call, with those of the JSR.</summary>
    public long Cycles { get; private set; }

    /// <summary>Calls a routine.</summary>
    /// <returns>Whether carry was set after it.</returns>
    /// <exception cref="InvalidDataException">It does not return, or not with the stack and the decimal flag as a caller needs them.</exception>
    public bool Call(ushort entry, byte a = 0, byte x = 0, byte y = 0)
    {
        ReadOnlySpan<byte> stub = [0x20, (byte)entry, (byte)(entry >> 8)];
        stub.CopyTo(_board.Memory.AsSpan(Stub));
        ref var registers = ref _cpu.Registers;
        (registers.Pc, registers.S, registers.A, registers.X, registers.Y, registers.P) = (Stub, FullStack, a, x, y, 0x24);
        long before = _board.Accesses;
        for (int steps = 0; _cpu.Registers.Pc != Stub + stub.Length; steps++)
        {
            if (steps == Patience)
            {
                throw new InvalidDataException($"The routine at ${entry:X4} does not end; it is at ${_cpu.Registers.Pc:X4}.");
            }

            _cpu.Step();
        }

        Cycles = _board.Accesses - before;
        if (_cpu.Registers.S != FullStack || (_cpu.Registers.P & Decimal) != 0)
        {
            throw new InvalidDataException($"The routine at ${entry:X4} returns with S ${_cpu.Registers.S:X2} and flags ${_cpu.Registers.P:X2}.");
        }

        return (_cpu.Registers.P & Carry) != 0;
    }

    private sealed class Board
    {
        public long Accesses;

        public byte[] Memory { get; } = new byte[0x10000];
    }

    private readonly struct Bus(Board board) : IMos6502Bus
    {
        public static bool TellsQuiet => false;

        public int Resume() => 0;

        public void Suspend(int clock)
        {
            // The board counts its accesses itself.
        }

        public byte Read(ref int clock, ushort address)
        {
            board.Accesses++;
            return board.Memory[address];
        }

        public byte Fetch(ref int clock, ushort address) => Read(ref clock, address);

        public void ReadUncorrected(ref int clock, ushort address, ushort corrected) => board.Accesses++;

        public void Write(ref int clock, ushort address, byte value)
        {
            board.Accesses++;
            if (address < System)
            {
                board.Memory[address] = value;
            }
        }

        public InterruptInputs SampleInterrupts() => InterruptInputs.None;

        public void AcknowledgeNmi()
        {
            // There are no interrupts.
        }

        public void HoldNmi()
        {
            // There are no interrupts.
        }

        public bool Pass(ref int clock, int cycles) => false;

        public int PlainRead(ushort address) => -1;

        public int PlainWrite(ushort address) => -1;

        public byte PeekAt(int place) => throw new NotSupportedException("Each access is counted.");

        public void PokeAt(int place, byte value) => throw new NotSupportedException("Each access is counted.");
    }
}
