using Attic.Abi.Machines;
using Attic.Engine.Sessions;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary><c>media/cassette</c> [X]: the tape recorder of an XL.</summary>
internal sealed class CassetteEndpoints(SessionManager sessions)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(ApiRoutes routes)
    {
        routes.Post("media/cassette/attach", Scopes.EngineControl, AttachAsync);
        routes.Post("media/cassette/eject", Scopes.EngineControl, EjectAsync);
        routes.Post("media/cassette/control", Scopes.EngineControl, ControlAsync);
        routes.Get("media/cassette", Scopes.InspectRead, StatusAsync);
    }

    private async Task<object> AttachAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string cassette = MediaEndpoints.NotBlank(request.Body, "cassette_id");
        bool? protect = request.Body.OptionalBool("write_protect");
        request.Body.Check();
        var media = sessions.FindActive(id).Media;
        var attached = await media.AttachCassetteAsync(cassette, protect, request.Id, request.Endpoint);
        return new
        {
            CassetteId = cassette,
            Result = "applied",
            Cassette = new
            {
                attached.Medium.Id,
                attached.Medium.Catalog,
                attached.Medium.LocalPath,
                attached.Medium.Format,
                WriteProtect = attached.WriteProtected,
            },
            Recorder = await media.CassetteAsync(),
            AttachedAtUs = attached.AppliedAtUs,
        };
    }

    private async Task<object> EjectAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        request.Body.Check();
        string? was = await sessions.FindActive(id).Media.EjectCassetteAsync(request.Endpoint);
        return new { Result = was is null ? "no_op" : "ejected", EjectedCassetteId = was, EjectedAtUs = RuntimeClock.NowUs };
    }

    private async Task<object> ControlAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        var key = request.Body.OptionalChoice("key", "", "stop", "play", "record") switch
        {
            "stop" => TapeKey.Stop,
            "play" => TapeKey.Play,
            "record" => TapeKey.Record,
            _ => (TapeKey?)null,
        };
        long? position = request.Body.OptionalInteger("position_ms", 0, 24 * 3_600_000);
        bool toEnd = request.Body.OptionalBool("to_end", false);
        request.Body.Check();
        return await sessions.FindActive(id).Media.ControlCassetteAsync(key, position, toEnd, request.Endpoint);
    }

    private async Task<object> StatusAsync(ApiRequest request)
    {
        string? id = request.Query.OptionalString("session_id");
        request.Query.Check();
        return await sessions.FindActive(id).Media.CassetteAsync();
    }
}
