using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Core;

/// <summary>
/// Moves requests from the transports to the devices and each answer back to the transport that its request came from. A
/// peer pairs answers with requests by their order, so a transport has one request under way at a time; transports do not
/// wait for each other.
/// </summary>
public sealed class IOService : IDisposable
{
    // After so many requests of one transport the others have their turn.
    private const int RequestsPerTurn = 64;

    private readonly RoutingManager _routing;
    private readonly List<Lane> _lanes = [];
    private int _lastId;

    /// <summary>A service without transports.</summary>
    /// <param name="routing">Who answers.</param>
    public IOService(RoutingManager routing)
    {
        ArgumentNullException.ThrowIfNull(routing);
        _routing = routing;
    }

    /// <summary>Requests answered since the start.</summary>
    public long Served { get; private set; }

    /// <summary>The transports.</summary>
    public IEnumerable<(int Id, ITransport Transport)> Transports => _lanes.Select(lane => (lane.Id, lane.Transport));

    /// <summary>Adds a transport, which belongs to the service from then on.</summary>
    /// <returns>The transport's id; never used for another.</returns>
    public int Add(ITransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        var lane = new Lane(++_lastId, transport);
        _lanes.Add(lane);
        return lane.Id;
    }

    /// <summary>Takes a transport out and disposes it and what was opened through it.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(int transportId)
    {
        int index = _lanes.FindIndex(lane => lane.Id == transportId);
        if (index < 0)
        {
            return false;
        }

        var lane = _lanes[index];
        _lanes.RemoveAt(index);
        lane.Transport.Dispose();
        _routing.Forget(transportId);
        return true;
    }

    /// <summary>Serves what there is, on all transports.</summary>
    /// <returns>Whether a transport may have more at once.</returns>
    public bool ServiceOnce()
    {
        bool more = false;

        // A transport may be one that listens and adds others.
        for (int index = 0; index < _lanes.Count; index++)
        {
            more |= Serve(_lanes[index]);
        }

        for (int index = _lanes.Count - 1; index >= 0; index--)
        {
            if (_lanes[index].Transport.IsClosed && _lanes[index].State == LaneState.Idle)
            {
                Remove(_lanes[index].Id);
            }
        }

        return more;
    }

    /// <summary>Tells what has to happen for a transport to have work.</summary>
    public void Interest(ReadinessSet set)
    {
        foreach (var lane in _lanes)
        {
            lane.Transport.Interest(set, wantRequests: lane.State == LaneState.Idle);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Transport.Dispose();
        }

        _lanes.Clear();
    }

    private bool Serve(Lane lane)
    {
        lane.Transport.Poll();
        for (int turn = 0; turn < RequestsPerTurn; turn++)
        {
            if (lane.State == LaneState.Idle && lane.Transport.Receive(lane.Request))
            {
                lane.State = LaneState.Waiting;
                lane.Request.TransportId = lane.Id;
            }

            if (lane.State == LaneState.Waiting && _routing.TryHandle(lane.Request, out lane.Answer))
            {
                lane.State = LaneState.UnderWay;
            }

            if (lane.State != LaneState.UnderWay || !lane.Answer.IsCompleted)
            {
                return false;
            }

            lane.State = LaneState.Idle;
            Served++;
            lane.Transport.Send(lane.Answer.GetAwaiter().GetResult());
        }

        return true;
    }

    private enum LaneState
    {
        /// <summary>No request.</summary>
        Idle,

        /// <summary>A request whose device is busy.</summary>
        Waiting,

        /// <summary>A device works on the request.</summary>
        UnderWay,
    }

    private sealed class Lane(int id, ITransport transport)
    {
        public ValueTask<IOResponse> Answer;

        public int Id { get; } = id;

        public ITransport Transport { get; } = transport;

        public IORequest Request { get; } = new();

        public LaneState State { get; set; }
    }
}
