namespace Attic.Abi.AtariXl;

/// <summary>Devices outside a machine that a session plugs into its serial socket: a FujiNet. Whoever runs the engine brings them.</summary>
public interface ISioGuest : IDisposable
{
    /// <summary>What is plugged in.</summary>
    SioMailbox Mailbox { get; }

    /// <summary>What is in its drives, D1: first. May be called on any thread.</summary>
    IReadOnlyList<SioGuestDrive> Drives { get; }
}

/// <summary>What is in a drive of a guest.</summary>
/// <param name="Drive">D1 to D8.</param>
/// <param name="Uri">The image, as the guest names it; empty for an empty drive.</param>
/// <param name="ReadOnly">Whether it can only be read.</param>
public sealed record SioGuestDrive(string Drive, string Uri, bool ReadOnly);
