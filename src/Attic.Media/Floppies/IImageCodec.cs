namespace Attic.Media.Floppies;

/// <summary>A file format for whole disks.</summary>
internal interface IImageCodec
{
    /// <summary>Its name for users: "st", "msa".</summary>
    string Name { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="MediaFormatException">The file is not a sound one of this format.</exception>
    DiskContent Decode(ReadOnlySpan<byte> file);

    /// <summary>Makes a file.</summary>
    byte[] Encode(DiskContent content);
}
