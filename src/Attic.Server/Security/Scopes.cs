namespace Attic.Server.Security;

/// <summary>The eight scopes (§3, R17).</summary>
internal static class Scopes
{
    public const string EngineControl = "engine:control";
    public const string InspectRead = "inspect:read";
    public const string StreamRead = "stream:read";
    public const string FilesRead = "files:read";
    public const string FilesWrite = "files:write";
    public const string EbinManage = "ebin:manage";
    public const string InputRead = "input:read";
    public const string InputWrite = "input:write";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [EngineControl, InspectRead, StreamRead, FilesRead, FilesWrite, EbinManage, InputRead, InputWrite];
}
