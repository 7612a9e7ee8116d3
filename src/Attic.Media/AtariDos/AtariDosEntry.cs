namespace Attic.Media.AtariDos;

/// <summary>A file in the directory of a DOS 2 disk.</summary>
/// <param name="Name">Name and extension: <c>AUTORUN.SYS</c>.</param>
/// <param name="Sectors">Sectors as the directory says.</param>
/// <param name="Locked">Whether it may not be changed.</param>
/// <param name="Open">Whether it was being written when the disk left its drive; it holds nothing that could be read.</param>
/// <param name="Number">Place in the directory, 0 to 63.</param>
public sealed record AtariDosEntry(string Name, int Sectors, bool Locked, bool Open, int Number);
