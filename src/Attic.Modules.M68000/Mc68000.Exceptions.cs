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
        try
        {
            Idle(14);
            A(7) = ReadResetLong(0);
            uint start = ReadResetLong(4);
            FetchTarget(start, 0);
            Idle(2);
            FinishJump(start);
            _inException = false;
        }
        catch (BusError)
        {
            Halt();
        }
        catch (AddressError)
        {
            Halt();
        }
    }

    // The reset vector, alone among the vectors, is read from program space.
    private uint ReadResetLong(uint address) =>
        ((uint)BusReadWord(address, FunctionCode.SupervisorProgram) << 16) |
        BusReadWord(address + 2, FunctionCode.SupervisorProgram);

    private void SetSr(uint value)
    {
        value &= StatusRegister.Implemented;
        if (((value ^ _r.Sr) & StatusRegister.Supervisor) != 0)
        {
            (A(7), _r.InactiveStackPointer) = (_r.InactiveStackPointer, A(7));
        }

        _r.Sr = (ushort)value;
        WantAttention();
    }

    private void SetCcr(uint value) => _r.Sr = (ushort)((_r.Sr & 0xFF00u) | (value & 0x1F));

    /// <summary>Enters the supervisor for an exception.</summary>
    /// <returns>The status register to be stacked.</returns>
    private uint BeginException(int vector, uint address)
    {
        if (TTrace.Active)
        {
            _trace.OnException(vector, address & AddressMask, _r.Clock);
        }

        _inException = true;
        uint sr = _r.Sr;
        SetSr((sr | StatusRegister.Supervisor) & ~StatusRegister.Trace);
        return sr;
    }

    /// <summary>The three-word frame of groups 1 and 2, in the chip's order: PC low, SR, PC high.</summary>
    private void PushFrame(uint sr, uint pc)
    {
        uint top = A(7);
        A(7) = top - 6;
        WriteWord(top - 2, pc, 0);
        WriteWord(top - 6, sr, 0);
        WriteWord(top - 4, pc >> 16, 0);
    }

    private void EnterHandler(int vector)
    {
        uint handler = Read<LongSize>((uint)vector * 4, DataSpace, 0);
        FetchTarget(handler, 0);
        Idle(2);
        FinishJump(handler);
        _inException = false;
    }

    /// <summary>An exception that an instruction raises: TRAP, CHK, division by zero, TRAPV.</summary>
    /// <param name="vector">Its vector.</param>
    /// <param name="pc">The address to return to.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RaiseException(int vector, uint pc)
    {
        uint sr = BeginException(vector, pc);
        PushFrame(sr, pc);
        EnterHandler(vector);
    }

    /// <summary>An instruction that is not carried out: illegal, unimplemented or privileged. It is not traced.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RefuseInstruction(int vector)
    {
        _r.TracePending = 0;
        Idle(4);
        RaiseException(vector, _r.Pc - 4);
    }

    /// <summary>Whether a privileged instruction may run; if not, its exception has been taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsSupervisor()
    {
        if ((_r.Sr & StatusRegister.Supervisor) != 0)
        {
            return true;
        }

        RefuseInstruction(Vector.PrivilegeViolation);
        return false;
    }

    private void TraceException()
    {
        _r.Ticks++;
        _r.TracePending = 0;
        uint pc = InstructionAddress;
        _r.RunState = M68kRunState.Running;
        Idle(4);
        RaiseException(Vector.Trace, pc);
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
        Idle(6);
        uint top = A(7);
        A(7) = top - 6;
        WriteWord(top - 2, pc, 0);
        int vector = Acknowledge(level);
        if (TTrace.Active)
        {
            _trace.OnException(vector, pc & AddressMask, _r.Clock);
        }

        Idle(4);
        WriteWord(top - 6, sr, 0);
        WriteWord(top - 4, pc >> 16, 0);
        EnterHandler(vector);
    }

    private int Acknowledge(int level)
    {
        var start = _r.Clock;
        int vector = _bus.AcknowledgeInterrupt(level, ref _r.Clock) & 0xFF;
        int waits = (int)(_r.Clock.Count - start.Count);
        Idle(BusCycle);
        if (TTrace.Active)
        {
            uint address = 0xFF_FFF1 | ((uint)level << 1);
            _trace.OnBus(new(
                BusAccessKind.InterruptAcknowledge, FunctionCode.InterruptAcknowledge, ByteLanes.Lower, address, (ushort)vector, start, waits));
        }

        return vector;
    }

    /// <summary>A bus or address error: the seven-word frame of group 0. A second one on the way halts the processor.</summary>
    private void Fault(int vector, uint address, FunctionCode function, bool write)
    {
        try
        {
            EnterFault(vector, address, function, write);
        }
        catch (BusError)
        {
            Halt();
        }
        catch (AddressError)
        {
            Halt();
        }
    }

    private void EnterFault(int vector, uint address, FunctionCode function, bool write)
    {
        bool prefetching = vector == Vector.BusError && address == (_r.Pc & AddressMask) && ((uint)function & 3) == ProgramSpace;
        uint pc = prefetching ? _r.Pc : _r.Pc + (uint)_faultBias;
        uint status = (_r.Ird & 0xFFE0u) | (write ? 0u : 0x10) | (_inException ? 8u : 0) | (uint)function;
        _r.TracePending = 0;
        Idle(BusCycle);
        uint sr = BeginException(vector, pc);
        Idle(8);
        uint top = A(7);
        A(7) = top - 14;
        WriteWord(top - 2, pc, 0);
        WriteWord(top - 6, sr, 0);
        WriteWord(top - 4, pc >> 16, 0);
        WriteWord(top - 8, _r.Ird, 0);
        WriteWord(top - 10, address, 0);
        WriteWord(top - 14, status, 0);
        WriteWord(top - 12, address >> 16, 0);
        EnterHandler(vector);
    }

    private void Halt()
    {
        _inException = false;
        _r.RunState = M68kRunState.Halted;
        _r.TracePending = 0;
        WantAttention();
    }
}
