using System.Diagnostics.CodeAnalysis;

namespace Attic.Modules.XlVideo;

/// <summary>
/// The plans of lines that were shown lately, by their keys. There are at most <see cref="Capacity"/>: when one more is wanted all
/// are forgotten and their memory is used again, so that a program which walks through all that a line can be costs time, but no
/// more memory.
/// </summary>
internal sealed class PlanCache
{
    /// <summary>Plans that are kept. A picture has one for each kind of line in it, 30 or so; each takes 1.5 KB.</summary>
    public const int Capacity = 512;

    private readonly Dictionary<int, LinePlan> _plans = new(Capacity);
    private readonly LinePlan?[] _made = new LinePlan?[Capacity];

    /// <summary>How many plans there are.</summary>
    public int Count => _plans.Count;

    /// <summary>Finds the plan of a key.</summary>
    public bool TryGet(int key, [NotNullWhen(true)] out LinePlan? plan) => _plans.TryGetValue(key, out plan);

    /// <summary>A plan for a key that has none, to be built. It may be one that was given for another key before.</summary>
    public LinePlan Add(int key)
    {
        if (_plans.Count == Capacity)
        {
            _plans.Clear();
        }

        var plan = _made[_plans.Count] ??= new LinePlan();
        _plans.Add(key, plan);
        return plan;
    }
}
