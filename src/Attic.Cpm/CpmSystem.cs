using Attic.Cpm.Bdos;
using Attic.Cpm.Ccp;
using Attic.Cpm.Drives;
using Attic.Cpm.Terminal;
using Attic.Cpm.Z80;

namespace Attic.Cpm;

/// <summary>
/// A CP/M 2.2 system with 64 KB: a Z80 whose BDOS, BIOS and command processor are ours. It never blocks: it runs for as many
/// instructions as it is given, and stops early where it needs a key.
/// </summary>
public sealed class CpmSystem
{
    private const byte Jump = 0xC3;
    private const byte ReturnInstruction = 0xC9;
    private readonly CpmMemory _memory = new(new byte[0x10000]);
    private readonly Z80<CpmMemory> _cpu;
    private readonly BdosCalls _bdos;
    private readonly Bios _bios;
    private readonly CommandProcessor _ccp;
    private bool _commanding;

    /// <summary>Boots a system; the command processor's prompt comes with the first <see cref="Run"/>.</summary>
    /// <param name="folder">The folder of the drives, subfolders A to P; A is made if need be.</param>
    /// <param name="terminal">The console.</param>
    /// <param name="auxiliary">Reader, punch and printer; null for none.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public CpmSystem(string folder, ICpmConsole terminal, ICpmAuxiliary? auxiliary = null)
    {
        auxiliary ??= new NoAuxiliary();
        var console = new ConsoleDevice(terminal, auxiliary.List);
        var drives = new CpmDrives(folder);
        _cpu = new Z80<CpmMemory>(_memory);
        _bdos = new BdosCalls(_memory, drives, console, auxiliary);
        _bios = new Bios(console, auxiliary);
        _ccp = new CommandProcessor(_memory, drives, console, _bdos);
        Boot();
    }

    /// <summary>T states that the Z80 has run.</summary>
    public long Cycles => _cpu.State.Cycles;

    /// <summary>Runs.</summary>
    /// <param name="instructions">The most instructions to execute before returning.</param>
    public CpmState Run(int instructions)
    {
        for (int left = instructions; left > 0; left--)
        {
            if (_commanding)
            {
                var state = Command();
                if (state is not null)
                {
                    return state.Value;
                }
            }
            else if (_cpu.State.Pc >= CpmLayout.BdosEntry && IsEntry(_cpu.State.Pc))
            {
                if (!Enter(_cpu.State.Pc))
                {
                    return CpmState.WaitingForKey;
                }
            }
            else
            {
                _cpu.Step();
            }
        }

        return CpmState.Running;
    }

    /// <summary>Types a command line as though at the prompt, for the next time that the prompt comes.</summary>
    public void Submit(string commandLine) => _ccp.Submit(commandLine);

    private static bool IsEntry(ushort address) =>
        address is CpmLayout.BdosEntry or (>= CpmLayout.BiosEntries and < CpmLayout.BiosEntries + CpmLayout.BiosEntryCount);

    private CpmState? Command()
    {
        switch (_ccp.Continue())
        {
            case CommandResult.Waiting: return CpmState.WaitingForKey;
            case CommandResult.Exit: return CpmState.Ended;
            case CommandResult.Start:
                Start();
                return null;
            default: return null;
        }
    }

    private void Start()
    {
        _commanding = false;
        ref var state = ref _cpu.State;
        state.Pc = CpmLayout.ProgramArea;
        state.Halted = state.Iff1 = state.Iff2 = false;

        // A program may end by RET: the warm boot's address lies on the stack, which is the command processor's room.
        state.Sp = CpmLayout.BdosEntry - 8;
        _memory.SetWord(state.Sp, CpmLayout.WarmBootVector);
    }

    /// <summary>Performs the call at an entry of the system.</summary>
    /// <returns>False if it waits for a key.</returns>
    private bool Enter(ushort entry)
    {
        ref var state = ref _cpu.State;
        CallResult result;
        if (entry == CpmLayout.BdosEntry)
        {
            result = _bdos.Call(state.C, state.De, out ushort hl);
            if (result == CallResult.Return)
            {
                (state.Hl, state.A, state.B) = (hl, (byte)hl, (byte)(hl >> 8));
            }
        }
        else
        {
            result = _bios.Call(entry - CpmLayout.BiosEntries, state.C, out byte a);
            if (result == CallResult.Return)
            {
                (state.A, state.Hl) = (a, 0);
            }
        }

        Leave(result);
        return result != CallResult.Wait;
    }

    private void Leave(CallResult result)
    {
        ref var state = ref _cpu.State;
        if (result == CallResult.Boot)
        {
            Boot();
        }
        else if (result == CallResult.Return)
        {
            state.Pc = _memory.Word(state.Sp);
            state.Sp += 2;
        }
    }

    /// <summary>Warm boot: the vectors and the system's own page are made anew, the program's memory stays.</summary>
    private void Boot()
    {
        SetJump(CpmLayout.WarmBootVector, CpmLayout.BiosTable + 3);
        SetJump(CpmLayout.BdosVector, CpmLayout.BdosEntry);
        _memory.Ram[CpmLayout.BdosEntry] = ReturnInstruction;
        for (int entry = 0; entry < CpmLayout.BiosEntryCount; entry++)
        {
            SetJump(CpmLayout.BiosTable + (entry * 3), CpmLayout.BiosEntries + entry);
            _memory.Ram[CpmLayout.BiosEntries + entry] = ReturnInstruction;
        }

        DiskParameters.CopyTo(_memory.Ram.AsSpan(CpmLayout.DiskParameterBlock));
        _bdos.Reset();
        _ccp.Boot();
        _commanding = true;
    }

    /// <summary>The Disk Parameter Block of an 8 MB disk of 2 KB blocks (Alteration Guide, §10): SPT, BSH, BLM, EXM, DSM, DRM, AL0/1, CKS, OFF.</summary>
    private static ReadOnlySpan<byte> DiskParameters => [128, 0, 4, 15, 0, 0xFF, 0x0F, 0xFF, 0x03, 0xFF, 0xFF, 0, 0, 0, 0];

    private void SetJump(int address, int target)
    {
        _memory.Ram[address] = Jump;
        _memory.SetWord((ushort)(address + 1), (ushort)target);
    }
}
