using Attic.Abi.Buses;
using Attic.Abi.Cpu;
using Attic.Modules.Mos6502;

namespace Attic.Firmware.Xl.Tests.FloatingPoint;

/// <summary>A processor with 64 KB of RAM and the floating point package of a ROM, without a machine around it.</summary>
internal sealed class FloatingPointRom
{
    public const ushort Fr0 = 0xD4;
    public const ushort Fr1 = 0xE0;
    public const ushort Cix = 0xF2;
    public const ushort InBuff = 0xF3;
    public const ushort LBuff = 0x580;
    private const ushort Stub = 0x0200;
    private const int Patience = 1_000_000;
    private const byte Carry = 0x01;
    private const byte Decimal = 0x08;

    private readonly Board _board = new();
    private readonly IMos6502Cpu _cpu;

    /// <param name="os">A ROM of 16 KB, for $C000 to $FFFF.</param>
    public FloatingPointRom(byte[] os)
    {
        os.AsSpan(0x1800, 0x800).CopyTo(_board.Memory.AsSpan(0xD800));
        _cpu = new Mos6502Module().Create(new Bus(_board));
    }

    public Span<byte> Memory => _board.Memory;

    /// <summary>Cycles of the last call, with those of the JSR.</summary>
    public long Cycles { get; private set; }

    public byte[] Number => _board.Memory.AsSpan(Fr0, 6).ToArray();

    /// <summary>Calls a routine.</summary>
    /// <returns>Whether carry was set after it.</returns>
    public bool Call(ushort entry, byte a = 0, byte x = 0, byte y = 0)
    {
        ReadOnlySpan<byte> stub = [0x20, (byte)entry, (byte)(entry >> 8)];
        stub.CopyTo(_board.Memory.AsSpan(Stub));
        ref var registers = ref _cpu.Registers;
        (registers.Pc, registers.S, registers.A, registers.X, registers.Y) = (Stub, 0xFF, a, x, y);
        registers.P = 0x24;
        long before = _board.Accesses;
        for (int steps = 0; _cpu.Registers.Pc != Stub + 3; steps++)
        {
            Assert.True(steps < Patience, $"The routine at {entry:X4} does not end; it is at {_cpu.Registers.Pc:X4}.");
            _cpu.Step();
        }

        Cycles = _board.Accesses - before;
        Assert.Equal(0xFF, _cpu.Registers.S);
        Assert.Equal(0, _cpu.Registers.P & Decimal);
        return (_cpu.Registers.P & Carry) != 0;
    }

    /// <summary>AFP: a text's number.</summary>
    /// <returns>Whether there was one, and how many characters were taken.</returns>
    public (bool Found, int Taken) Parse(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            Memory[LBuff + index] = (byte)text[index];
        }

        Memory[LBuff + text.Length] = 0x9B;
        (Memory[InBuff], Memory[InBuff + 1], Memory[Cix]) = (LBuff & 0xFF, LBuff >> 8, 0);
        bool found = !Call(0xD800);
        return (found, Memory[Cix]);
    }

    /// <summary>FASC: FR0's text.</summary>
    public string Print()
    {
        Call(0xD8E6);
        int at = Memory[InBuff] | (Memory[InBuff + 1] << 8);
        var text = new System.Text.StringBuilder();
        for (; ; at++)
        {
            text.Append((char)(Memory[at] & 0x7F));
            if (Memory[at] >= 0x80)
            {
                return text.ToString();
            }

            Assert.True(text.Length < 20, $"No end: {text}");
        }
    }

    private sealed class Board
    {
        public byte[] Memory { get; } = new byte[0x10000];

        public long Accesses;
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
            if (address < 0xD800)
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
