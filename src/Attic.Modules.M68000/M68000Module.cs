using Attic.Abi.Buses;
using Attic.Abi.Cpu;
using Attic.Abi.Modules;
using Attic.Abi.Trace;

namespace Attic.Modules.M68000;

/// <summary>The module's exported type: makes 68000s fused with a machine's bus.</summary>
public sealed class M68000Module : IM68kCpuModule
{
    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    public IM68kCpu Create<TBus, TTrace>(TBus bus, TTrace trace)
        where TBus : struct, IM68kBus
        where TTrace : struct, IM68kTrace =>
        new Mc68000<TBus, TTrace>(bus, trace);
}
