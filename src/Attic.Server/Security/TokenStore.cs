using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Attic.Engine.Errors;

namespace Attic.Server.Security;

/// <summary>A token that is still good.</summary>
/// <param name="Scopes">What it allows.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record IssuedToken(IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);

/// <summary>Gives out and checks bearer tokens: 256 random bits, one hour, kept as hashes (R15).</summary>
internal sealed class TokenStore(IReadOnlyList<TokenClient> clients, TimeProvider time)
{
    /// <summary>Seconds that a token lasts.</summary>
    public const int LifetimeSeconds = 3600;

    private const int MostTokens = 10_000;

    private readonly ConcurrentDictionary<string, IssuedToken> _tokens = new(StringComparer.Ordinal);

    /// <summary>Gives out a token.</summary>
    /// <param name="clientId">Who asks.</param>
    /// <param name="secret">Its secret.</param>
    /// <param name="scope">Scopes separated by blanks; null for all that the client may have.</param>
    /// <exception cref="EngineException"><c>UNAUTHORIZED</c>, <c>FORBIDDEN</c>, <c>BAD_REQUEST</c> for an unknown scope.</exception>
    public (string Token, IReadOnlyList<string> Scopes) Issue(string clientId, string secret, string? scope)
    {
        var client = clients.FirstOrDefault(each => Same(each.Id, clientId));
        if (client is null || !Same(client.Secret, secret))
        {
            throw new EngineException(ErrorCode.Unauthorized, "The client or its secret is not known.");
        }

        var wanted = scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [.. client.Scopes];
        foreach (string one in wanted)
        {
            if (!Security.Scopes.All.Contains(one, StringComparer.Ordinal))
            {
                throw JsonFields.WrongField("scope", string.Join(' ', Security.Scopes.All), one);
            }

            if (!client.Scopes.Contains(one, StringComparer.Ordinal))
            {
                throw new EngineException(
                    ErrorCode.Forbidden, $"The client may not have the scope {one}.",
                    ErrorDetails.Of(("required_scope", one), ("granted_scope", string.Join(' ', client.Scopes))));
            }
        }

        Forget();
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _tokens[HashOf(token)] = new(wanted, time.GetUtcNow().AddSeconds(LifetimeSeconds));
        return (token, wanted);
    }

    /// <summary>A token that is still good, or null.</summary>
    public IssuedToken? Find(string token) =>
        _tokens.TryGetValue(HashOf(token), out var issued) && issued.ExpiresAt > time.GetUtcNow() ? issued : null;

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (hash, issued) in _tokens)
        {
            if (issued.ExpiresAt <= now || _tokens.Count > MostTokens)
            {
                _tokens.TryRemove(hash, out _);
            }
        }
    }

    private static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(a)), SHA256.HashData(Encoding.UTF8.GetBytes(b)));
}
