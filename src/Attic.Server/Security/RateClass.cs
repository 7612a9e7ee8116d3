using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Attic.Engine.Errors;

namespace Attic.Server.Security;

/// <summary>Which of the contract's limits an endpoint falls under (§18).</summary>
internal enum RateClass
{
    /// <summary>None: reads and input.</summary>
    None,

    /// <summary>20 requests a second.</summary>
    Control,

    /// <summary>10 a second.</summary>
    Files,

    /// <summary>100 a second.</summary>
    Chunks,
}

/// <summary>Token buckets per client and class, bursts of twice the rate (R90).</summary>
internal sealed class RateLimits : IDisposable
{
    private const int MostClients = 4096;

    private readonly ConcurrentDictionary<(string Client, RateClass Rate), TokenBucketRateLimiter> _buckets = new();

    /// <summary>Takes one request from a client's bucket.</summary>
    /// <exception cref="EngineException"><c>RATE_LIMITED</c>.</exception>
    public void Take(string client, RateClass rate)
    {
        int limit = rate switch { RateClass.Control => 20, RateClass.Files => 10, _ => 100 };
        if (_buckets.Count > MostClients)
        {
            Dispose();
        }

        var bucket = _buckets.GetOrAdd((client, rate), _ => new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit * 2,
            TokensPerPeriod = Math.Max(1, limit / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            QueueLimit = 0,
        }));
        using var lease = bucket.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            throw new EngineException(
                ErrorCode.RateLimited, $"More than {limit} requests a second.",
                ErrorDetails.Of(("limit", limit), ("window_ms", 1000), ("retry_after_s", 1)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _buckets.Keys)
        {
            if (_buckets.TryRemove(key, out var bucket))
            {
                bucket.Dispose();
            }
        }
    }
}
