namespace Attic.FujiNet.Sio.Classic;

/// <summary>One unit of N:.</summary>
internal sealed class ClassicNetworkUnit
{
    /// <summary>The most bytes that wait for the computer: what a status can state.</summary>
    public const int MaxWaiting = 16 * 1024;

    private readonly Queue<byte> _waiting = new();
    private TaskCompletionSource? _changed;

    /// <summary>What is open; null when nothing is.</summary>
    public INetworkSource? Source { get; set; }

    /// <summary>The folder before specifications that are no URL.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The user's name for the next open.</summary>
    public string User { get; set; } = "";

    /// <summary>The password for the next open.</summary>
    public string Password { get; set; } = "";

    /// <summary>How ends of lines are translated.</summary>
    public int Translation { get; set; }

    /// <summary>The last error, 1 for none.</summary>
    public byte Error { get; set; } = NetworkError.Ok;

    /// <summary>Whether reads give what a query found, not what comes.</summary>
    public bool IsJson { get; set; }

    /// <summary>The document that was parsed.</summary>
    public byte[]? Document { get; set; }

    /// <summary>Whether bytes are being taken from the source.</summary>
    public bool IsFilling { get; set; }

    /// <summary>Whether something has come since the last status.</summary>
    public bool HasNews { get; set; }

    /// <summary>Bytes that wait.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether nothing more will come.</summary>
    public bool IsAtEnd => IsJson || Source is null or { IsAtEnd: true };

    /// <summary>The URL of a specification, with prefix and login.</summary>
    public string UrlOf(string spec)
    {
        string url = spec.Contains("://", StringComparison.Ordinal) || Prefix.Length == 0 ? spec : Prefix + spec.TrimStart('/');
        int authority = url.IndexOf("://", StringComparison.Ordinal) + 3;
        bool hasLogin = authority < 3 || url.IndexOf('@', authority) >= 0;
        return User.Length == 0 || hasLogin ? url : $"{url[..authority]}{Uri.EscapeDataString(User)}:{Uri.EscapeDataString(Password)}@{url[authority..]}";
    }

    /// <summary>Waits until something has happened to what is open, or the time is over.</summary>
    /// <returns>Whether something has.</returns>
    public async ValueTask<bool> ChangedAsync(TimeSpan limit)
    {
        if (limit <= TimeSpan.Zero)
        {
            return false;
        }

        _changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        var happened = _changed.Task;
        using var stop = new CancellationTokenSource();
        bool first = await Task.WhenAny(happened, Task.Delay(limit, stop.Token)) == happened;
        await stop.CancelAsync();
        return first;
    }

    /// <summary>Tells those that wait for a change.</summary>
    public void TellChange()
    {
        _changed?.TrySetResult();
        _changed = null;
    }

    /// <summary>Adds bytes for the computer.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            _waiting.Enqueue(value);
        }

        HasNews = true;
    }

    /// <summary>Takes bytes that wait.</summary>
    /// <returns>How many.</returns>
    public int Take(Span<byte> target)
    {
        int count = Math.Min(target.Length, _waiting.Count);
        for (int at = 0; at < count; at++)
        {
            target[at] = _waiting.Dequeue();
        }

        return count;
    }

    /// <summary>Takes all that waits.</summary>
    public byte[] TakeAll()
    {
        byte[] all = [.. _waiting];
        _waiting.Clear();
        return all;
    }

    /// <summary>Closes what is open.</summary>
    public void Clear()
    {
        Source?.Dispose();
        (Source, Document, IsJson, HasNews) = (null, null, false, false);
        _waiting.Clear();
        TellChange();
    }
}
