using Attic.Abi.AtariXl;

namespace Attic.Server;

/// <summary>What a server is started with.</summary>
public sealed record ServerOptions
{
    /// <summary>The port tried first when none was asked for.</summary>
    public const int PreferredPort = 8080;

    /// <summary>The last port tried when none was asked for.</summary>
    public const int LastPort = 8099;

    /// <summary>
    /// The port that was asked for: taken means failure. Null: the first free one from <see cref="PreferredPort"/> to
    /// <see cref="LastPort"/>. 0: one that the system picks.
    /// </summary>
    public int? Port { get; init; }

    /// <summary>The host folder behind <c>/sdcard</c>; null for the user's own card.</summary>
    public string? CardDirectory { get; init; }

    /// <summary>Whether modules run whose signature no trusted key made.</summary>
    public bool AllowUnsigned { get; init; }

    /// <summary>Sessions at a time, 1 to 64.</summary>
    public int Sessions { get; init; } = 1;

    /// <summary>Who may ask for tokens; null for <c>dev-open</c> (no checks, loopback only).</summary>
    public IReadOnlyList<TokenClient>? TokenClients { get; init; }

    /// <summary>The session to start with the server, or null.</summary>
    public AutoStart? AutoStart { get; init; }

    /// <summary>Makes the FujiNet of an XL's session; throws <see cref="IOException"/> when it cannot. Null for none.</summary>
    public Func<ISioGuest>? FujiNet { get; init; }

    /// <summary>The folder of the page's files; null for the one that ships with the server.</summary>
    public string? WebRoot { get; init; }

    /// <summary>Told one line at a time what happens while the server starts and stops; null for silence.</summary>
    public Action<string>? Report { get; init; }
}

/// <summary>A session that the server starts by itself.</summary>
/// <param name="Machine">The machine's id, <c>atari_st</c>.</param>
/// <param name="Profile">The profile's id; null for the machine's default.</param>
/// <param name="RomId">The catalog id of its operating system; null for the profile's own.</param>
public sealed record AutoStart(string Machine, string? Profile = null, string? RomId = null)
{
    /// <summary>An operating system's image, or for an XL a folder with OS and BASIC, that is put onto the card; or null.</summary>
    public string? RomFile { get; init; }

    /// <summary>A disk, program, cartridge or tape that is put onto the card and into the machine; or null.</summary>
    public string? MediaFile { get; init; }

    /// <summary>Whether <see cref="MediaFile"/> is a cartridge.</summary>
    public bool IsCartridge { get; init; }

    /// <summary>Whether <see cref="MediaFile"/> is a tape, which the machine then boots from.</summary>
    public bool IsCassette { get; init; }

    /// <summary>An XL's: whether it starts with BASIC; null for the usual way.</summary>
    public bool? Basic { get; init; }
}

/// <summary>A client that may ask for tokens.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Secret">Its secret.</param>
/// <param name="Scopes">The most that its tokens may carry.</param>
public sealed record TokenClient(string Id, string Secret, IReadOnlyList<string> Scopes);
