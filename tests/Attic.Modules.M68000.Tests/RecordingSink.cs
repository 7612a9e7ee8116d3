using Attic.Abi.Buses;
using Attic.Abi.Time;
using Attic.Abi.Trace;

namespace Attic.Modules.M68000.Tests;

/// <summary>Keeps all that a traced processor reports.</summary>
internal sealed class RecordingSink : ITraceSink
{
    public List<(uint Address, ushort Opcode, long Clock)> Instructions { get; } = [];

    public List<BusAccess> Accesses { get; } = [];

    public List<(int Vector, uint Address)> Exceptions { get; } = [];

    public void OnInstruction(uint address, ushort opcode, CpuCycles clock) => Instructions.Add((address, opcode, clock.Count));

    public void OnBus(in BusAccess access) => Accesses.Add(access);

    public void OnException(int vector, uint address, CpuCycles clock) => Exceptions.Add((vector, address));

    public void Clear()
    {
        Instructions.Clear();
        Accesses.Clear();
        Exceptions.Clear();
    }
}
