using System.Security.Cryptography;
using System.Text;
using Attic.Abi.State;

namespace Attic.Engine.Snapshots;

/// <summary>A field of a saved struct.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its primitive type.</param>
/// <param name="Offset">Bytes from the start of the struct.</param>
/// <param name="Size">Bytes of one element.</param>
/// <param name="Count">Elements.</param>
public sealed record SavedField(string Name, string Type, int Offset, int Size, int Count);

/// <summary>The layout of a saved struct, as it was when it was saved.</summary>
/// <param name="Name">The struct's name.</param>
/// <param name="Size">Bytes of one element.</param>
/// <param name="Fields">Its fields.</param>
public sealed record SavedLayout(string Name, int Size, IReadOnlyList<SavedField> Fields)
{
    /// <summary>The layout of a live block.</summary>
    public static SavedLayout Of(StateLayout layout) => new(
        layout.Name, layout.Size,
        [.. layout.Fields.Select(field => new SavedField(field.Name, field.Type, field.Offset, field.Size, field.Count))]);

    /// <summary>Whether the fields lie at the same places, so that the bytes can be copied whole.</summary>
    public bool IsSameAs(StateLayout layout) =>
        Size == layout.Size && Fields.Count == layout.Fields.Count
        && Fields.Zip(layout.Fields).All(pair =>
            string.Equals(pair.First.Name, pair.Second.Name, StringComparison.Ordinal)
            && string.Equals(pair.First.Type, pair.Second.Type, StringComparison.Ordinal)
            && pair.First.Offset == pair.Second.Offset && pair.First.Count == pair.Second.Count);
}

/// <summary>A saved block of state.</summary>
/// <param name="Path">Parts and block joined by slashes.</param>
/// <param name="Layout">The fields of one element.</param>
/// <param name="Bytes">The elements.</param>
public sealed record SavedBlock(string Path, SavedLayout Layout, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The block's own name.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The part that it belongs to, with its slash.</summary>
    public string Part => Path[..(Path.LastIndexOf('/') + 1)];
}

/// <summary>The state of a machine, taken apart.</summary>
public static class SavedState
{
    /// <summary>Copies a machine's state.</summary>
    public static IReadOnlyList<SavedBlock> Of(IStateful machine) => Of(StateCollector.Collect(machine));

    /// <summary>The same blocks with their layouts as data.</summary>
    public static IReadOnlyList<SavedBlock> Of(IReadOnlyList<StateBlock> blocks) =>
        [.. blocks.Select(block => new SavedBlock(block.Path, SavedLayout.Of(block.Layout), block.Bytes))];

    /// <summary>The hash that <see cref="StateHasher"/> gives for the machine that the blocks were saved from.</summary>
    public static string HashOf(IEnumerable<SavedBlock> blocks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var block in blocks)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(block.Name));
            hash.AppendData(block.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
