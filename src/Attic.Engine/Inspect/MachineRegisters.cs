using Attic.Abi.Chips;
using Attic.Abi.Cpu;
using Attic.Abi.Machines;

namespace Attic.Engine.Inspect;

/// <summary>Every register of a machine: the processor's, then each chip's, always in the same order.</summary>
internal sealed class MachineRegisters
{
    private static readonly string[] DataNames = [.. Enumerable.Range(0, 8).Select(n => $"D{n}")];
    private static readonly string[] AddressNames = [.. Enumerable.Range(0, 8).Select(n => $"A{n}")];

    private readonly IMachine _machine;
    private readonly IRegisterSource[] _sources;

    public MachineRegisters(IMachine machine)
    {
        _machine = machine;
        _sources = machine is IRegisterSource whole ? [whole] : [.. machine.Chips.OfType<IRegisterSource>()];
    }

    /// <summary>Appends the present values.</summary>
    public void AddTo(IList<RegisterValue> values)
    {
        // Asked for each time: tracing puts another instance in its place.
        if (_machine.Capability<IM68kCpu>() is { } cpu)
        {
            AddProcessor(ref cpu.Registers, values);
        }
        else if (_machine.Capability<IMos6502Cpu>() is { } small)
        {
            AddProcessor(in small.Registers, values);
        }

        foreach (var source in _sources)
        {
            source.AddRegisters(values);
        }
    }

    private static void AddProcessor(ref readonly Mos6502Registers registers, IList<RegisterValue> values)
    {
        values.Add(new("cpu", "A", registers.A, 8));
        values.Add(new("cpu", "X", registers.X, 8));
        values.Add(new("cpu", "Y", registers.Y, 8));
        values.Add(new("cpu", "S", registers.S, 8));
        values.Add(new("cpu", "P", registers.P, 8));
        values.Add(new("cpu", "PC", registers.Pc, 16));
    }

    // PC as a debugger shows it: the address of the instruction about to run, four below the next prefetch.
    private static void AddProcessor(ref M68kRegisters registers, IList<RegisterValue> values)
    {
        for (int i = 0; i < 8; i++)
        {
            values.Add(new("cpu", DataNames[i], registers.D[i], 32));
        }

        for (int i = 0; i < 8; i++)
        {
            values.Add(new("cpu", AddressNames[i], registers.A[i], 32));
        }

        bool supervisor = (registers.Sr & 0x2000) != 0;
        values.Add(new("cpu", "USP", supervisor ? registers.InactiveStackPointer : registers.A[7], 32));
        values.Add(new("cpu", "SSP", supervisor ? registers.A[7] : registers.InactiveStackPointer, 32));
        values.Add(new("cpu", "PC", registers.Pc - 4, 32));
        values.Add(new("cpu", "SR", registers.Sr, 16));
    }
}
