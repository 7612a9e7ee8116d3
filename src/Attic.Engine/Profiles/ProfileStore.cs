using Attic.Engine.Card;
using Attic.Engine.Errors;

namespace Attic.Engine.Profiles;

/// <summary>The machine profiles of a card: <c>config/engine_v2/machines/&lt;machine&gt;/&lt;profile&gt;.json</c>.</summary>
/// <param name="card">The card.</param>
public sealed class ProfileStore(CardRoot card)
{
    private const string Folder = CardRoots.EngineConfig + "/machines";

    /// <summary>The ids of a machine's profiles, in ordinal order; empty for an unknown machine.</summary>
    public IReadOnlyList<string> ProfilesOf(string machine) =>
        IsId(machine)
            ? [.. card.FilesBelow($"{Folder}/{machine}", CardRoots.Config)
                .Where(file => file.Name.EndsWith(".json", StringComparison.Ordinal) && file.VirtualFolder.EndsWith("/" + machine, StringComparison.Ordinal))
                .Select(file => Path.GetFileNameWithoutExtension(file.Name))
                .Where(IsId)]
            : [];

    /// <summary>Reads a profile: the manifest stage of a session's start.</summary>
    /// <param name="machine">The machine's id.</param>
    /// <param name="profile">The profile's id, or another name for it.</param>
    /// <exception cref="EngineException"><c>MACHINE_PROFILE_NOT_FOUND</c>; <c>BAD_REQUEST</c> with what is wrong in the file.</exception>
    public ProfileManifest Load(string machine, string profile)
    {
        var errors = ErrorsOf(machine, profile);
        byte[] json = ReadFile(errors);
        if (ProfileManifestReader.AliasOf(json, errors) is not { } target)
        {
            return ProfileManifestReader.Read(json, errors);
        }

        var targetErrors = ErrorsOf(machine, target);
        return ProfileManifestReader.Read(ReadFile(targetErrors), targetErrors) with { Profile = profile };
    }

    private static ProfileErrors ErrorsOf(string machine, string profile) => new(machine, profile, $"{Folder}/{machine}/{profile}.json");

    private byte[] ReadFile(ProfileErrors errors)
    {
        if (!IsId(errors.Machine) || !IsId(errors.Profile))
        {
            throw errors.NotFound();
        }

        var path = card.Resolve(errors.Path, CardAccess.Read);
        try
        {
            return new FileInfo(path.Host).Length <= ProfileManifestReader.Largest
                ? File.ReadAllBytes(path.Host)
                : throw errors.Invalid($"it takes more than {ProfileManifestReader.Largest} bytes");
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            throw errors.NotFound();
        }
    }

    // Ids become file names: nothing else may get through.
    private static bool IsId(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
