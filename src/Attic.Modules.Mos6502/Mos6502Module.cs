using Attic.Abi.Buses;
using Attic.Abi.Cpu;
using Attic.Abi.Modules;

namespace Attic.Modules.Mos6502;

/// <summary>The module's export: makes 6502s.</summary>
public sealed class Mos6502Module : IMos6502CpuModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    public IMos6502Cpu Create<TBus>(TBus bus)
        where TBus : struct, IMos6502Bus =>
        new Mos6502<TBus>(bus);
}
