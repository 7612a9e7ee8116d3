using System.Buffers.Binary;
using System.Numerics;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Disk;

/// <summary>Tells the kind and geometry of an image, and makes blank ones.</summary>
public static class ImageFormats
{
    /// <summary>Largest image that is made, in bytes.</summary>
    public const long MaxCreatedBytes = 4L << 30;

    private const int AtrHeaderBytes = 16;
    private const ushort AtrMagic = 0x0296;
    private const int BootBytes = 512;
    private const int SsdSectorBytes = 256;
    private const int SsdHeaderBytes = 0x108;
    private const int DefaultRawSectorBytes = 256;

    /// <summary>Finds out how an image is laid out.</summary>
    /// <param name="file">The image.</param>
    /// <param name="name">Its file's name, for its extension.</param>
    /// <param name="type">The kind that the client says; <see cref="ImageType.Auto"/> to look.</param>
    /// <param name="hint">Bytes of a sector that the client says; 0 for none.</param>
    /// <param name="atari">Whether images are also told by the extensions of 8-bit Ataris (<c>.xfd</c>).</param>
    /// <exception cref="DiskException">The image is damaged, or its kind is unknown or not supported.</exception>
    public static async ValueTask<ImageLayout> ProbeAsync(IStoredFile file, string name, ImageType type, int hint, bool atari = false)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(name);
        byte[] head = new byte[BootBytes];
        int count = await file.ReadAsync(0, head);
        return Probe(head.AsSpan(0, count), file.Length, Path.GetExtension(name).ToLowerInvariant(), type, hint, atari);
    }

    /// <summary>The layout of a new image.</summary>
    /// <exception cref="DiskException">No image of the kind has that geometry, or the kind cannot be made.</exception>
    public static ImageLayout LayoutOfNew(ImageType type, int sectorBytes, uint sectors)
    {
        if (type is not (ImageType.Atr or ImageType.Ssd or ImageType.Raw))
        {
            throw new DiskException(DiskError.UnsupportedImageType);
        }

        bool valid = sectorBytes > 0 && sectors > 0 && type switch
        {
            ImageType.Atr => sectorBytes is 128 or 256 or 512 && (sectorBytes == 128 || sectors > 3),
            ImageType.Ssd => sectorBytes == SsdSectorBytes && sectors is 400 or 800,
            _ => true,
        };
        if (!valid || (long)sectorBytes * sectors > MaxCreatedBytes)
        {
            throw new DiskException(DiskError.InvalidGeometry);
        }

        return type switch
        {
            ImageType.Atr => Atr(sectorBytes, sectors, shortBoot: sectorBytes == 256),
            ImageType.Ssd => new(ImageType.Ssd, SsdSectorBytes, sectors, MayBeCut: true),
            _ => new(ImageType.Raw, sectorBytes, sectors),
        };
    }

    /// <summary>What stands at the front of a blank image; the rest is zeros.</summary>
    public static byte[] HeadOf(ImageLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        switch (layout.Type)
        {
            case ImageType.Atr:
                byte[] header = new byte[AtrHeaderBytes];
                long paragraphs = (layout.FileBytes - AtrHeaderBytes) / 16;
                BinaryPrimitives.WriteUInt16LittleEndian(header, AtrMagic);
                BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), (ushort)paragraphs);
                BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), (ushort)layout.SectorBytes);
                BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), (ushort)(paragraphs >> 16));
                return header;
            case ImageType.Ssd:
                byte[] catalogue = new byte[2 * SsdSectorBytes];
                "BLANK"u8.CopyTo(catalogue);
                catalogue[0x106] = (byte)(layout.Sectors >> 8);
                catalogue[0x107] = (byte)layout.Sectors;
                return catalogue;
            default:
                return [];
        }
    }

    private static ImageLayout Atr(int sectorBytes, uint sectors, bool shortBoot) =>
        sectorBytes == 256
            ? new(ImageType.Atr, sectorBytes, sectors, AtrHeaderBytes, ShortSectors: 3, ShortStride: shortBoot ? 128 : 256)
            : new(ImageType.Atr, sectorBytes, sectors, AtrHeaderBytes);

    private static ImageLayout Probe(ReadOnlySpan<byte> head, long length, string extension, ImageType type, int hint, bool atari)
    {
        switch (type)
        {
            case ImageType.Auto:
                return Look(head, length, extension, hint, atari) ?? throw new DiskException(DiskError.UnsupportedImageType);
            case ImageType.Atr:
                return ReadAtr(head, length) ?? throw new DiskException(DiskError.BadImage);
            case ImageType.Ssd:
                return ReadSsd(head) ?? throw new DiskException(DiskError.BadImage);
            case ImageType.Raw when hint != 0:
                return Raw(length, hint);
            case ImageType.Raw:
                return ReadFat(head, length) ?? extension switch
                {
                    ".adf" => Adf(length),
                    ".img" or ".ima" or ".raw" => throw new DiskException(DiskError.BadImage),
                    _ => Raw(length, DefaultRawSectorBytes),
                };
            default:
                throw new DiskException(DiskError.UnsupportedImageType);
        }
    }

    private static ImageLayout? Look(ReadOnlySpan<byte> head, long length, string extension, int hint, bool atari)
    {
        var found = ReadAtr(head, length) ?? ReadFat(head, length) ?? (extension is ".ssd" ? ReadSsd(head) : null);
        if (found is not null)
        {
            return found;
        }

        switch (extension)
        {
            case ".atr" or ".ssd":
                throw new DiskException(DiskError.BadImage);
            case ".dsd":
                return null;
            case ".adf":
                return Adf(length);
            case ".img" or ".ima" or ".raw":
                return hint == 0 ? throw new DiskException(DiskError.BadImage) : Raw(length, hint);
            case ".xfd" when atari && hint == 0:
                return Raw(length, length > 1040 * 128 ? 256 : 128);
            default:
                return hint != 0 && length % hint == 0 ? Raw(length, hint) : null;
        }
    }

    private static ImageLayout Raw(long length, int sectorBytes) =>
        length > 0 && length % sectorBytes == 0 && length / sectorBytes <= uint.MaxValue
            ? new(ImageType.Raw, sectorBytes, (uint)(length / sectorBytes))
            : throw new DiskException(DiskError.BadImage);

    // An Amiga disk of 80 tracks with 11 or 22 sectors on each of two sides.
    private static ImageLayout Adf(long length) =>
        length is 1760 * 512 or 3520 * 512 ? new(ImageType.Raw, 512, (uint)(length / 512)) : throw new DiskException(DiskError.BadImage);

    private static ImageLayout? ReadAtr(ReadOnlySpan<byte> head, long length)
    {
        if (head.Length < AtrHeaderBytes || BinaryPrimitives.ReadUInt16LittleEndian(head) != AtrMagic)
        {
            return null;
        }

        int sectorBytes = BinaryPrimitives.ReadUInt16LittleEndian(head[4..]);
        long data = (BinaryPrimitives.ReadUInt16LittleEndian(head[2..]) | ((long)BinaryPrimitives.ReadUInt16LittleEndian(head[6..]) << 16)) * 16;
        if (sectorBytes is not (128 or 256 or 512) || data == 0 || data + AtrHeaderBytes > length)
        {
            throw new DiskException(DiskError.BadImage);
        }

        // Some programs wrote whole sectors for the first three; then the data divides evenly.
        bool shortBoot = sectorBytes == 256 && data % 256 != 0;
        long sectors = (data / sectorBytes) + (shortBoot ? 2 : 0);
        return sectors is > 0 and <= uint.MaxValue ? Atr(sectorBytes, (uint)sectors, shortBoot) : throw new DiskException(DiskError.BadImage);
    }

    private static ImageLayout? ReadFat(ReadOnlySpan<byte> head, long length)
    {
        if (head.Length < BootBytes
            || !((head[0] == 0xEB && head[2] == 0x90) || head[0] == 0xE9)
            || BinaryPrimitives.ReadUInt16BigEndian(head[510..]) != 0x55AA)
        {
            return null;
        }

        int sectorBytes = BinaryPrimitives.ReadUInt16LittleEndian(head[11..]);
        int reserved = BinaryPrimitives.ReadUInt16LittleEndian(head[14..]);
        int root = BinaryPrimitives.ReadUInt16LittleEndian(head[17..]);
        long total = BinaryPrimitives.ReadUInt16LittleEndian(head[19..]);
        int perFat = BinaryPrimitives.ReadUInt16LittleEndian(head[22..]);
        total = total == 0 ? BinaryPrimitives.ReadUInt32LittleEndian(head[32..]) : total;
        bool plausible = sectorBytes is >= 128 and <= 4096 && BitOperations.IsPow2(sectorBytes)
            && BitOperations.IsPow2(head[13]) && reserved != 0 && head[16] != 0 && perFat != 0 && root != 0
            && total != 0 && total * sectorBytes == length;
        return plausible ? new(ImageType.Raw, sectorBytes, (uint)total) : null;
    }

    private static ImageLayout? ReadSsd(ReadOnlySpan<byte> head)
    {
        if (head.Length < SsdHeaderBytes)
        {
            return null;
        }

        uint sectors = (uint)((head[0x106] & 3) << 8) | head[0x107];
        return sectors is 400 or 800 ? new(ImageType.Ssd, SsdSectorBytes, sectors, MayBeCut: true) : null;
    }
}
