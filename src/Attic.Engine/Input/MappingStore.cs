using System.Text.Json;
using Attic.Engine.Card;
using Attic.Engine.Errors;
using Attic.Engine.Sessions;
using Attic.Engine.Streams;

namespace Attic.Engine.Input;

/// <summary>Where a profile is kept.</summary>
/// <param name="Path">Its virtual path.</param>
/// <param name="Revision">The revision that is stored.</param>
/// <param name="Saved">Whether the file holds it.</param>
public sealed record MappingPersistence(string Path, uint Revision, bool Saved);

/// <summary>
/// The mapping profiles of a card: one JSON file each, rewritten whole, so that a kill leaves the old or the new one.
/// </summary>
public sealed class MappingStore(string hostFolder)
{
    /// <summary>Where the profiles lie on the card.</summary>
    public const string VirtualFolder = "/sdcard/config/engine_v2/input/mappings";

    private readonly Lock _gate = new();

    /// <summary>The profile that a machine starts with.</summary>
    public static string DefaultFor(string machine) => machine switch
    {
        "atari_xl" => "atari_xl_default_v1",
        _ => "atari_st_default_v1",
    };

    /// <summary>All profiles, or those of one machine, by machine and id; files that are none are left out.</summary>
    public IReadOnlyList<MappingProfile> List(string? machine)
    {
        lock (_gate)
        {
            return [.. Files(machine).Select(TryRead).OfType<MappingProfile>()
                .OrderBy(profile => profile.Machine, StringComparer.Ordinal)
                .ThenBy(profile => profile.MappingProfileId, StringComparer.Ordinal)];
        }
    }

    /// <summary>A profile.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="machine">Its machine; null for the first that has it.</param>
    /// <exception cref="EngineException"><c>INPUT_MAPPING_NOT_FOUND</c>, <c>BAD_REQUEST</c> when the file is damaged.</exception>
    public MappingProfile Get(string id, string? machine)
    {
        lock (_gate)
        {
            return Find(id, machine) ?? throw NotFound(id);
        }
    }

    /// <summary>Adds a profile at revision 1.</summary>
    /// <exception cref="EngineException"><c>CONFLICT</c> when there is one.</exception>
    public MappingProfile Create(string id, string machine, string profile, IReadOnlyList<MappingEntry> entries)
    {
        CheckName("mapping_profile_id", id);
        CheckName("machine", machine);
        lock (_gate)
        {
            if (File.Exists(HostPath(machine, id)))
            {
                throw new EngineException(
                    ErrorCode.Conflict, $"A mapping profile '{id}' exists already; change it with PATCH.",
                    ErrorDetails.Of(("mapping_profile_id", id), ("machine", machine)));
            }

            return Save(new(id, MappingProfile.CurrentSchema, machine, profile, 1, RuntimeClock.NowUs, entries));
        }
    }

    /// <summary>Changes a profile; the revision rises only if something changed.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="machine">Its machine, or null.</param>
    /// <param name="expectedRevision">The revision that the caller saw, or null.</param>
    /// <param name="change">The new profile from the old.</param>
    /// <returns>The profile before and after.</returns>
    /// <exception cref="EngineException"><c>INPUT_MAPPING_NOT_FOUND</c>, <c>CONFLICT</c> for another revision.</exception>
    public (MappingProfile Before, MappingProfile After) Change(
        string id, string? machine, uint? expectedRevision, Func<MappingProfile, MappingProfile> change)
    {
        lock (_gate)
        {
            var before = Find(id, machine) ?? throw NotFound(id);
            CheckRevision(before, expectedRevision);
            var after = change(before);
            MappingProfile.CheckEntries(after.Entries);
            bool same = EngineJson.Bytes(after).AsSpan().SequenceEqual(EngineJson.Bytes(before));
            return same
                ? (before, before)
                : (before, Save(after with { Revision = before.Revision + 1, UpdatedAtUs = RuntimeClock.NowUs }));
        }
    }

    /// <summary>Removes a profile.</summary>
    /// <exception cref="EngineException"><c>INPUT_MAPPING_NOT_FOUND</c>.</exception>
    public void Delete(string id)
    {
        lock (_gate)
        {
            var profile = Find(id, null) ?? throw NotFound(id);
            File.Delete(HostPath(profile.Machine, id));
        }
    }

    /// <summary>Where a profile is kept.</summary>
    public MappingPersistence PersistenceOf(MappingProfile profile) => new(
        $"{VirtualFolder}/{profile.Machine}/{profile.MappingProfileId}.json",
        profile.Revision,
        File.Exists(HostPath(profile.Machine, profile.MappingProfileId)));

    /// <summary>Refuses a revision other than the stored one.</summary>
    /// <exception cref="EngineException"><c>CONFLICT</c>.</exception>
    public static void CheckRevision(MappingProfile profile, uint? expected)
    {
        if (expected is { } revision && revision != profile.Revision)
        {
            throw new EngineException(
                ErrorCode.Conflict, $"The mapping profile is at revision {profile.Revision}.",
                ErrorDetails.Of(("expected_revision", revision), ("actual_revision", profile.Revision)), retryable: true);
        }
    }

    private static EngineException NotFound(string id) => new(
        ErrorCode.InputMappingNotFound, $"There is no mapping profile '{id}'.", ErrorDetails.Of(("mapping_profile_id", id)));

    private static void CheckName(string field, string name)
    {
        if (!IsName(name))
        {
            throw JsonFields.WrongField(field, "1 to 64 of a-z, 0-9, dot, underscore and hyphen", name);
        }
    }

    private static bool IsName(string name) =>
        name.Length is >= 1 and <= 64 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private MappingProfile? Find(string id, string? machine)
    {
        if (!IsName(id) || (machine is not null && !IsName(machine)))
        {
            return null;
        }

        string? path = Files(machine).FirstOrDefault(file => string.Equals(Path.GetFileNameWithoutExtension(file), id, StringComparison.Ordinal));
        return path is null ? null : Read(path);
    }

    private IEnumerable<string> Files(string? machine)
    {
        string folder = machine is null ? hostFolder : Path.Combine(hostFolder, machine);
        return (machine is null || IsName(machine)) && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];
    }

    private static MappingProfile? TryRead(string path)
    {
        try
        {
            return Read(path);
        }
        catch (EngineException)
        {
            // A file that a user broke is shown by asking for it, not by failing the list.
            return null;
        }
    }

    private static MappingProfile Read(string path)
    {
        try
        {
            return MappingProfile.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException broken)
        {
            throw new EngineException(
                ErrorCode.BadRequest, $"The mapping profile {Path.GetFileName(path)} is not JSON: {broken.Message}",
                ErrorDetails.Of(("field", "mapping_profile"), ("expected", "JSON"), ("actual", "malformed")), inner: broken);
        }
    }

    private MappingProfile Save(MappingProfile profile)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(new { MappingProfile = profile }, s_indented);
        StagedFile.Write(HostPath(profile.Machine, profile.MappingProfileId), bytes);
        return profile;
    }

    private static readonly JsonSerializerOptions s_indented = new(EngineJson.Options) { WriteIndented = true };

    private string HostPath(string machine, string id) => Path.Combine(hostFolder, machine, id + ".json");
}
