namespace Attic.Engine.Modules;

/// <summary>The six kinds of module, which are also the component keys of a profile (contract §11).</summary>
public static class ModuleTypes
{
    /// <summary>The processor.</summary>
    public const string Cpu = "cpu";

    /// <summary>The board: exports the machine itself.</summary>
    public const string MachineProfile = "machine_profile";

    /// <summary>All of them, in the order of the contract.</summary>
    public static IReadOnlyList<string> All { get; } = [Cpu, "video", "io", "storage", "audio", MachineProfile];

    /// <summary>Whether a text is one of them.</summary>
    public static bool IsKnown(string text) => All.Contains(text, StringComparer.Ordinal);
}
