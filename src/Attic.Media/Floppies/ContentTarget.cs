using Attic.Media.Durability;

namespace Attic.Media.Floppies;

/// <summary>A disk of sectors of 512 bytes as records change it: a sector, or all sectors of a track.</summary>
internal sealed class ContentTarget(IImageCodec codec, DiskContent content) : IJournalTarget
{
    public bool Apply(in JournalRecord record)
    {
        if (record.Kind == JournalKind.Sector)
        {
            return content.SetSector(record.Cylinder, record.Side, record.Number, record.Data);
        }

        if (record.Kind != JournalKind.Track || !DiskContent.IsTrack(record.Cylinder, record.Side)
            || record.Data.Length % DiskContent.SectorBytes != 0
            || record.Data.Length > DiskContent.MaxSectorsPerTrack * DiskContent.SectorBytes)
        {
            return false;
        }

        content.SetTrack(record.Cylinder, record.Side, record.Data);
        return true;
    }

    public byte[] Encode() => codec.Encode(content);

    public IJournalTarget Clone() => new ContentTarget(codec, content.Clone());
}
