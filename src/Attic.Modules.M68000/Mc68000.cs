using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Attic.Abi.Buses;
using Attic.Abi.Cpu;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;

namespace Attic.Modules.M68000;

/// <summary>
/// The Motorola MC68000, exact to the bus cycle.
/// </summary>
/// <remarks>
/// <para>Pins: A1–A23, D0–D15, AS, UDS, LDS, R/W, FC0–FC2 and DTACK are the calls of <typeparamref name="TBus"/>; BERR is
/// <see cref="BusError"/> thrown inside one; IPL0–IPL2, VPA and the vector are its interrupt members; RESET its
/// <see cref="IM68kBus.ResetDevices"/>. Not modelled: BR/BG/BGACK (a bus master takes time through wait states) and the
/// rerun of a cycle by BERR with HALT.</para>
/// <para>Prefetch: IRC holds the word after the instruction in IRD. An extension word is taken from IRC, which is then
/// filled again; the last prefetch of an instruction moves IRC to IRD. The interrupt level is sampled before it.</para>
/// <para>Sources: MC68000 User's Manual (exceptions §6, timing §8), M68000 Family Programmer's Reference Manual; order of
/// accesses, undefined flags and stacked program counters as measured on chips and in their microcode.</para>
/// <para>Dispatch: one table entry per opcode, each at first the decoder, which replaces itself by the handler
/// specialised for operation, size and addressing modes.</para>
/// </remarks>
internal sealed unsafe partial class Mc68000<TBus, TTrace> : IM68kCpu
    where TBus : struct, IM68kBus
    where TTrace : struct, IM68kTrace
{
    private readonly Handler[] _handlers;
    private M68kRegisters _r;
    private TBus _bus;
    private TTrace _trace;

    // The running slice ends here; pulled to the past when something wants a look between two instructions.
    private long _sliceEnd;

    // Trace, interrupt, STOP or halt may want something before the next instruction.
    private bool _attention;

    // For the stack frame if the present data access fails: all 32 bits of its address, and what is added to Pc.
    private uint _accessAddress;
    private sbyte _faultBias;

    private FunctionCode _dataFunction;
    private FunctionCode _programFunction;

    // The instruction that runs; kept for the trace only.
    private uint _instruction;

    // Exception processing, as opposed to an instruction: the I/N bit of a fault's frame.
    private bool _inException;

    public Mc68000(TBus bus, TTrace trace)
    {
        _bus = bus;
        _trace = trace;
        _handlers = new Handler[0x10000];
        _handlers.AsSpan().Fill(new(&DecodeAndRun));
    }

    public ref M68kRegisters Registers => ref _r;

    /// <summary>The instruction that comes next. STOP has not prefetched: there it lies one instruction further.</summary>
    private uint InstructionAddress => _r.RunState == M68kRunState.Stopped ? _r.Pc : _r.Pc - 4;

    public void Run(CpuCycles until)
    {
        Resume();
        while (_r.Clock < until)
        {
            try
            {
                RunSlice(until);
            }
            catch (BusError fault)
            {
                Fault(Vector.BusError, fault.Address, fault.Function, fault.Write, fault.Clock);
            }
            catch (AddressError fault)
            {
                Fault(Vector.AddressError, fault.Address, fault.Function, fault.Write, fault.Clock);
            }
        }
    }

    public void Step()
    {
        Resume();
        try
        {
            Attend(_r.Clock + 1);
        }
        catch (BusError fault)
        {
            Fault(Vector.BusError, fault.Address, fault.Function, fault.Write, fault.Clock);
        }
        catch (AddressError fault)
        {
            Fault(Vector.AddressError, fault.Address, fault.Function, fault.Write, fault.Clock);
        }
    }

    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _r);
        Resume();
    }

    /// <summary>Registers may have been changed from outside: look at everything again, keep what exists.</summary>
    private void Resume()
    {
        _r.Pc &= ~1u;
        _r.Sr &= (ushort)StatusRegister.Implemented;
        _r.SampledLevel &= 7;
        _r.PreviousLevel &= 7;
        if (_r.RunState > M68kRunState.Halted)
        {
            _r.RunState = M68kRunState.Halted;
        }

        SetFunctionCodes();
        _attention = true;
    }

    private void RunSlice(CpuCycles until)
    {
        while (_r.Clock < until)
        {
            if (_attention)
            {
                Attend(until);
                continue;
            }

            _sliceEnd = until.Count;
            var clock = _r.Clock;
            do
            {
                clock = Execute(clock);
            }
            while (clock.Count < _sliceEnd);

            _r.Clock = clock;
        }
    }

    /// <summary>One tick with all questions asked: trace, then interrupt, then the next instruction.</summary>
    private void Attend(CpuCycles until)
    {
        _attention = false;
        if (_r.RunState == M68kRunState.Halted)
        {
            Sleep(until);
        }
        else if (_r.TracePending != 0)
        {
            _attention = true;
            TraceException();
        }
        else if (InterruptDue)
        {
            _attention = true;
            Interrupt();
        }
        else if (_r.RunState == M68kRunState.Stopped)
        {
            Sleep(until);
        }
        else
        {
            bool traced = (_r.Sr & StatusRegister.Trace) != 0;
            _attention = traced;
            _r.TracePending = traced ? (byte)1 : (byte)0;
            _r.Clock = Execute(_r.Clock);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CpuCycles Execute(CpuCycles clock)
    {
        uint opcode = _r.Ird;
        if (typeof(TTrace) != typeof(NoTrace) && TTrace.Active)
        {
            _instruction = (_r.Pc - 4) & AddressMask;
            _trace.OnInstruction(_instruction, (ushort)opcode, clock);
        }

        _r.Ticks++;
        return Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_handlers), opcode).Code(this, opcode, clock);
    }

    /// <summary>STOP and HALT: quanta of four cycles, as many at once as nothing can happen in.</summary>
    private void Sleep(CpuCycles until)
    {
        _attention = true;
        bool stopped = _r.RunState == M68kRunState.Stopped;
        long end = stopped ? Math.Min(until.Count, _bus.NextInterruptChange.Count) : until.Count;
        long quanta = Math.Max(1, (end - _r.Clock.Count + 3) / 4);
        _r.Ticks += quanta;
        _r.Clock = new(_r.Clock.Count + (quanta * 4));
        if (stopped)
        {
            SampleInterrupts(_r.Clock);
        }
    }

    private void WantAttention()
    {
        _attention = true;
        _sliceEnd = long.MinValue;
    }
}
