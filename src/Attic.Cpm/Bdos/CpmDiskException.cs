namespace Attic.Cpm.Bdos;

#pragma warning disable RCS1194 // Without a drive and a reason there is no such error.
/// <summary>An error that the BDOS itself shows, after which the system boots: a drive that is not there, or write protection.</summary>
internal sealed class CpmDiskException : Exception
{
    /// <summary>An error of a drive.</summary>
    /// <param name="drive">0 is A:.</param>
    /// <param name="reason">CP/M's word: Select, R/O, File R/O, Bad Sector.</param>
    public CpmDiskException(int drive, string reason)
        : base($"Bdos Err On {(char)('A' + (drive & 0x0F))}: {reason}")
    {
    }
}
