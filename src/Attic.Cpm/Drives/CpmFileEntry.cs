namespace Attic.Cpm.Drives;

/// <summary>A file of a drive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="User">The user area it lies in, 0 to 15.</param>
/// <param name="Length">Bytes in it.</param>
/// <param name="ReadOnly">Whether it may not be written.</param>
internal readonly record struct CpmFileEntry(CpmName Name, int User, long Length, bool ReadOnly)
{
    /// <summary>Its length in records of 128 bytes, the last perhaps not full.</summary>
    public int Records => (int)Math.Min(CpmDrive.MaximumRecords, (Length + CpmDrive.RecordSize - 1) / CpmDrive.RecordSize);
}
