using System.Runtime.CompilerServices;
using Attic.Abi.Buses;
using Attic.Abi.Cpu;
using Attic.Abi.Time;
using Attic.Abi.Trace;

namespace Attic.Modules.M68000;

/// <content>Exception processing (MC68000 UM §6).</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    private bool InterruptDue =>
        _r.SampledLevel > ((_r.Sr >> 8) & 7) || (_r.SampledLevel == 7 && _r.PreviousLevel != 7);

    public void Reset()
    {
        Resume();
        _r.RunState = M68kRunState.Running;
        _r.TracePending = 0;
        _inException = true;
        SetSr(StatusRegister.Supervisor | StatusRegister.MaskField);
        _r.Ticks++;
        var t = Begin(_r.Clock);
        try
        {
            Idle(ref t, 14);
            A(7) = ReadResetLong(ref t, 0);
            uint start = ReadResetLong(ref t, 4);
            FetchTarget(ref t, start, 0);
            Idle(ref t, 2);
            FinishJump(ref t, start);
            _inException = false;
        }
        catch (BusError error)
        {
            t.Clock = error.Clock + BusCycle;
            Halt();
        }
        catch (AddressError error)
        {
            t.Clock = error.Clock + BusCycle;
            Halt();
        }

        _r.Clock = t.Clock;
    }

    // The reset vector, alone among the vectors, is read from program space.
    private uint ReadResetLong(ref Cursor t, uint address)
    {
        uint high = BusReadWord(ref t, address, FunctionCode.SupervisorProgram);
        return (high << 16) | BusReadWord(ref t, address + 2, FunctionCode.SupervisorProgram);
    }

    private void SetSr(uint value)
    {
        value &= StatusRegister.Implemented;
        if (((value ^ _r.Sr) & StatusRegister.Supervisor) != 0)
        {
            (A(7), _r.InactiveStackPointer) = (_r.InactiveStackPointer, A(7));
        }

        _r.Sr = (ushort)value;
        SetFunctionCodes();
        WantAttention();
    }

    private void SetCcr(uint value) => _r.Sr = (ushort)((_r.Sr & 0xFF00u) | (value & 0x1F));

    /// <summary>Enters the supervisor for an exception.</summary>
    /// <returns>The status register to be stacked.</returns>
    private uint BeginException(int vector, uint address, CpuCycles clock)
    {
        if (TTrace.Active)
        {
            _trace.OnException(vector, address & AddressMask, clock);
        }

        _inException = true;
        uint sr = _r.Sr;
        SetSr((sr | StatusRegister.Supervisor) & ~StatusRegister.Trace);
        return sr;
    }

    private void EnterHandler(ref Cursor t, int vector)
    {
        uint handler = Read<LongSize>(ref t, (uint)vector * 4, DataSpace, 0);
        FetchTarget(ref t, handler, 0);
        Idle(ref t, 2);
        FinishJump(ref t, handler);
        _inException = false;
    }

    /// <summary>
    /// An exception that an instruction raises (TRAP, CHK, division by zero, TRAPV), with the three-word frame of groups
    /// 1 and 2 in the chip's order: PC low, SR, PC high.
    /// </summary>
    /// <param name="vector">Its vector.</param>
    /// <param name="pc">The address to return to.</param>
    /// <param name="clock">Now.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private CpuCycles RaiseException(int vector, uint pc, CpuCycles clock)
    {
        var t = Begin(clock);
        uint sr = BeginException(vector, vector == Vector.Trace ? pc : _instruction, clock);
        uint top = A(7);
        A(7) = top - 6;
        WriteWord(ref t, top - 2, pc, 0);
        WriteWord(ref t, top - 6, sr, 0);
        WriteWord(ref t, top - 4, pc >> 16, 0);
        EnterHandler(ref t, vector);
        return t.Clock;
    }

    /// <summary>An instruction that is not carried out: illegal, unimplemented or privileged. It is not traced.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private CpuCycles RefuseInstruction(int vector, CpuCycles clock)
    {
        _r.TracePending = 0;
        return RaiseException(vector, _r.Pc - 4, clock + 4);
    }

    private CpuCycles RefusePrivilege(CpuCycles clock) => RefuseInstruction(Vector.PrivilegeViolation, clock);

    private bool IsSupervisor => (_r.Sr & StatusRegister.Supervisor) != 0;

    private void TraceException()
    {
        _r.Ticks++;
        _r.TracePending = 0;
        uint pc = InstructionAddress;
        _r.RunState = M68kRunState.Running;
        _r.Clock = RaiseException(Vector.Trace, pc, _r.Clock + 4);
    }

    /// <summary>44 cycles and the waits of the acknowledge; PC low is stacked before it, the rest after.</summary>
    private void Interrupt()
    {
        _r.Ticks++;
        int level = _r.SampledLevel;
        uint pc = InstructionAddress;
        _r.RunState = M68kRunState.Running;
        _r.PreviousLevel = (byte)level;
        _inException = true;
        uint sr = _r.Sr;
        SetSr((sr & ~(StatusRegister.Trace | StatusRegister.MaskField)) | StatusRegister.Supervisor | ((uint)level << 8));
        var t = Begin(_r.Clock);
        Idle(ref t, 6);
        uint top = A(7);
        A(7) = top - 6;
        WriteWord(ref t, top - 2, pc, 0);
        int vector = Acknowledge(ref t, level);
        if (TTrace.Active)
        {
            _trace.OnException(vector, pc & AddressMask, t.Clock);
        }

        Idle(ref t, 4);
        WriteWord(ref t, top - 6, sr, 0);
        WriteWord(ref t, top - 4, pc >> 16, 0);
        EnterHandler(ref t, vector);
        _r.Clock = t.Clock;
    }

    private int Acknowledge(ref Cursor t, int level)
    {
        var clock = t.Clock;
        int vector = _bus.AcknowledgeInterrupt(level, ref clock) & 0xFF;
        if (TTrace.Active)
        {
            uint address = 0xFF_FFF1 | ((uint)level << 1);
            int waits = (int)(clock - t.Clock).Count;
            _trace.OnBus(new(
                BusAccessKind.InterruptAcknowledge, FunctionCode.InterruptAcknowledge, ByteLanes.Lower, address, (ushort)vector, t.Clock, waits));
        }

        t.Clock = clock + BusCycle;
        return vector;
    }

    /// <summary>A bus or address error. A second one on the way to its handler halts the processor.</summary>
    private void Fault(int vector, uint address, FunctionCode function, bool write, CpuCycles clock)
    {
        try
        {
            _r.Clock = EnterFault(vector, address, function, write, clock);
        }
        catch (BusError error)
        {
            _r.Clock = error.Clock + BusCycle;
            Halt();
        }
        catch (AddressError error)
        {
            _r.Clock = error.Clock + BusCycle;
            Halt();
        }
    }

    /// <summary>The seven-word frame of group 0, in the chip's order.</summary>
    private CpuCycles EnterFault(int vector, uint address, FunctionCode function, bool write, CpuCycles clock)
    {
        uint pc = _r.Pc + (uint)_faultBias;
        if (vector == Vector.BusError)
        {
            (address, pc) = CompleteFault(address, pc);
        }

        uint status = (_r.Ird & 0xFFE0u) | (write ? 0u : 0x10) | (_inException ? 8u : 0) | (uint)function;
        _r.TracePending = 0;
        uint sr = BeginException(vector, _instruction, clock + BusCycle);
        var t = Begin(clock + BusCycle);
        Idle(ref t, 8);
        uint top = A(7);
        A(7) = top - 14;
        WriteWord(ref t, top - 2, pc, 0);
        WriteWord(ref t, top - 6, sr, 0);
        WriteWord(ref t, top - 4, pc >> 16, 0);
        WriteWord(ref t, top - 8, _r.Ird, 0);
        WriteWord(ref t, top - 10, address, 0);
        WriteWord(ref t, top - 14, status, 0);
        WriteWord(ref t, top - 12, address >> 16, 0);
        EnterHandler(ref t, vector);
        return t.Clock;
    }

    /// <summary>
    /// The bus saw 24 bits of an address; finds all 32, which the frame holds. They are those of the noted access, of
    /// the other word of its long operand, or of a prefetch, where the program counter stands.
    /// </summary>
    private (uint Address, uint Pc) CompleteFault(uint address, uint pc)
    {
        if (address == (_r.Pc & AddressMask))
        {
            return (_r.Pc, _r.Pc);
        }

        foreach (int offset in (ReadOnlySpan<int>)[0, 2, -2])
        {
            uint whole = _accessAddress + (uint)offset;
            if ((whole & AddressMask) == address)
            {
                return (whole, pc);
            }
        }

        return (address, pc);
    }

    private void Halt()
    {
        _inException = false;
        _r.RunState = M68kRunState.Halted;
        _r.TracePending = 0;
        WantAttention();
    }
}
