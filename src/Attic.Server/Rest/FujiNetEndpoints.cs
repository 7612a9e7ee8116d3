using Attic.Engine.Sessions;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary><c>media/fujinet</c> [X]: the FujiNet at an XL's serial socket, where the engine was started with one.</summary>
internal sealed class FujiNetEndpoints(SessionManager sessions)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(ApiRoutes routes)
    {
        routes.Get("media/fujinet", Scopes.InspectRead, StatusAsync);
        routes.Post("media/fujinet/control", Scopes.EngineControl, ControlAsync);
    }

    private async Task<object> StatusAsync(ApiRequest request)
    {
        string? id = request.Query.OptionalString("session_id");
        request.Query.Check();
        return await sessions.FindActive(id).Media.FujiNetAsync();
    }

    private async Task<object> ControlAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        bool? on = request.Body.OptionalBool("on");
        request.Body.Check();
        var media = sessions.FindActive(id).Media;
        return on is { } wanted ? await media.ControlFujiNetAsync(wanted, request.Endpoint) : await media.FujiNetAsync();
    }
}
