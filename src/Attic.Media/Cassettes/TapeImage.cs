using System.Buffers.Binary;
using System.Security.Cryptography;
using Attic.Abi.Media;
using Attic.Abi.State;
using Attic.Media.Durability;
using Attic.Media.Floppies;
using Attic.Media.Floppies8;

namespace Attic.Media.Cassettes;

/// <summary>
/// A cassette from a file: <c>.CAS</c>, or <c>.WAV</c>, which can only be played. What is recorded goes into a journal beside the file
/// at once and into the file at <see cref="Settle"/> and <see cref="Dispose"/>.
/// </summary>
public sealed class TapeImage : ITapeMedium, IDisposable
{
    // Half an hour of sound in two channels of 48 kHz, and far more than any tape holds as records.
    private const int MaxBytes = 400 << 20;
    private const int MaxCasBytes = 16 << 20;
    private static readonly string[] Endings = [".cas", ".wav"];

    private readonly string _protection;
    private readonly FileOverlay? _overlay;
    private List<TapeBlock> _blocks = [];
    private string _description = "";
    private byte[] _bytes;
    private long[] _edges = [];
    private DurableImage? _file;

    private TapeImage(string name, byte[] bytes, string protection)
    {
        Name = name;
        _bytes = bytes;
        Fingerprint = Math.Max(2, BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(bytes)));
        if (bytes.AsSpan().StartsWith(WavTape.Magic))
        {
            (_edges, Sound) = WavTape.Read(bytes);
            (_bytes, _protection) = ([], "a sound file can only be played");
            return;
        }

        if (bytes.Length > MaxCasBytes)
        {
            throw new MediaFormatException(MaxCasBytes, $"at most {MaxCasBytes} bytes", $"{bytes.Length}");
        }

        _protection = protection;
        Look(bytes);
        _overlay = new([.. bytes], Fingerprint, () => _bytes, Restore);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ulong Fingerprint { get; }

    /// <summary>Why the tape cannot be recorded on; empty when it can.</summary>
    public string Protection => _protection;

    /// <summary>What a user should know about opening it: a replayed journal, one that was kept aside.</summary>
    public IReadOnlyList<string> Notices => _file?.Notices ?? [];

    /// <summary>Why the last attempt to write to the file failed; empty when it did not.</summary>
    public string WriteFault => _file?.Fault ?? "";

    /// <inheritdoc/>
    public bool WriteProtected => _protection.Length > 0;

    /// <inheritdoc/>
    public ReadOnlySpan<long> Edges => _edges;

    /// <inheritdoc/>
    public ITapeSound? Sound { get; }

    /// <inheritdoc/>
    public long Length => Math.Max(_edges.Length > 0 ? _edges[^1] : 0, _blocks.Count > 0 ? _blocks[^1].End : 0);

    /// <summary>What the file says about itself.</summary>
    public string Description => _description;

    /// <summary>Whether a file is a tape, by its first bytes or its name.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="bytes">The file, or its beginning.</param>
    public static bool Recognises(string name, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        return bytes.StartsWith(CasFormat.Magic) || bytes.StartsWith(WavTape.Magic) || Array.Exists(Endings, ending => ImageContainer.EndsWith(name, ending));
    }

    /// <summary>The bytes of a file with an empty tape.</summary>
    public static byte[] Blank() => CasFormat.Write("", []);

    /// <summary>Opens a tape and locks it for this process, unless it is write-protected.</summary>
    /// <param name="path">A .cas or .wav file, or one in a gzip or zip container; only a bare .cas can be recorded on.</param>
    /// <param name="writeProtect">Whether the tabs are broken out.</param>
    /// <exception cref="MediaFormatException">The file is damaged or no tape.</exception>
    /// <exception cref="FileInUseException">Another process, or this one, has it open for writing.</exception>
    /// <exception cref="IOException">The file cannot be read, or replaying its journal failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static TapeImage Open(string path, bool writeProtect = false)
    {
        FileTarget target = null!;
        var file = DurableImage.Open(path, writeProtect, (name, bytes) =>
        {
            var image = ImageContainer.Open(name, bytes, MaxBytes, Endings);
            target = new(image.Bytes);
            bool sound = image.Bytes.AsSpan().StartsWith(WavTape.Magic);
            if (!sound)
            {
                _ = new TapeImage(name, image.Bytes, "");
            }

            return (target, image.Compressed || sound);
        });
        try
        {
            return new(file.Name, target.File, file.Protection) { _file = file };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A tape that lives in memory only, from the bytes of a file.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="file">The file's bytes.</param>
    /// <param name="writeProtect">Whether the tabs are broken out.</param>
    /// <exception cref="MediaFormatException">The bytes are damaged or no tape.</exception>
    public static TapeImage FromBytes(string name, ReadOnlySpan<byte> file, bool writeProtect = false) =>
        new(name, ImageContainer.Open(name, file, MaxBytes, Endings).Bytes, writeProtect ? "it was asked for" : "");

    /// <summary>The file with everything that was recorded; of a .wav nothing.</summary>
    public byte[] ToFile() => [.. _bytes];

    /// <inheritdoc/>
    public bool Record(long start, ReadOnlySpan<byte> bytes, int baud)
    {
        if (WriteProtected || bytes.IsEmpty || bytes.Length > ushort.MaxValue || start < 0 || baud is < 1 or > ushort.MaxValue)
        {
            return false;
        }

        long end = start + TapeSignal.LengthOf(TapeBlockKind.Bytes, "data", bytes, baud, 0, 0);
        _overlay!.Touch();

        // A record that is partly overwritten is spoilt.
        _blocks.RemoveAll(block => block.Start < end && block.End > start);
        int place = _blocks.FindIndex(block => block.Start >= end);
        _blocks.Insert(place < 0 ? _blocks.Count : place, new(TapeBlockKind.Bytes, start, end, bytes.ToArray(), baud, "data"));
        _bytes = CasFormat.Write(_description, _blocks);
        _edges = TapeSignal.EdgesOf(_blocks);
        _file?.Post(FileTarget.Replacement(_bytes));
        return true;
    }

    /// <inheritdoc/>
    public void Settle() => _file?.Settle();

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor) => _overlay?.Visit(visitor);

    /// <inheritdoc/>
    /// <exception cref="IOException">The file could not be written; what the journal took is replayed at the next opening.</exception>
    public void Dispose()
    {
        var file = _file;
        _file = null;
        file?.Dispose();
    }

    private void Look(ReadOnlySpan<byte> bytes)
    {
        _blocks = CasFormat.Read(bytes, out _description);
        _edges = TapeSignal.EdgesOf(_blocks);
    }

    // A state that is loaded brings another recording.
    private void Restore(byte[] bytes)
    {
        try
        {
            Look(bytes);
        }
        catch (MediaFormatException damage)
        {
            throw new InvalidDataException($"The state's tape is none. {damage.Message}", damage);
        }

        _overlay!.Touch();
        _bytes = bytes;
        _file?.Post(FileTarget.Replacement([.. bytes]));
    }
}
