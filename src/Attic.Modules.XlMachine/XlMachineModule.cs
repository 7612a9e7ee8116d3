using Attic.Abi.Machines;
using Attic.Abi.Modules;

namespace Attic.Modules.XlMachine;

/// <summary>The board of the 800XL and 130XE.</summary>
public sealed class XlMachineModule : IMachineModule
{
    private const int OsBytes = 16 * 1024;
    private const int OsAndBasicBytes = 24 * 1024;
    private static readonly string[] ChipModules = ["video", "io", "storage"];

    /// <inheritdoc/>
    public string StateLayoutVersion => "1.0.0";

    /// <inheritdoc/>
    /// <remarks>The ROM is the OS of 16 KB, or the OS followed by BASIC (8 KB).</remarks>
    /// <exception cref="InvalidOperationException">A module lacks a chip that the board needs.</exception>
    public IMachine Create(MachineConfiguration configuration, IReadOnlyDictionary<string, IModule> modules)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(modules);
        if (configuration.SampleRate is < 8_000 or > 192_000)
        {
            throw new ArgumentException($"A sample rate of {configuration.SampleRate} Hz is outside 8000 to 192000.", nameof(configuration));
        }

        if (configuration.Rom.Length is not (OsBytes or OsAndBasicBytes))
        {
            throw new ArgumentException(
                $"The ROM has {configuration.Rom.Length} bytes: {OsBytes} for the OS or {OsAndBasicBytes} with BASIC were expected.",
                nameof(configuration));
        }

        var processor = Find<IMos6502CpuModule>(modules, "cpu");
        var chips = ChipModules.Select(key => Find<IChipModule>(modules, key)).ToArray();
        return new XlMachine(configuration, processor, chips);
    }

    private static T Find<T>(IReadOnlyDictionary<string, IModule> modules, string key)
        where T : class, IModule =>
        !modules.TryGetValue(key, out var module) ? throw new ArgumentException($"The profile names no module for '{key}'.", nameof(modules))
        : module as T ?? throw new ArgumentException($"The module for '{key}' is not of the kind that an XL takes ({typeof(T).Name}).", nameof(modules));
}
