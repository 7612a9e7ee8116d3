namespace Attic.FujiNet.Sio.Classic;

/// <summary>What is open behind a unit of N:. All on the core's thread; nothing blocks.</summary>
internal interface INetworkSource : IDisposable
{
    /// <summary>Whether the other side is still there.</summary>
    bool IsConnected { get; }

    /// <summary>Whether nothing more will come.</summary>
    bool IsAtEnd { get; }

    /// <summary>Whether the other side owes something: a request is under way, and its answer is not here whole.</summary>
    bool IsExpecting { get; }

    /// <summary>The error number, 1 for none.</summary>
    byte Error { get; }

    /// <summary>Takes what has come so far.</summary>
    /// <param name="most">The most bytes to take.</param>
    /// <returns>The bytes; none when nothing is there yet.</returns>
    ValueTask<ReadOnlyMemory<byte>> TakeAsync(int most);

    /// <summary>Sends.</summary>
    /// <returns>Whether it was sent.</returns>
    ValueTask<bool> SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Ends what is sent, where an end has a meaning: the body of a POST goes out now.</summary>
    ValueTask CommitAsync();
}
