using Attic.Engine.Errors;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary>Tokens (§3).</summary>
internal sealed class AuthEndpoints(TokenStore? tokens)
{
    /// <summary>Adds the endpoint.</summary>
    public void Map(ApiRoutes routes) => routes.Post("auth/token", scope: null, Token);

    private Task<object> Token(ApiRequest request)
    {
        request.Body.Choice("grant_type", "client_credentials");
        string client = request.Body.String("client_id");
        string secret = request.Body.String("client_secret");
        string? scope = request.Body.OptionalString("scope");
        request.Body.Check();
        if (tokens is null)
        {
            throw new EngineException(
                ErrorCode.BadRequest, "The engine runs without tokens.", ErrorDetails.Of(("reason", "auth_mode_dev_open")));
        }

        var (token, scopes) = tokens.Issue(client, secret, scope);
        return Task.FromResult<object>(new
        {
            AccessToken = token,
            TokenType = "Bearer",
            ExpiresIn = TokenStore.LifetimeSeconds,
            Scope = string.Join(' ', scopes),
        });
    }
}
