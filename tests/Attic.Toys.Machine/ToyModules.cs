using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Cpu;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using Attic.Abi.Wires;

namespace Attic.Toys.Machine;

/// <summary>A processor that nobody runs.</summary>
public sealed class ToyCpuModule : IM68kCpuModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    public IM68kCpu Create<TBus, TTrace>(TBus bus, TTrace trace)
        where TBus : struct, IM68kBus
        where TTrace : struct, IM68kTrace => throw new NotSupportedException("A toy.");
}

/// <summary>A module without chips.</summary>
public sealed class ToyChipModule : IChipModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    public IReadOnlyList<IChip> CreateChips(ChipContext context) => [];
}

/// <summary>A board whose chips count its ticks; its ROM must not be empty.</summary>
public sealed class ToyMachineModule : IMachineModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    public IMachine Create(MachineConfiguration configuration, IReadOnlyDictionary<string, IModule> modules)
    {
        if (configuration.Rom.IsEmpty)
        {
            throw new ArgumentException("A toy needs a ROM.", nameof(configuration));
        }

        var audio = new AudioBuffer(configuration.SampleRate);
        var context = new ChipContext(
            configuration with { MasterClock = ClockRate.Hertz(8_000_000) }, new DeadlineSlots(["counter"]), new Wiring(), new NoMemory(), [], audio);
        return new ToyMachine(context, [.. modules.Values.OfType<IChipModule>().SelectMany(module => module.CreateChips(context))]);
    }

    private sealed class NoMemory : IDmaMemory
    {
        public ushort ReadWord(uint address) => 0;

        public void WriteWord(uint address, ushort value)
        {
        }

        public void StealCpuCycles(int cycles)
        {
        }
    }
}
