using Attic.Engine.Errors;
using Attic.Engine.Sessions;
using Attic.Engine.Streams;
using Attic.Server.Security;
using Attic.Server.WebSockets;

namespace Attic.Server.Rest;

/// <summary>The seven streams (§14) and their figures.</summary>
internal sealed class StreamEndpoints(SessionManager sessions, ApiGate gate, CancellationToken stopping)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(ApiRoutes routes)
    {
        routes.Stream("stream/video", Scopes.StreamRead, request => ServeAsync(request, StreamKind.Video, ReadVideo(request.Query)));
        routes.Stream("stream/audio", Scopes.StreamRead, request => ServeAsync(request, StreamKind.Audio, ReadAudio(request.Query)));
        routes.Stream("engine/stream", Scopes.StreamRead, request => ServeAsync(request, StreamKind.Engine, new object()));
        routes.Stream("inspect/registers/stream", Scopes.InspectRead, request => ServeAsync(request, StreamKind.Registers, null));
        routes.Stream("inspect/bus/stream", Scopes.InspectRead, request => ServeAsync(request, StreamKind.Bus, null));
        routes.Stream("inspect/memory/stream", Scopes.InspectRead, request => ServeAsync(request, StreamKind.Memory, null));
        routes.Stream("input/stream", Scopes.InputRead, request => ServeAsync(request, StreamKind.Input, null));
        routes.Get("stream/telemetry/backpressure", Scopes.StreamRead, Backpressure);
    }

    private static VideoSettings ReadVideo(QueryFields query) => StreamQueries.Video(
        query.OptionalChoice("mode", "frame", "frame", "debug_scanline"),
        query.OptionalChoice("pixel_format", "RGB565", "RGB565", "XRGB8888", "RGB888"),
        query.OptionalBool("borders", false));

    private static AudioSettings ReadAudio(QueryFields query) => StreamQueries.Audio(
        query.OptionalChoice("format", "PCM_S16LE", "PCM_S16LE", "PCM_F32LE"),
        query.OptionalInteger("sample_rate", 8000, 96_000) ?? 48_000);

    // Everything that can be refused is refused before the upgrade, in an envelope (R69).
    private async Task ServeAsync(ApiRequest request, StreamKind kind, object? settings)
    {
        string? version = request.Query.OptionalString("schema_version");
        request.Query.Check();
        if (version is not (null or "1"))
        {
            throw new EngineException(
                ErrorCode.UnsupportedVersion, $"Streams have the schema version 1, not {version}.",
                ErrorDetails.Of(("supported", new[] { 1 }), ("actual", version)));
        }

        if (!request.Http.WebSockets.IsWebSocketRequest)
        {
            throw new EngineException(
                ErrorCode.BadRequest, "This is a stream; ask for it with a WebSocket.",
                ErrorDetails.Of(("field", "Upgrade"), ("expected", "websocket"), ("actual", request.Http.Request.Headers.Upgrade.ToString())));
        }

        var session = sessions.FindActive(request.Query.OptionalString("session_id"));
        using var socket = await request.Http.WebSockets.AcceptWebSocketAsync();
        using var connection = session.Streams.Connect(kind, settings);
        if (kind == StreamKind.Video)
        {
            session.ShowFrame();
        }

        await new StreamSocket(socket, connection, new StreamControls(connection)).RunAsync(gate.ExpiryOf(request.Http), stopping);
    }

    private Task<object> Backpressure(ApiRequest request)
    {
        string id = request.Query.String("session_id");
        string stream = request.Query.String("stream");
        request.Query.Check();
        var session = sessions.FindActive(id);
        var kind = StreamKinds.Parse(stream) ?? throw new EngineException(
            ErrorCode.InspectFilterInvalid, $"There is no stream '{stream}'.", ErrorDetails.Of(("selector", "stream"), ("value", stream)));
        return Task.FromResult<object>(session.Streams.HealthOf(kind));
    }
}
