using Attic.Abi.Media;

namespace Attic.Media.Floppies;

/// <summary>
/// A disk image from a file, for a drive. Reads and writes are in memory; a writer on its own thread brings writes into a
/// journal beside the file at once and into the file itself at <see cref="IFloppyMedium.Settle"/> and
/// <see cref="IDisposable.Dispose"/>. After a kill the journal is replayed at the next opening.
/// </summary>
public interface IDiskFile : IFloppyMedium, IDisposable
{
    /// <summary>The file's format: "st", "msa", "atr", "xfd", "atx".</summary>
    string FormatName { get; }

    /// <summary>Why the disk is write-protected; empty when it is not.</summary>
    string Protection { get; }

    /// <summary>What a user should know about opening it: a replayed journal, one that was kept aside.</summary>
    IReadOnlyList<string> Notices { get; }

    /// <summary>Why the last attempt to write to the file failed; empty when it did not. Writes are kept and tried again.</summary>
    string WriteFault { get; }

    /// <summary>Writes so far.</summary>
    long Writes { get; }

    /// <summary>Writes that are in the journal or the file, where neither a kill nor a power cut undoes them.</summary>
    long DurableWrites { get; }
}
