using System.Runtime.CompilerServices;

namespace Attic.Modules.Mos6502;

/// <content>
/// The same instructions where nothing can come between: the bus says that no one else does anything in their cycles and that
/// they touch plain memory only, so the time is taken at once and dummy accesses, which nobody sees, are left out. What such an
/// instruction leaves behind is what the exact one would; whenever the bus is not sure, the exact one runs.
/// </content>
public sealed unsafe partial class Mos6502<TBus>
{
    // Operands of an instruction that begins later in a page may lie in the next.
    private const int LastWholeInstruction = 0xFD;

    private const int ZeroPageCycles = 3;
    private const int IndexedZeroPageCycles = 4;
    private const int AbsoluteCycles = 4;
    private const int IndexedCycles = 5;
    private const int IndirectCycles = 6;

    // An addressing mode's operand address in plain memory.
    private interface IQuietMode
    {
        /// <summary>Bytes of the instruction.</summary>
        static abstract int Length { get; }

        /// <summary>Whether the way to the address reads in the address's page.</summary>
        static abstract bool ReadsItsPage { get; }

        /// <summary>Cycles of an instruction that writes; one that reads and writes takes two more.</summary>
        static abstract int WriteCycles { get; }

        /// <summary>
        /// Finds the address; false when something on the way there is not plain memory.
        /// </summary>
        /// <param name="cpu">The processor, PC at the opcode.</param>
        /// <param name="place">Where the opcode lies.</param>
        /// <param name="onlyReads">Whether the instruction does nothing but read at the address.</param>
        /// <param name="address">The address.</param>
        /// <param name="saved">Cycles that an instruction which only reads saves.</param>
        static abstract bool TryFind(Mos6502<TBus> cpu, int place, bool onlyReads, out ushort address, out int saved);
    }

    // The exact instruction at PC.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Exact(Mos6502<TBus> cpu, int clock) => cpu._handlers[cpu._bus.Fetch(ref clock, cpu._r.Pc++)](cpu, clock);

    // What has no quiet way.
    private static int NeverQuiet(Mos6502<TBus> cpu, int clock, int place) => Exact(cpu, clock);

    private static int QuietImmediate<TOperation>(Mos6502<TBus> cpu, int clock, int place)
        where TOperation : struct, IReadOperation
    {
        if (!cpu._bus.Pass(ref clock, 2))
        {
            return Exact(cpu, clock);
        }

        byte value = cpu._bus.PeekAt(place + 1);
        cpu._r.Pc += 2;
        TOperation.Do(cpu, value);
        return clock;
    }

    private static int QuietRead<TMode, TOperation>(Mos6502<TBus> cpu, int clock, int place)
        where TMode : struct, IQuietMode
        where TOperation : struct, IReadOperation
    {
        if (!TMode.TryFind(cpu, place, onlyReads: true, out ushort address, out int saved))
        {
            return Exact(cpu, clock);
        }

        int from = cpu._bus.PlainRead(address);
        if (from < 0)
        {
            return ReadDevice<TMode, TOperation>(cpu, clock, address, TMode.WriteCycles - saved - 1);
        }

        if (!cpu._bus.Pass(ref clock, TMode.WriteCycles - saved))
        {
            return Exact(cpu, clock);
        }

        cpu._r.Pc += (ushort)TMode.Length;
        TOperation.Do(cpu, cpu._bus.PeekAt(from));
        return clock;
    }

    // An operand that is no plain memory is read by the exact access, in its cycle; what leads there passes at once.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadDevice<TMode, TOperation>(Mos6502<TBus> cpu, int clock, ushort address, int cyclesBefore)
        where TMode : struct, IQuietMode
        where TOperation : struct, IReadOperation
    {
        if (TMode.ReadsItsPage || !cpu._bus.Pass(ref clock, cyclesBefore))
        {
            return Exact(cpu, clock);
        }

        cpu._r.Pc += (ushort)TMode.Length;
        TOperation.Do(cpu, cpu.LastRead(ref clock, address));
        return clock;
    }

    private static int QuietWrite<TMode, TOperation>(Mos6502<TBus> cpu, int clock, int place)
        where TMode : struct, IQuietMode
        where TOperation : struct, IWriteOperation
    {
        if (!TMode.TryFind(cpu, place, onlyReads: false, out ushort address, out _))
        {
            return Exact(cpu, clock);
        }

        int to = cpu._bus.PlainWrite(address);
        if (to < 0)
        {
            return WriteDevice<TMode, TOperation>(cpu, clock, address);
        }

        if (!cpu._bus.Pass(ref clock, TMode.WriteCycles))
        {
            return Exact(cpu, clock);
        }

        cpu._r.Pc += (ushort)TMode.Length;
        cpu._bus.PokeAt(to, TOperation.Value(cpu));
        return clock;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteDevice<TMode, TOperation>(Mos6502<TBus> cpu, int clock, ushort address)
        where TMode : struct, IQuietMode
        where TOperation : struct, IWriteOperation
    {
        if (TMode.ReadsItsPage || !cpu._bus.Pass(ref clock, TMode.WriteCycles - 1))
        {
            return Exact(cpu, clock);
        }

        cpu._r.Pc += (ushort)TMode.Length;
        cpu._bus.Write(ref clock, address, TOperation.Value(cpu));
        cpu.Poll();
        return clock;
    }

    private static int QuietModify<TMode, TOperation>(Mos6502<TBus> cpu, int clock, int place)
        where TMode : struct, IQuietMode
        where TOperation : struct, IModifyOperation
    {
        if (TMode.TryFind(cpu, place, onlyReads: false, out ushort address, out _)
            && cpu._bus.PlainRead(address) is var from and >= 0
            && cpu._bus.PlainWrite(address) is var to and >= 0
            && cpu._bus.Pass(ref clock, TMode.WriteCycles + 2))
        {
            cpu._r.Pc += (ushort)TMode.Length;
            cpu._bus.PokeAt(to, TOperation.Do(cpu, cpu._bus.PeekAt(from)));
            return clock;
        }

        return Exact(cpu, clock);
    }

    private static int QuietAccumulator<TOperation>(Mos6502<TBus> cpu, int clock, int place)
        where TOperation : struct, IModifyOperation
    {
        if (!cpu._bus.Pass(ref clock, 2))
        {
            return Exact(cpu, clock);
        }

        cpu._r.Pc++;
        cpu._r.A = TOperation.Do(cpu, cpu._r.A);
        return clock;
    }

    private static int QuietImplied<TOperation>(Mos6502<TBus> cpu, int clock, int place)
        where TOperation : struct, IImplied
    {
        if (!cpu._bus.Pass(ref clock, 2))
        {
            return Exact(cpu, clock);
        }

        cpu._r.Pc++;
        TOperation.Do(cpu);
        return clock;
    }

    private static int QuietBranch<TFlag, TTaken>(Mos6502<TBus> cpu, int clock, int place)
        where TFlag : struct, IConstant
        where TTaken : struct, IConstant
    {
        ushort next = (ushort)(cpu._r.Pc + 2);
        ushort target = next;
        int cycles = 2;
        if (((cpu._r.P & TFlag.Value) != 0) == (TTaken.Value != 0))
        {
            target = (ushort)(next + (sbyte)cpu._bus.PeekAt(place + 1));
            cycles = ((next ^ target) & 0xFF00) == 0 ? 3 : 4;
        }

        if (!cpu._bus.Pass(ref clock, cycles))
        {
            return Exact(cpu, clock);
        }

        cpu._r.Pc = target;
        return clock;
    }

    private static int QuietJump(Mos6502<TBus> cpu, int clock, int place)
    {
        if (!cpu._bus.Pass(ref clock, 3))
        {
            return Exact(cpu, clock);
        }

        cpu._r.Pc = cpu.WordAt(place + 1);
        return clock;
    }

    // The target's high byte is read after the return address is pushed, which may overwrite it.
    private static int QuietJsr(Mos6502<TBus> cpu, int clock, int place)
    {
        if (cpu.StackPlace(0) is var high and >= 0
            && cpu.StackPlace(-1) is var low and >= 0
            && cpu._bus.Pass(ref clock, 6))
        {
            byte targetLow = cpu._bus.PeekAt(place + 1);
            ushort last = (ushort)(cpu._r.Pc + 2);
            cpu._bus.PokeAt(high, (byte)(last >> 8));
            cpu._bus.PokeAt(low, (byte)last);
            cpu._r.S -= 2;
            cpu._r.Pc = (ushort)(targetLow | (cpu._bus.PeekAt(place + 2) << 8));
            return clock;
        }

        return Exact(cpu, clock);
    }

    private static int QuietRts(Mos6502<TBus> cpu, int clock, int place)
    {
        if (cpu._bus.PlainRead(0x100) is var stack and >= 0)
        {
            int low = cpu._bus.PeekAt(stack + (byte)(cpu._r.S + 1));
            ushort last = (ushort)(low | (cpu._bus.PeekAt(stack + (byte)(cpu._r.S + 2)) << 8));
            if (cpu._bus.PlainRead(last) >= 0 && cpu._bus.Pass(ref clock, 6))
            {
                cpu._r.S += 2;
                cpu._r.Pc = (ushort)(last + 1);
                return clock;
            }
        }

        return Exact(cpu, clock);
    }

    private static int QuietPha(Mos6502<TBus> cpu, int clock, int place)
    {
        if (cpu.StackPlace(0) is var top and >= 0 && cpu._bus.Pass(ref clock, 3))
        {
            cpu._bus.PokeAt(top, cpu._r.A);
            cpu._r.S--;
            cpu._r.Pc++;
            return clock;
        }

        return Exact(cpu, clock);
    }

    private static int QuietPla(Mos6502<TBus> cpu, int clock, int place)
    {
        if (cpu._bus.PlainRead(0x100) is var stack and >= 0 && cpu._bus.Pass(ref clock, 4))
        {
            cpu._r.Pc++;
            cpu.SetNZ(cpu._r.A = cpu._bus.PeekAt(stack + ++cpu._r.S));
            return clock;
        }

        return Exact(cpu, clock);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort WordAt(int place) => (ushort)(_bus.PeekAt(place) | (_bus.PeekAt(place + 1) << 8));

    // Where a push goes, below the top of the stack.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int StackPlace(int below) => _bus.PlainWrite((ushort)(0x100 | (byte)(_r.S + below)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryPointer(byte pointer, out ushort address)
    {
        int page = _bus.PlainRead(0);
        address = page < 0 ? (ushort)0 : (ushort)(_bus.PeekAt(page + pointer) | (_bus.PeekAt(page + (byte)(pointer + 1)) << 8));
        return page >= 0;
    }

    // A carry into the high byte costs the cycle that a write always takes, with a read from the address without it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryIndex(ushort start, byte index, bool onlyReads, out ushort address, out int saved)
    {
        address = (ushort)(start + index);
        saved = ((start ^ address) & 0xFF00) == 0 ? 1 : 0;
        return (onlyReads && saved != 0) || _bus.PlainRead(start) >= 0;
    }

    private readonly struct QuietZeroPage : IQuietMode
    {
        public static int Length => 2;

        public static bool ReadsItsPage => false;

        public static int WriteCycles => ZeroPageCycles;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryFind(Mos6502<TBus> cpu, int place, bool onlyReads, out ushort address, out int saved)
        {
            (address, saved) = (cpu._bus.PeekAt(place + 1), 0);
            return true;
        }
    }

    private readonly struct QuietZeroPageX : IQuietMode
    {
        public static int Length => 2;

        public static bool ReadsItsPage => true;

        public static int WriteCycles => IndexedZeroPageCycles;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryFind(Mos6502<TBus> cpu, int place, bool onlyReads, out ushort address, out int saved)
        {
            (address, saved) = ((byte)(cpu._bus.PeekAt(place + 1) + cpu._r.X), 0);
            return true;
        }
    }

    private readonly struct QuietZeroPageY : IQuietMode
    {
        public static int Length => 2;

        public static bool ReadsItsPage => true;

        public static int WriteCycles => IndexedZeroPageCycles;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryFind(Mos6502<TBus> cpu, int place, bool onlyReads, out ushort address, out int saved)
        {
            (address, saved) = ((byte)(cpu._bus.PeekAt(place + 1) + cpu._r.Y), 0);
            return true;
        }
    }

    private readonly struct QuietAbsolute : IQuietMode
    {
        public static int Length => 3;

        public static bool ReadsItsPage => false;

        public static int WriteCycles => AbsoluteCycles;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryFind(Mos6502<TBus> cpu, int place, bool onlyReads, out ushort address, out int saved)
        {
            (address, saved) = (cpu.WordAt(place + 1), 0);
            return true;
        }
    }

    private readonly struct QuietAbsoluteX : IQuietMode
    {
        public static int Length => 3;

        public static bool ReadsItsPage => false;

        public static int WriteCycles => IndexedCycles;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryFind(Mos6502<TBus> cpu, int place, bool onlyReads, out ushort address, out int saved) =>
            cpu.TryIndex(cpu.WordAt(place + 1), cpu._r.X, onlyReads, out address, out saved);
    }

    private readonly struct QuietAbsoluteY : IQuietMode
    {
        public static int Length => 3;

        public static bool ReadsItsPage => false;

        public static int WriteCycles => IndexedCycles;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryFind(Mos6502<TBus> cpu, int place, bool onlyReads, out ushort address, out int saved) =>
            cpu.TryIndex(cpu.WordAt(place + 1), cpu._r.Y, onlyReads, out address, out saved);
    }

    private readonly struct QuietIndirectX : IQuietMode
    {
        public static int Length => 2;

        public static bool ReadsItsPage => false;

        public static int WriteCycles => IndirectCycles;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryFind(Mos6502<TBus> cpu, int place, bool onlyReads, out ushort address, out int saved)
        {
            saved = 0;
            return cpu.TryPointer((byte)(cpu._bus.PeekAt(place + 1) + cpu._r.X), out address);
        }
    }

    private readonly struct QuietIndirectY : IQuietMode
    {
        public static int Length => 2;

        public static bool ReadsItsPage => false;

        public static int WriteCycles => IndirectCycles;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryFind(Mos6502<TBus> cpu, int place, bool onlyReads, out ushort address, out int saved)
        {
            saved = 0;
            address = 0;
            return cpu.TryPointer(cpu._bus.PeekAt(place + 1), out ushort start) && cpu.TryIndex(start, cpu._r.Y, onlyReads, out address, out saved);
        }
    }
}
