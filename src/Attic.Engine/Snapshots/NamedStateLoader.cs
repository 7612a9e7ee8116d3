using System.Runtime.InteropServices;
using Attic.Abi.State;

namespace Attic.Engine.Snapshots;

/// <summary>
/// Puts a saved state into a machine by the names of parts, blocks and fields, so that a state survives fields that moved.
/// What the machine has and the state lacks, or the other way round, is refused. A disk's own blocks are loaded only into
/// the disk that they were saved from; another keeps its content.
/// </summary>
public sealed class NamedStateLoader : StateVisitor
{
    private const string DiskHeader = "disk";
    private const string Fingerprint = "Fingerprint";

    private readonly Dictionary<string, Queue<SavedBlock>> _blocks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _skippedParts = new(StringComparer.Ordinal);
    private readonly Stack<string> _parts = new();
    private string _prefix = "";

    private NamedStateLoader(IEnumerable<SavedBlock> state)
    {
        foreach (var block in state)
        {
            ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, block.Path, out _);
            (queue ??= new()).Enqueue(block);
        }
    }

    /// <summary>Overwrites a machine's state; after a failure it is half overwritten and needs its old state back.</summary>
    /// <exception cref="SnapshotMismatchException">The state does not fit.</exception>
    public static void Load(IStateful machine, IReadOnlyList<StateBlock> state) => Load(machine, SavedState.Of(state));

    /// <inheritdoc cref="Load(IStateful, IReadOnlyList{StateBlock})"/>
    public static void Load(IStateful machine, IReadOnlyList<SavedBlock> state)
    {
        var loader = new NamedStateLoader(state);
        try
        {
            machine.Visit(loader);
        }
        catch (InvalidDataException refused)
        {
            throw new SnapshotMismatchException(refused.Message);
        }

        loader.CheckAllUsed(state);
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
    protected override void Block(string name, Span<byte> bytes, StateLayout layout)
    {
        string path = _prefix + name;
        if (IsDiskHeader(name, layout) && !IsSameDisk(path, bytes))
        {
            _skippedParts.Add(_prefix);
            bytes.Clear();
            return;
        }

        if (!_blocks.TryGetValue(path, out var queue) || !queue.TryDequeue(out var saved))
        {
            throw new SnapshotMismatchException($"The state lacks '{path}'.");
        }

        Copy(saved, bytes, layout);
    }

    private static bool IsDiskHeader(string name, StateLayout layout) =>
        string.Equals(name, DiskHeader, StringComparison.Ordinal) && layout.Fields.Any(field => string.Equals(field.Name, Fingerprint, StringComparison.Ordinal));

    private bool IsSameDisk(string path, ReadOnlySpan<byte> live) =>
        _blocks.TryGetValue(path, out var queue) && queue.TryPeek(out var saved)
        && saved.Bytes.Length == live.Length && saved.Bytes.Span[..sizeof(ulong)].SequenceEqual(live[..sizeof(ulong)]);

    private static void Copy(SavedBlock saved, Span<byte> bytes, StateLayout layout)
    {
        if (saved.Layout.IsSameAs(layout))
        {
            if (saved.Bytes.Length != bytes.Length)
            {
                throw new SnapshotMismatchException($"'{saved.Path}' has {saved.Bytes.Length} bytes, the machine has {bytes.Length}.");
            }

            saved.Bytes.Span.CopyTo(bytes);
            return;
        }

        int elements = bytes.Length / layout.Size;
        if (saved.Layout.Size <= 0 || saved.Bytes.Length != elements * saved.Layout.Size)
        {
            throw new SnapshotMismatchException($"'{saved.Path}' has another number of elements than the machine.");
        }

        foreach (var field in layout.Fields)
        {
            CopyField(saved, field, bytes, layout, elements);
        }
    }

    private static void CopyField(SavedBlock saved, StateField field, Span<byte> bytes, StateLayout layout, int elements)
    {
        var old = saved.Layout.Fields.FirstOrDefault(each => string.Equals(each.Name, field.Name, StringComparison.Ordinal));
        bool fits = old is not null && string.Equals(old.Type, field.Type, StringComparison.Ordinal) && old.Count == field.Count
            && old.Offset >= 0 && old.Offset + (old.Size * old.Count) <= saved.Layout.Size && old.Size == field.Size;
        if (!fits)
        {
            throw new SnapshotMismatchException($"'{saved.Path}' lacks the field '{field.Name}' of type {field.Type}.");
        }

        int length = field.Size * field.Count;
        for (int i = 0; i < elements; i++)
        {
            saved.Bytes.Span.Slice((i * saved.Layout.Size) + old!.Offset, length).CopyTo(bytes[((i * layout.Size) + field.Offset)..]);
        }
    }

    private void CheckAllUsed(IReadOnlyList<SavedBlock> state)
    {
        var disks = state.Where(block => string.Equals(block.Name, DiskHeader, StringComparison.Ordinal)).Select(block => block.Part).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, queue) in _blocks)
        {
            string part = path[..(path.LastIndexOf('/') + 1)];
            if (queue.Count > 0 && !_skippedParts.Contains(part) && !disks.Contains(part))
            {
                throw new SnapshotMismatchException($"The machine has no '{path}'.");
            }
        }
    }
}
