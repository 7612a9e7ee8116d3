using System.Text;
using System.Text.Json;
using Attic.Engine.Modules;
using Attic.Engine.Sessions;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary>Module packages (§11).</summary>
internal sealed class EbinEndpoints(EbinService ebins, SessionManager sessions)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(ApiRoutes routes)
    {
        routes.Get("ebins/catalog", Scopes.EbinManage, _ => Task.FromResult<object>(ebins.List()));
        routes.Post("ebins/rescan", Scopes.EbinManage, Rescan);
        routes.Post("ebins/validate", Scopes.EbinManage, Validate);
        routes.Post("ebins/load", Scopes.EbinManage, LoadAsync);
        routes.Post("ebins/unload", Scopes.EbinManage, UnloadAsync);
    }

    private Task<object> Rescan(ApiRequest request)
    {
        string? path = request.Body.OptionalString("path");
        request.Body.Check();
        return Task.FromResult<object>(ebins.Rescan(path));
    }

    // R53: a path, or an inline manifest.
    private Task<object> Validate(ApiRequest request)
    {
        if (!request.Body.Has("path") && request.Body.Any("manifest") is { ValueKind: JsonValueKind.Object } manifest)
        {
            return Task.FromResult<object>(ebins.ValidateManifest(Encoding.UTF8.GetBytes(manifest.GetRawText())));
        }

        string path = request.Body.String("path");
        request.Body.Check();
        return Task.FromResult<object>(ebins.Validate(path));
    }

    private async Task<object> LoadAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string component = request.Body.String("component");
        string module = request.Body.String("module_id");
        string version = request.Body.String("version");
        string policy = request.Body.OptionalChoice("policy", "pause_swap_resume", "pause_swap_resume");
        request.Body.Check();
        return await ebins.LoadAsync(sessions.FindActive(id), component, module, version, policy, request.Endpoint);
    }

    private async Task<object> UnloadAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string component = request.Body.String("component");
        string policy = request.Body.OptionalChoice("policy", "pause_unload", "pause_unload");
        request.Body.Check();
        return await ebins.UnloadAsync(sessions.FindActive(id), component, policy, request.Endpoint);
    }
}
