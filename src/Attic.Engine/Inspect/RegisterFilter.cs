using Attic.Abi.Chips;

namespace Attic.Engine.Inspect;

/// <summary>What a register stream lets through (§14).</summary>
public sealed record RegisterFilter
{
    /// <summary>Chips; null for all.</summary>
    public IReadOnlySet<string>? Components { get; init; }

    /// <summary>Register names; together with <see cref="Prefixes"/>. Null for all.</summary>
    public IReadOnlySet<string>? Registers { get; init; }

    /// <summary>Beginnings of register names; null for none.</summary>
    public IReadOnlyList<string>? Prefixes { get; init; }

    /// <summary>Only registers whose value changed.</summary>
    public bool ChangedOnly { get; init; } = true;

    /// <summary>Microseconds of emulated time between looks (mode <c>interval</c>); 0 for every publication (<c>event</c>).</summary>
    public uint IntervalUs { get; init; }

    /// <summary>Whether a register is selected.</summary>
    public bool Matches(in RegisterValue value) =>
        (Components is null || Components.Contains(value.Component))
        && ((Registers is null && Prefixes is null) || Named(value.Register));

    private bool Named(string register) =>
        Registers?.Contains(register) == true
        || Prefixes?.Any(prefix => register.StartsWith(prefix, StringComparison.Ordinal)) == true;
}
