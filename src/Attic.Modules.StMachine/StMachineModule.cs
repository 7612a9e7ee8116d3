using Attic.Abi.Chips;
using Attic.Abi.Cpu;
using Attic.Abi.Machines;
using Attic.Abi.Modules;

namespace Attic.Modules.StMachine;

/// <summary>The board of the 520 ST and 1040 ST.</summary>
public sealed class StMachineModule : IMachineModule
{
    private static readonly string[] ChipModules = ["video", "io", "audio", "storage"];

    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    public IMachine Create(MachineConfiguration configuration, IReadOnlyDictionary<string, IModule> modules)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(modules);
        if (configuration.SampleRate is < 8_000 or > 192_000)
        {
            throw new ArgumentException($"A sample rate of {configuration.SampleRate} Hz is outside 8000 to 192000.", nameof(configuration));
        }

        var processor = Find<IM68kCpuModule>(modules, "cpu");
        var chips = ChipModules.Select(key => Find<IChipModule>(modules, key)).ToArray();
        return new StMachine(configuration, processor, chips);
    }

    private static T Find<T>(IReadOnlyDictionary<string, IModule> modules, string key)
        where T : class, IModule =>
        !modules.TryGetValue(key, out var module) ? throw new ArgumentException($"The profile names no module for '{key}'.", nameof(modules))
        : module as T ?? throw new ArgumentException($"The module for '{key}' is not of the kind that an ST takes ({typeof(T).Name}).", nameof(modules));
}
