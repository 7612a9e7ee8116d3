using System.Net;
using Attic.Engine.Errors;
using Attic.Server.Rest;

namespace Attic.Server.Security;

/// <summary>
/// What a request must pass before its endpoint sees it: where it comes from, how often, and with which token (§3, R13).
/// </summary>
internal sealed class ApiGate(TokenStore? tokens, RateLimits limits)
{
    /// <summary>The tokens; null in <c>dev-open</c>.</summary>
    public TokenStore? Tokens => tokens;

    /// <summary>Checks a request against its route.</summary>
    /// <exception cref="EngineException"><c>FORBIDDEN</c>, <c>RATE_LIMITED</c>, <c>UNAUTHORIZED</c>.</exception>
    public void Check(ApiRequest request, ApiRoute route)
    {
        var http = request.Http;
        string? bearer = BearerOf(http);
        if (route.Rate != RateClass.None && !(tokens is null && IsLoopback(http)))
        {
            limits.Take(bearer ?? http.Connection.RemoteIpAddress?.ToString() ?? "?", route.Rate);
        }

        if (tokens is not null && route.Scope is { } required)
        {
            CheckToken(bearer, required);
        }
    }

    /// <summary>When the request's token expires; null without one.</summary>
    public DateTimeOffset? ExpiryOf(HttpContext http) =>
        tokens is not null && BearerOf(http) is { } bearer ? tokens.Find(bearer)?.ExpiresAt : null;

    private void CheckToken(string? bearer, string required)
    {
        var issued = bearer is null ? null : tokens!.Find(bearer);
        if (issued is null)
        {
            throw new EngineException(
                ErrorCode.Unauthorized, "A bearer token is needed; get one with POST auth/token.",
                ErrorDetails.Of(("required_scope", required)));
        }

        if (!issued.Scopes.Contains(required, StringComparer.Ordinal))
        {
            throw new EngineException(
                ErrorCode.Forbidden, $"The token lacks the scope {required}.",
                ErrorDetails.Of(("required_scope", required), ("granted_scope", string.Join(' ', issued.Scopes))));
        }
    }

    // Browsers can't set headers on WebSockets: there the token may come in the query (R16).
    private static string? BearerOf(HttpContext http)
    {
        string? header = http.Request.Headers.Authorization;
        if (header?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true)
        {
            return header[7..].Trim();
        }

        return http.WebSockets.IsWebSocketRequest ? http.Request.Query["access_token"] : (string?)null;
    }

    private static bool IsLoopback(HttpContext http) =>
        http.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(http.Connection.RemoteIpAddress);
}
