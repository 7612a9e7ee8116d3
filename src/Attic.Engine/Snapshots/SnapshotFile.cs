using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Attic.Engine.Streams;

namespace Attic.Engine.Snapshots;

/// <summary>A snapshot read from a file.</summary>
/// <param name="Header">What it says about itself.</param>
/// <param name="Blocks">The state.</param>
public sealed record Snapshot(SnapshotHeader Header, IReadOnlyList<SavedBlock> Blocks);

/// <summary>
/// The file format: magic <c>ATTICSNP</c>, u32 version 1, u32 length of a UTF-8 JSON head (the header, every struct layout
/// by name, type and offset, and the list of blocks), then the blocks' bytes, one after another, in one zlib stream. All
/// numbers little-endian.
/// </summary>
public static class SnapshotFile
{
    private const uint Version = 1;
    private const int PreambleBytes = 16;
    private const int LargestHead = 8 << 20;
    private const long LargestState = 256 << 20;

    private static ReadOnlySpan<byte> Magic => "ATTICSNP"u8;

    /// <summary>Writes a snapshot.</summary>
    public static void Write(Stream output, Snapshot snapshot)
    {
        var layouts = snapshot.Blocks.Select(block => block.Layout).DistinctBy(Signature, StringComparer.Ordinal).ToList();
        var indexes = layouts.Select((layout, index) => (Signature(layout), index)).ToDictionary(StringComparer.Ordinal);
        var head = new Head(
            snapshot.Header, layouts,
            [.. snapshot.Blocks.Select(block => new HeadBlock(block.Path, indexes[Signature(block.Layout)], block.Bytes.Length))]);
        byte[] json = EngineJson.Bytes(head);
        Span<byte> preamble = stackalloc byte[PreambleBytes];
        Magic.CopyTo(preamble);
        BinaryPrimitives.WriteUInt32LittleEndian(preamble[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(preamble[12..], json.Length);
        output.Write(preamble);
        output.Write(json);
        using var zlib = new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true);
        foreach (var block in snapshot.Blocks)
        {
            zlib.Write(block.Bytes.Span);
        }
    }

    /// <summary>Reads what a snapshot says about itself, without its state.</summary>
    /// <exception cref="SnapshotFormatException">The file is none, or damaged.</exception>
    public static SnapshotHeader ReadHeader(ReadOnlySpan<byte> file) => ReadHead(file, out _).Header;

    /// <summary>Reads a snapshot and checks its hash.</summary>
    /// <exception cref="SnapshotFormatException">The file is none, or damaged.</exception>
    public static Snapshot Read(ReadOnlySpan<byte> file)
    {
        var head = ReadHead(file, out int start);
        byte[] state = Inflate(file[start..], head.Blocks.Sum(block => (long)block.Bytes));
        var blocks = new List<SavedBlock>(head.Blocks.Count);
        int at = 0;
        foreach (var block in head.Blocks)
        {
            blocks.Add(new(block.Path, head.Layouts[block.Layout], state.AsMemory(at, block.Bytes)));
            at += block.Bytes;
        }

        string hash = SavedState.HashOf(blocks);
        return string.Equals(hash, head.Header.Hash, StringComparison.Ordinal)
            ? new(head.Header, blocks)
            : throw new SnapshotFormatException($"The state's hash is {hash}, the header says {head.Header.Hash}.");
    }

    private static Head ReadHead(ReadOnlySpan<byte> file, out int start)
    {
        if (file.Length < PreambleBytes || !file.StartsWith(Magic))
        {
            throw new SnapshotFormatException("The file does not begin with ATTICSNP.");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[12..]);
        if (version != Version)
        {
            throw new SnapshotFormatException($"The file has version {version}, not {Version}.");
        }

        if (length > LargestHead || length > file.Length - PreambleBytes)
        {
            throw new SnapshotFormatException($"The head claims {length} bytes, the file has {file.Length}.");
        }

        start = PreambleBytes + (int)length;
        return Check(Parse(file.Slice(PreambleBytes, (int)length)));
    }

    private static Head Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Head>(json, s_strict) ?? throw new SnapshotFormatException("The head is null.");
        }
        catch (JsonException malformed)
        {
            throw new SnapshotFormatException($"The head is not what it should be: {malformed.Message}", malformed);
        }
    }

    private static Head Check(Head head)
    {
        long total = 0;
        foreach (var block in head.Blocks)
        {
            if (block.Bytes < 0 || block.Layout < 0 || block.Layout >= head.Layouts.Count || head.Layouts[block.Layout].Size <= 0)
            {
                throw new SnapshotFormatException($"The block '{block.Path}' has an impossible length or layout.");
            }

            total += block.Bytes;
        }

        return total <= LargestState ? head : throw new SnapshotFormatException($"The state claims {total} bytes.");
    }

    private static byte[] Inflate(ReadOnlySpan<byte> compressed, long length)
    {
        using var input = new MemoryStream(compressed.ToArray(), writable: false);
        using var zlib = new ZLibStream(input, CompressionMode.Decompress);
        var state = new byte[length];
        try
        {
            int read = zlib.ReadAtLeast(state, state.Length, throwOnEndOfStream: false);
            return read == state.Length && zlib.ReadByte() < 0
                ? state
                : throw new SnapshotFormatException($"The state has other than {length} bytes.");
        }
        catch (InvalidDataException damaged)
        {
            throw new SnapshotFormatException("The compressed state is damaged.", damaged);
        }
    }

    private static string Signature(SavedLayout layout) =>
        layout.Name + "{" + string.Join(',', layout.Fields.Select(field => $"{field.Name}:{field.Type}*{field.Count}@{field.Offset}")) + "}";

    private static readonly JsonSerializerOptions s_strict = new(EngineJson.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private sealed record Head(SnapshotHeader Header, IReadOnlyList<SavedLayout> Layouts, IReadOnlyList<HeadBlock> Blocks);

    private sealed record HeadBlock(string Path, int Layout, int Bytes);
}
