namespace Attic.Media;

#pragma warning disable RCS1194 // Without a place and an expectation there is no such error.
/// <summary>A medium's image is damaged or of a kind that is not supported: what was expected, where, and what was there.</summary>
public sealed class MediaFormatException : Exception
{
    /// <summary>An error at a place.</summary>
    /// <param name="offset">Byte of the file or of the disk's content at which the expectation failed; the length for a file that ends too early.</param>
    /// <param name="expected">What should have been there.</param>
    /// <param name="found">What was there.</param>
    public MediaFormatException(long offset, string expected, string found)
        : base($"At byte {offset}: expected {expected}, found {found}.")
    {
        Offset = offset;
        Expected = expected;
        Found = found;
    }

    /// <summary>Byte of the file at which the expectation failed.</summary>
    public long Offset { get; }

    /// <summary>What should have been there.</summary>
    public string Expected { get; }

    /// <summary>What was there.</summary>
    public string Found { get; }
}
