namespace Attic.Abi.AtariXl;

/// <summary>A device that can carry a command out at once: what the fast path calls in place of the operating system's SIO.</summary>
public interface IInstantSio
{
    /// <summary>Carries a command out.</summary>
    /// <param name="command">The command.</param>
    /// <param name="data">The computer's buffer: read from for a write, filled by a read.</param>
    /// <param name="good">Whether the device would say "complete".</param>
    /// <returns>Bytes moved; negative when this command has to take the usual way.</returns>
    int Transfer(in SioCommand command, Span<byte> data, out bool good);
}
