namespace Attic.FujiNet.Core;

/// <summary>
/// Something that answers requests. It gets what it needs through its constructor and knows nothing about channels,
/// transports, the platform or the core.
/// </summary>
/// <remarks>
/// Everything runs on the core's thread: the calls below, and what follows an <c>await</c> in them. A device never blocks: it
/// awaits, and other transports go on meanwhile.
/// </remarks>
public abstract class VirtualDevice : IDisposable
{
    /// <summary>Whether requests of several transports may overlap at their awaits; otherwise each waits for the one before.</summary>
    public virtual bool IsReentrant => false;

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request; the device's until it has answered.</param>
    /// <returns>The answer, now or later.</returns>
    public abstract ValueTask<IOResponse> HandleAsync(IORequest request);

    /// <summary>Called once a tick, for what is due without a request.</summary>
    public virtual void Poll()
    {
        // Most devices only answer.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the device holds.</summary>
    /// <param name="disposing">True: called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        // Most devices hold nothing.
    }
}
