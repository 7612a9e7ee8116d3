namespace Attic.Abi.State;

/// <summary>One block of state, copied, with its place in the machine and its layout.</summary>
/// <param name="Path">Parts and block joined by slashes: "mfp/registers".</param>
/// <param name="Layout">The fields of one element.</param>
/// <param name="Bytes">The elements.</param>
public sealed record StateBlock(string Path, StateLayout Layout, byte[] Bytes);

/// <summary>Copies state block by block with names and layouts: for save files and for comparing machines.</summary>
public sealed class StateCollector : StateVisitor
{
    private readonly List<StateBlock> _blocks = [];
    private readonly Stack<string> _parts = new();
    private string _prefix = "";

    private StateCollector()
    {
    }

    /// <summary>All blocks of <paramref name="subject"/> in visiting order.</summary>
    public static IReadOnlyList<StateBlock> Collect(IStateful subject)
    {
        var collector = new StateCollector();
        subject.Visit(collector);
        return collector._blocks;
    }

    /// <summary>Names every field that differs, as <c>path.field: old → new</c>; empty when the states are equal.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<StateBlock> before, IReadOnlyList<StateBlock> after)
    {
        var found = new List<string>();
        var old = before.ToDictionary(block => block.Path, StringComparer.Ordinal);
        foreach (var block in after)
        {
            if (!old.Remove(block.Path, out var was) || was.Bytes.Length != block.Bytes.Length)
            {
                found.Add($"{block.Path}: only on one side, or of another length");
            }
            else if (!was.Bytes.AsSpan().SequenceEqual(block.Bytes))
            {
                Compare(was, block, found);
            }
        }

        found.AddRange(old.Keys.Select(path => $"{path}: only on one side, or of another length"));
        return found;
    }

    /// <inheritdoc/>
    protected override void Enter(string name)
    {
        _parts.Push(_prefix);
        _prefix += name + "/";
    }

    /// <inheritdoc/>
    protected override void Leave() => _prefix = _parts.Pop();

    /// <inheritdoc/>
    protected override void Block(string name, Span<byte> bytes, StateLayout layout) =>
        _blocks.Add(new(_prefix + name, layout, bytes.ToArray()));

    private static void Compare(StateBlock before, StateBlock after, List<string> found)
    {
        for (int start = 0; start < after.Bytes.Length; start += after.Layout.Size)
        {
            string element = after.Bytes.Length > after.Layout.Size ? $"[0x{start / after.Layout.Size:X}]" : "";
            foreach (var field in after.Layout.Fields)
            {
                for (int index = 0; index < field.Count; index++)
                {
                    int at = start + field.Offset + (index * field.Size);
                    var x = before.Bytes.AsSpan(at, field.Size);
                    var y = after.Bytes.AsSpan(at, field.Size);
                    if (!x.SequenceEqual(y))
                    {
                        string suffix = field.Count > 1 ? $"[{index}]" : "";
                        string dot = field.Name.Length > 0 ? "." : "";
                        found.Add($"{after.Path}{element}{dot}{field.Name}{suffix}: 0x{Hex(x)} → 0x{Hex(y)}");
                    }
                }
            }
        }
    }

    private static string Hex(ReadOnlySpan<byte> littleEndian)
    {
        Span<byte> bytes = stackalloc byte[littleEndian.Length];
        littleEndian.CopyTo(bytes);
        bytes.Reverse();
        return Convert.ToHexString(bytes);
    }
}
