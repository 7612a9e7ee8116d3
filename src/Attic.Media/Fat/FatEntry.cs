namespace Attic.Media.Fat;

/// <summary>A file or folder of a <see cref="Fat12Volume"/>.</summary>
/// <param name="Name">Upper case, "NAME.EXT".</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Length">Bytes; 0 for a folder.</param>
/// <param name="Attributes">The attribute byte: 1 read-only, 2 hidden, 4 system, 0x10 folder, 0x20 changed since the last backup.</param>
/// <param name="Modified">Time of the last change; null when the entry holds none that is possible.</param>
public sealed record FatEntry(string Name, bool IsFolder, long Length, byte Attributes, DateTime? Modified);
