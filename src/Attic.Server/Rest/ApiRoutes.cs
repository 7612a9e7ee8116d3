using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary>An endpoint's work: gives the reply's <c>data</c>.</summary>
internal delegate Task<object> ApiHandler(ApiRequest request);

/// <summary>An endpoint as the table of routes knows it.</summary>
internal sealed record ApiRoute(string Method, string Path, string? Scope, RateClass Rate, int Success);

/// <summary>The table of endpoints below <c>/api/v2</c>.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder builder, ApiGate gate)
{
    /// <summary>What all paths begin with.</summary>
    public const string Prefix = "/api/v2/";

    private readonly List<ApiRoute> _routes = [];

    /// <summary>All endpoints.</summary>
    public IReadOnlyList<ApiRoute> All => _routes;

    /// <summary>A GET with no body.</summary>
    public void Get(string path, string? scope, ApiHandler handler) =>
        Add(new("GET", path, scope, RateClass.None, 200), handler, readsBody: false);

    /// <summary>A POST with a JSON body.</summary>
    public void Post(string path, string? scope, ApiHandler handler, RateClass rate = RateClass.Control, int success = 200) =>
        Add(new("POST", path, scope, rate, success), handler, readsBody: true);

    /// <summary>A POST whose body the handler reads itself.</summary>
    public void PostRaw(string path, string? scope, ApiHandler handler, RateClass rate) =>
        Add(new("POST", path, scope, rate, 200), handler, readsBody: false);

    /// <summary>A PATCH with a JSON body.</summary>
    public void Patch(string path, string? scope, ApiHandler handler) =>
        Add(new("PATCH", path, scope, RateClass.Control, 200), handler, readsBody: true);

    /// <summary>A DELETE.</summary>
    public void Delete(string path, string? scope, ApiHandler handler) =>
        Add(new("DELETE", path, scope, RateClass.Control, 200), handler, readsBody: true);

    /// <summary>A GET that is upgraded to a WebSocket; the handler refuses by throwing before it accepts.</summary>
    public void Stream(string path, string scope, Func<ApiRequest, Task> handler)
    {
        var route = new ApiRoute("GET", path, scope, RateClass.None, 101);
        _routes.Add(route);
        builder.MapMethods(Prefix + path, ["GET"], async http =>
        {
            var request = new ApiRequest(http);
            gate.Check(request, route);
            await handler(request);
        });
    }

    private void Add(ApiRoute route, ApiHandler handler, bool readsBody)
    {
        _routes.Add(route);
        builder.MapMethods(Prefix + route.Path, [route.Method], async http =>
        {
            var request = new ApiRequest(http);
            gate.Check(request, route);
            if (readsBody)
            {
                await request.ReadBodyAsync();
            }

            object data = await handler(request);
            if (!http.Response.HasStarted)
            {
                await Envelope.WriteAsync(request, route.Success, data);
            }
        });
    }
}
