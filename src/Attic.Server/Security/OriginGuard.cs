using System.Net;
using Attic.Engine.Errors;

namespace Attic.Server.Security;

/// <summary>
/// Keeps other web pages out of an engine that asks for no token: the Host must be a name of this machine (no DNS
/// rebinding), and a browser's Origin must be the engine's own page (no cross-site requests, WebSockets included).
/// </summary>
internal static class OriginGuard
{
    /// <summary>Refuses foreign hosts and origins with <c>FORBIDDEN</c>.</summary>
    public static void UseOriginGuard(this WebApplication application) => application.Use((http, next) =>
    {
        Check(http.Request);
        return next(http);
    });

    private static void Check(HttpRequest request)
    {
        if (!IsLocal(request.Host.Host))
        {
            throw Refused("host", request.Host.Value);
        }

        string? origin = request.Headers.Origin;
        if (origin is null)
        {
            return;
        }

        bool own = Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && string.Equals(page.Scheme, request.Scheme, StringComparison.Ordinal)
            && IsLocal(page.Host)
            && page.Port == (request.Host.Port ?? (request.IsHttps ? 443 : 80));
        if (!own)
        {
            throw Refused("origin", origin);
        }
    }

    private static bool IsLocal(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static EngineException Refused(string field, string? actual) => new(
        ErrorCode.Forbidden, $"Requests of another {field} are not accepted.",
        ErrorDetails.Of(("field", field), ("actual", actual), ("required_scope", null), ("granted_scope", null)));
}
