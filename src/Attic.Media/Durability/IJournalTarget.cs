namespace Attic.Media.Durability;

/// <summary>What journal records change: an image's content in memory, which can be made into a file again.</summary>
internal interface IJournalTarget
{
    /// <summary>Does what a record says.</summary>
    /// <returns>False when the record fits nothing here; nothing is changed then.</returns>
    bool Apply(in JournalRecord record);

    /// <summary>The image's file with everything that was written.</summary>
    byte[] Encode();

    /// <summary>An independent copy, for the thread that writes.</summary>
    IJournalTarget Clone();
}
