namespace Attic.Pack;

/// <summary>The arguments of the packer.</summary>
internal sealed record PackOptions
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        """
        Usage: Attic.Pack --modules DIR --out DIR [--configuration Release|Debug] [--key FILE | --unsigned] [--trust DIR]

          --modules DIR        folder of the module projects; each with a module.json is packed
          --out DIR            where the packages go: <machine>/<type>/<module_id>-<version>.ebin
          --configuration C    which build to pack (Release)
          --key FILE           PEM file with the P-256 key to sign with; without it the one in ATTIC_HOME/keys,
                               which is made if needed (ATTIC_HOME is ~/.attic unless set)
          --unsigned           sign nothing; such packages load only with --allow-unsigned
          --trust DIR          also put the key's public half there, as the only one
        """;

    /// <summary>Folder of the module projects.</summary>
    public required string Modules { get; init; }

    /// <summary>Where the packages go.</summary>
    public required string Out { get; init; }

    /// <summary>Which build.</summary>
    public string Configuration { get; init; } = "Release";

    /// <summary>The key to sign with; null for the user's.</summary>
    public string? Key { get; init; }

    /// <summary>Whether nothing is signed.</summary>
    public bool Unsigned { get; init; }

    /// <summary>Where the key's public half goes, too.</summary>
    public string? Trust { get; init; }

    /// <summary>Reads arguments.</summary>
    /// <returns>Null when they make no sense.</returns>
    public static PackOptions? Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int at = 0; at < arguments.Count; at++)
        {
            string name = arguments[at];
            bool flag = string.Equals(name, "--unsigned", StringComparison.Ordinal);
            bool known = name is "--modules" or "--out" or "--configuration" or "--key" or "--trust" || flag;
            if (!known || (!flag && at + 1 == arguments.Count) || !values.TryAdd(name, flag ? "" : arguments[++at]))
            {
                return null;
            }
        }

        bool unsigned = values.ContainsKey("--unsigned");
        if (!values.TryGetValue("--modules", out string? modules)
            || !values.TryGetValue("--out", out string? output)
            || (unsigned && values.ContainsKey("--key")))
        {
            return null;
        }

        return new()
        {
            Modules = modules,
            Out = output,
            Configuration = values.GetValueOrDefault("--configuration", "Release"),
            Key = values.GetValueOrDefault("--key"),
            Unsigned = unsigned,
            Trust = values.GetValueOrDefault("--trust"),
        };
    }
}
