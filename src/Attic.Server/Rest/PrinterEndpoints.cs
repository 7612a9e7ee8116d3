using Attic.Engine.Sessions;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary><c>media/printer</c> [X]: what an XL has printed, as text.</summary>
internal sealed class PrinterEndpoints(SessionManager sessions)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(ApiRoutes routes)
    {
        routes.Get("media/printer", Scopes.InspectRead, StatusAsync);
        routes.Post("media/printer/control", Scopes.EngineControl, ControlAsync);
    }

    private async Task<object> StatusAsync(ApiRequest request)
    {
        string? id = request.Query.OptionalString("session_id");
        request.Query.Check();
        return await sessions.FindActive(id).Media.PrinterAsync();
    }

    private async Task<object> ControlAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        bool? on = request.Body.OptionalBool("on");
        bool clear = request.Body.OptionalBool("clear", false);
        request.Body.Check();
        return await sessions.FindActive(id).Media.ControlPrinterAsync(on, clear, request.Endpoint);
    }
}
