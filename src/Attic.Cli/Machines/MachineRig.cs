using Attic.Abi.Machines;

namespace Attic.Cli.Machines;

/// <summary>A machine that is built and powered on, with what has to be closed when it is no longer needed.</summary>
internal sealed class MachineRig : IDisposable
{
    private readonly IReadOnlyList<IDisposable> _parts;

    /// <summary>A rig of parts that are disposed of in reverse order.</summary>
    public MachineRig(IMachine machine, string romSha256, IReadOnlyList<IDisposable> parts)
    {
        Machine = machine;
        RomSha256 = romSha256;
        _parts = parts;
    }

    /// <summary>The machine.</summary>
    public IMachine Machine { get; }

    /// <summary>SHA-256 of its ROM image.</summary>
    public string RomSha256 { get; }

    /// <summary>Builds what was asked for.</summary>
    /// <exception cref="CommandFailure">A file or a profile is missing or broken.</exception>
    public static MachineRig Build(MachineRequest request) =>
        throw CommandFailure.BadInput($"no builder for {request.Machine}");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in _parts.Reverse())
        {
            part.Dispose();
        }
    }
}
