using System.Runtime.CompilerServices;
using Attic.Abi.Buses;
using Attic.Abi.Cpu;
using Attic.Abi.State;

namespace Attic.Modules.Mos6502;

/// <summary>
/// The NMOS 6502 (Atari's 6502C "Sally" is the same core with a HALT input, which is the bus's business).
/// </summary>
/// <remarks>
/// <para>Every cycle is an access, dummy ones included, in the chip's order. An instruction is a function that makes its
/// accesses one after another; the bus lets time pass in each.</para>
/// <para>An instruction takes the interrupts that were latched before its last cycle began (<see cref="Poll"/>), with the
/// I flag as it was then: so CLI, SEI and PLP act one instruction late, unless RDY repeats their last cycle. A branch
/// polls at its operand and, when it crosses a page, again at its last cycle; a taken branch that stays in its page does
/// not poll again, which delays an interrupt by one instruction. Interrupt sequences don't poll: one instruction of a
/// handler always runs.</para>
/// <para>Sources: MCS6500 hardware manual; the visual6502 project's notes on interrupts and undocumented opcodes;
/// "NMOS 6510 Unintended Opcodes" (groepaz) for what the undocumented ones do on real chips.</para>
/// <para>Not modelled: the chip-to-chip variation of ANE and LXA (their constant is fixed, see <see cref="UnstableConstant"/>).</para>
/// </remarks>
/// <typeparam name="TBus">The machine's bus.</typeparam>
public sealed unsafe partial class Mos6502<TBus> : IMos6502Cpu
    where TBus : struct, IMos6502Bus
{
    /// <summary>What ANE and LXA OR into A: the value that most chips show when warm.</summary>
    internal const byte UnstableConstant = 0xEE;

    private const int Opcodes = 256;

    // A handler takes and gives the bus's clock, so that the clock stays in a register of the host; a quiet one is also told
    // where its opcode lies.
    private readonly delegate*<Mos6502<TBus>, int, int>* _handlers;
    private readonly delegate*<Mos6502<TBus>, int, int, int>* _quietHandlers;

    // What the pointers above point into.
    private readonly nint[] _tables = GC.AllocateArray<nint>(2 * Opcodes, pinned: true);
    private Mos6502Registers _r;
    private TBus _bus;

    /// <summary>A processor on <paramref name="bus"/>.</summary>
    public Mos6502(TBus bus)
    {
        _bus = bus;
        _handlers = (delegate*<Mos6502<TBus>, int, int>*)Unsafe.AsPointer(ref _tables[0]);
        _quietHandlers = (delegate*<Mos6502<TBus>, int, int, int>*)(_handlers + Opcodes);
        var exact = BuildHandlers();
        var quiet = BuildQuietHandlers();
        for (int opcode = 0; opcode < Opcodes; opcode++)
        {
            _handlers[opcode] = exact[opcode];
            _quietHandlers[opcode] = quiet[opcode];
        }

        _r.P = Flags.Unused | Flags.I;
    }

    /// <inheritdoc/>
    public ref Mos6502Registers Registers => ref _r;

    /// <inheritdoc/>
    public void Reset() => _r.Next = Mos6502Next.Reset;

    /// <inheritdoc/>
    public void Run(ref readonly bool stop)
    {
        int clock = _bus.Resume();
        while (!Volatile.Read(in stop))
        {
            clock = Next(clock);
        }

        _bus.Suspend(clock);
    }

    /// <inheritdoc/>
    public void Step() => _bus.Suspend(Next(_bus.Resume()));

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor) => visitor.Struct("registers", ref _r);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next(int clock)
    {
        _r.Ticks++;
        if (_r.Next != Mos6502Next.Instruction)
        {
            return StepAside(clock);
        }

        // Looking at an opcode in plain memory before its time changes nothing. All the instruction's bytes are to lie in its page.
        return TBus.TellsQuiet && (byte)_r.Pc <= LastWholeInstruction && _bus.PlainRead(_r.Pc) is var place and >= 0
            ? _quietHandlers[_bus.PeekAt(place)](this, clock, place)
            : Exact(this, clock);
    }

    // Not in line: the loop's own accesses would no longer be.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int StepAside(int clock)
    {
        switch (_r.Next)
        {
            case Mos6502Next.Interrupt:
                _bus.Fetch(ref clock, _r.Pc);
                _bus.Read(ref clock, _r.Pc);
                Interrupt(ref clock, 0);
                break;
            case Mos6502Next.Reset:
                ResetSequence(ref clock);
                break;
            default:
                _bus.Read(ref clock, 0xFFFF);
                break;
        }

        return clock;
    }

    // Pushes PC and P and takes the vector. An NMI that fell by the time the vector is chosen takes over whatever
    // sequence is running, BRK included.
    private void Interrupt(ref int clock, byte breakFlag)
    {
        Push(ref clock, (byte)(_r.Pc >> 8));
        Push(ref clock, (byte)_r.Pc);
        Push(ref clock, (byte)(_r.P | Flags.Unused | breakFlag));
        bool nmi = (_bus.SampleInterrupts() & InterruptInputs.Nmi) != 0;
        if (nmi)
        {
            _bus.AcknowledgeNmi();
        }

        ushort vector = nmi ? (ushort)0xFFFA : (ushort)0xFFFE;
        byte low = _bus.Read(ref clock, vector);
        if (!nmi)
        {
            _bus.HoldNmi();
        }

        _r.P |= Flags.I;
        _r.Pc = (ushort)(low | (_bus.Read(ref clock, (ushort)(vector + 1)) << 8));
        _r.Next = Mos6502Next.Instruction;
    }

    // The interrupt sequence with its writes turned into reads.
    private void ResetSequence(ref int clock)
    {
        _bus.Fetch(ref clock, _r.Pc);
        _bus.Read(ref clock, _r.Pc);
        for (int pushes = 0; pushes < 3; pushes++)
        {
            _bus.Read(ref clock, (ushort)(0x100 | _r.S--));
        }

        _r.P |= Flags.I | Flags.Unused;
        byte low = _bus.Read(ref clock, 0xFFFC);
        _r.Pc = (ushort)(low | (_bus.Read(ref clock, 0xFFFD) << 8));
        _r.Next = Mos6502Next.Instruction;
    }

    // After an instruction's last access: takes the interrupts that were latched before it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Poll()
    {
        var inputs = _bus.SampleInterrupts();
        if (inputs != InterruptInputs.None)
        {
            Recognise(inputs);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Recognise(InterruptInputs inputs)
    {
        bool irq = (inputs & InterruptInputs.Irq) != 0 && (_r.P & Flags.I) == 0;
        if (irq || (inputs & InterruptInputs.Nmi) != 0)
        {
            _r.Next = Mos6502Next.Interrupt;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Operand(ref int clock) => _bus.Read(ref clock, _r.Pc++);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(ref int clock, byte value) => _bus.Write(ref clock, (ushort)(0x100 | _r.S--), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Pull(ref int clock) => _bus.Read(ref clock, (ushort)(0x100 | ++_r.S));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetNZ(byte value) =>
        _r.P = (byte)((_r.P & ~(Flags.N | Flags.Z)) | (value & Flags.N) | (value == 0 ? Flags.Z : 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetFlag(byte flag, bool on) => _r.P = (byte)(on ? _r.P | flag : _r.P & ~flag);
}
