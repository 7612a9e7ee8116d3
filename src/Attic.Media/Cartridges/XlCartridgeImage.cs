using System.Buffers.Binary;
using System.Security.Cryptography;
using Attic.Abi.Media;
using Attic.Abi.State;
using Attic.Media.Durability;
using Attic.Media.Floppies;
using Attic.Media.Floppies8;

namespace Attic.Media.Cartridges;

/// <summary>
/// A cartridge file whose flash chips the machine can program: what it writes goes into a journal beside the file at once, and into the
/// file when it is closed; after a kill the journal is replayed at the next opening. The checksum of a CAR file follows.
/// </summary>
public sealed class XlCartridgeImage : ICartridgeMedium, IDisposable
{
    private const int HeaderBytes = 16;
    private const int ChecksumOffset = 8;
    private const int MaxBytes = (1 << 20) + HeaderBytes;

    // The types with flash chips that programs know how to write: Atarimax and SIC!.
    private static readonly int[] Flash = [41, 42, 75, 54, 55, 56];
    private static readonly string[] Endings = [".car", ".rom", ".bin"];

    private readonly string _protection;
    private readonly FileOverlay _overlay;
    private readonly byte[] _file;
    private readonly int _start;
    private DurableImage? _durable;
    private bool _sumIsStale;

    private XlCartridgeImage(string name, byte[] file, XlCartridgeFile cartridge, string protection)
    {
        (Name, _file, Type, Reason, _protection) = (name, file, cartridge.Type, cartridge.Reason, protection);
        _start = file.Length - cartridge.Image.Length;
        _overlay = new([.. file], Math.Max(2, BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(file))), () => _file, Restore);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Its CAR type.</summary>
    public int Type { get; }

    /// <summary>How the type was told: a clause for people.</summary>
    public string Reason { get; }

    /// <summary>Why it cannot be programmed; empty when it can.</summary>
    public string Protection => _protection;

    /// <summary>What a user should know about opening it: a replayed journal, one that was kept aside.</summary>
    public IReadOnlyList<string> Notices => _durable?.Notices ?? [];

    /// <summary>Writes that are in the journal or the file, where neither a kill nor a power cut undoes them.</summary>
    public long DurableWrites => _durable?.DurableWrites ?? 0;

    /// <inheritdoc/>
    public bool WriteProtected => _protection.Length > 0;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Image => _file.AsSpan(_start);

    /// <inheritdoc/>
    public int Revision { get; private set; }

    /// <summary>Whether a cartridge of a type can be programmed.</summary>
    public static bool IsFlash(int type) => Flash.Contains(type);

    /// <summary>Opens a cartridge file, and locks it for this process unless it is write-protected.</summary>
    /// <param name="path">The file; in a gzip or zip container it can only be read.</param>
    /// <param name="type">The type of a raw image, where the user says it.</param>
    /// <param name="writeProtect">Whether it shall not be programmed.</param>
    /// <returns>Null for a cartridge without flash chips.</returns>
    /// <exception cref="MediaFormatException">The file is damaged, of no size that a cartridge has, or for an Atari 5200.</exception>
    /// <exception cref="FileInUseException">Another process, or this one, has it open for writing.</exception>
    /// <exception cref="IOException">The file cannot be read, or replaying its journal failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static XlCartridgeImage? Open(string path, int? type = null, bool writeProtect = false)
    {
        byte[] first = File.ReadAllBytes(path);
        if (first.Length > MaxBytes || !IsFlash(Read(Path.GetFileName(path), first, type).Type))
        {
            return null;
        }

        FileTarget target = null!;
        var durable = DurableImage.Open(path, writeProtect, (name, bytes) =>
        {
            var container = ImageContainer.Open(name, bytes, MaxBytes, Endings);
            target = new(container.Bytes);
            return (target, container.Compressed);
        });
        try
        {
            bool replayed = durable.Notices.Count > 0;
            if (replayed)
            {
                PutChecksum(target.File);
            }

            var image = new XlCartridgeImage(durable.Name, target.File, XlCartridgeFile.Read(durable.Name, target.File, type), durable.Protection) { _durable = durable };
            if (replayed && image._start > 0)
            {
                // A kill came between what was programmed and its checksum.
                durable.Post(FileTarget.Patch(ChecksumOffset, target.File.AsSpan(ChecksumOffset, sizeof(uint))));
                durable.Settle();
            }

            return image;
        }
        catch
        {
            durable.Dispose();
            throw;
        }
    }

    /// <summary>A cartridge that lives in memory only.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="file">The file's bytes, without a container.</param>
    /// <param name="type">The type of a raw image, where the user says it.</param>
    /// <param name="writeProtect">Whether it shall not be programmed.</param>
    /// <exception cref="MediaFormatException">The bytes are damaged, of no size that a cartridge has, or for an Atari 5200.</exception>
    public static XlCartridgeImage FromBytes(string name, ReadOnlySpan<byte> file, int? type = null, bool writeProtect = false)
    {
        byte[] bytes = file.ToArray();
        return new(name, bytes, XlCartridgeFile.Read(name, bytes, type), writeProtect ? "it was asked for" : "");
    }

    /// <summary>The file with everything that was programmed.</summary>
    public byte[] ToFile()
    {
        PutChecksum(_file);
        return [.. _file];
    }

    /// <inheritdoc/>
    public bool Write(int offset, ReadOnlySpan<byte> bytes)
    {
        if (WriteProtected || offset < 0 || offset > Image.Length - bytes.Length)
        {
            return false;
        }

        _overlay.Touch();
        _sumIsStale = true;
        bytes.CopyTo(_file.AsSpan(_start + offset));
        _durable?.Post(FileTarget.Patch(_start + offset, bytes));
        return true;
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor) => _overlay.Visit(visitor);

    /// <inheritdoc/>
    /// <exception cref="IOException">The file could not be written; what the journal took is replayed at the next opening.</exception>
    public void Dispose()
    {
        var durable = _durable;
        _durable = null;
        if (durable is not null && _sumIsStale && _start > 0)
        {
            PutChecksum(_file);
            durable.Post(FileTarget.Patch(ChecksumOffset, _file.AsSpan(ChecksumOffset, sizeof(uint))));
        }

        durable?.Dispose();
    }

    private static XlCartridgeFile Read(string name, byte[] file, int? type)
    {
        try
        {
            return XlCartridgeFile.Read(name, file, type);
        }
        catch (MediaFormatException damaged) when (damaged.Offset == ChecksumOffset && XlCartridgeFile.IsCar(file))
        {
            // Before the journal is replayed the sum may be another's; afterwards it is looked at again.
            byte[] mended = [.. file];
            PutChecksum(mended);
            var cartridge = XlCartridgeFile.Read(name, mended, type);
            return IsFlash(cartridge.Type) ? cartridge : throw new MediaFormatException(damaged.Offset, damaged.Expected, damaged.Found);
        }
    }

    private static void PutChecksum(byte[] file)
    {
        if (!XlCartridgeFile.IsCar(file) || file.Length <= HeaderBytes)
        {
            return;
        }

        uint sum = 0;
        foreach (byte value in file.AsSpan(HeaderBytes))
        {
            sum += value;
        }

        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(ChecksumOffset), sum);
    }

    // A state that is loaded brings another content.
    private void Restore(byte[] file)
    {
        if (file.Length != _file.Length)
        {
            throw new InvalidDataException($"The state's cartridge has {file.Length} bytes, this one {_file.Length}.");
        }

        file.CopyTo(_file, 0);
        (_sumIsStale, Revision) = (true, Revision + 1);
        _overlay.Touch();
        _durable?.Post(FileTarget.Replacement([.. file]));
    }
}
