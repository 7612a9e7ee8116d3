using Attic.FujiNet.Core;

namespace Attic.FujiNet.Transports;

/// <summary>Turns a channel's bytes into requests and responses into bytes. It knows nothing of what devices do. No call blocks.</summary>
public interface ITransport : IDisposable
{
    /// <summary>What it is and where, for people.</summary>
    string Name { get; }

    /// <summary>Whether its peer is gone for good, so that it can be removed.</summary>
    bool IsClosed { get; }

    /// <summary>Lets the channel do what is due: accept, send, keep alive.</summary>
    void Poll();

    /// <summary>Takes the next request, if a whole one is there and its answer could be sent.</summary>
    /// <param name="request">Filled in; its payload stays valid until the next call.</param>
    /// <returns>Whether there was one.</returns>
    bool Receive(IORequest request);

    /// <summary>Sends the answer to the last request.</summary>
    void Send(in IOResponse response);

    /// <summary>Tells when there will be something to do.</summary>
    /// <param name="set">Receives it.</param>
    /// <param name="wantRequests">Whether a request could be served now.</param>
    void Interest(ReadinessSet set, bool wantRequests);
}
