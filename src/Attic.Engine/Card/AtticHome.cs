namespace Attic.Engine.Card;

/// <summary>
/// The user's Attic folder: keys and trusted keys, and the card unless it lies elsewhere. Keys and trust are outside the
/// card, where no path of the API leads.
/// </summary>
/// <param name="Folder">The folder, as a full path.</param>
/// <param name="CardFolder">The host folder of the card, as a full path.</param>
public sealed record AtticHome(string Folder, string CardFolder)
{
    /// <summary>The environment variable that names another folder than <c>~/.attic</c>.</summary>
    public const string Variable = "ATTIC_HOME";

    /// <summary>Public keys whose modules may run: <c>*.pem</c>.</summary>
    public string TrustFolder => Path.Combine(Folder, "trust");

    /// <summary>The private key that the build signs with.</summary>
    public string KeysFolder => Path.Combine(Folder, "keys");

    /// <summary>The folders as environment and command line say.</summary>
    /// <param name="home">The value of <see cref="Variable"/>; null or empty for <c>~/.attic</c>.</param>
    /// <param name="card">The value of <c>--card</c>; null for <c>sdcard</c> in the Attic folder.</param>
    /// <exception cref="ArgumentException">Keys or trusted keys would lie on the card.</exception>
    public static AtticHome Locate(string? home, string? card)
    {
        string folder = Path.GetFullPath(string.IsNullOrEmpty(home) ? Default() : home);
        string cardFolder = Path.GetFullPath(string.IsNullOrEmpty(card) ? Path.Combine(folder, "sdcard") : card);
        var located = new AtticHome(folder, cardFolder);
        return Contains(cardFolder, located.TrustFolder) || Contains(cardFolder, located.KeysFolder)
            ? throw new ArgumentException($"The card folder '{cardFolder}' holds Attic's keys ('{folder}'). Choose another folder for the card.", nameof(card))
            : located;
    }

    /// <summary>The folders as the environment says, with the card where <paramref name="card"/> says.</summary>
    /// <exception cref="ArgumentException">Keys or trusted keys would lie on the card.</exception>
    public static AtticHome FromEnvironment(string? card = null) => Locate(Environment.GetEnvironmentVariable(Variable), card);

    private static string Default() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".attic");

    private static bool Contains(string outer, string inner)
    {
        string real = HostLinks.RealPath(Path.TrimEndingDirectorySeparator(outer)) + Path.DirectorySeparatorChar;
        return (HostLinks.RealPath(inner) + Path.DirectorySeparatorChar).StartsWith(real, StringComparison.Ordinal);
    }
}
