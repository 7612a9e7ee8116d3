using System.Globalization;

namespace Attic.Cli.Disks;

/// <summary>A file as <c>disk list</c> shows it.</summary>
/// <param name="Path">Its path on the disk.</param>
/// <param name="Length">Its bytes; null when they cannot be read.</param>
internal abstract record ListedFile(string Path, long? Length)
{
    /// <summary>A line for a person.</summary>
    public abstract string Describe();
}

/// <summary>A file of an ST's disk.</summary>
/// <param name="Path">Its path on the disk.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Modified">When it was changed, in the machine's time.</param>
internal sealed record ListedStFile(string Path, long? Length, DateTime? Modified) : ListedFile(Path, Length)
{
    /// <inheritdoc/>
    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Length,8}  {Modified:yyyy-MM-dd HH:mm}  {Path}");
}

/// <summary>A file of an 8-bit Atari's disk.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Length">Its bytes; null when they cannot be read.</param>
/// <param name="Sectors">Sectors as the directory says.</param>
/// <param name="Locked">Whether it may not be changed.</param>
/// <param name="Fault">Why it cannot be read, or null.</param>
internal sealed record ListedDosFile(string Path, long? Length, int Sectors, bool Locked, string? Fault) : ListedFile(Path, Length)
{
    /// <inheritdoc/>
    public override string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Length is { } bytes ? bytes : "?"),8}  {Sectors,4} sectors  {Path}{(Locked ? "  locked" : "")}{(Fault is null ? "" : $"  {Fault}")}");
}
