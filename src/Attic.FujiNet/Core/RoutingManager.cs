namespace Attic.FujiNet.Core;

/// <summary>
/// Says which device answers a request: by the transport that it came from and the device id. Most devices are shared by
/// all transports; devices that hold sessions are made once for each transport, so that no client can use another's handles.
/// </summary>
public sealed class RoutingManager : IDisposable
{
    private readonly Dictionary<byte, Func<int, VirtualDevice>> _factories = [];
    private readonly Dictionary<int, IODeviceManager> _own = [];
    private readonly Dictionary<int, RouteRule> _rules = [];
    private readonly Action<string, Exception> _report;

    /// <summary>Routes to shared devices.</summary>
    /// <param name="shared">The devices that all transports share.</param>
    /// <param name="report">Told of faults of devices.</param>
    public RoutingManager(IODeviceManager shared, Action<string, Exception>? report = null)
    {
        ArgumentNullException.ThrowIfNull(shared);
        Shared = shared;
        _report = report ?? ((_, _) => { });
    }

    /// <summary>The devices that all transports share.</summary>
    public IODeviceManager Shared { get; }

    /// <summary>Makes a device id one that each transport has its own device for.</summary>
    /// <param name="deviceId">The device id.</param>
    /// <param name="factory">Makes the device of a transport, at its first request.</param>
    public void RegisterPerTransport(byte deviceId, Func<int, VirtualDevice> factory) => _factories[deviceId] = factory;

    /// <summary>Limits what a transport reaches. Without a rule it reaches everything.</summary>
    /// <param name="transportId">The transport.</param>
    /// <param name="rule">What it reaches.</param>
    public void SetRule(int transportId, RouteRule rule) => _rules[transportId] = rule;

    /// <summary>The device that answers a transport's requests, made if need be; null when there is none for it.</summary>
    /// <param name="transportId">The transport.</param>
    /// <param name="deviceId">The device id.</param>
    public VirtualDevice? Find(int transportId, byte deviceId) => ManagerOf(transportId, deviceId)?.Get(deviceId);

    /// <summary>The devices that belong to transports, with their transports.</summary>
    /// <param name="deviceId">The device id.</param>
    public IEnumerable<(int TransportId, VirtualDevice Device)> OwnDevices(byte deviceId) =>
        _own.Where(entry => entry.Value.Get(deviceId) is not null).Select(entry => (entry.Key, entry.Value.Get(deviceId)!));

    /// <summary>Gives a request to the device that is responsible.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The answer, now or later.</param>
    /// <returns>False when the device is still busy with another's request.</returns>
    public bool TryHandle(IORequest request, out ValueTask<IOResponse> response)
    {
        ArgumentNullException.ThrowIfNull(request);
        var manager = ManagerOf(request.TransportId, request.DeviceId);
        if (manager is null)
        {
            response = new(request.Refuse(IOStatus.DeviceNotFound));
            return true;
        }

        return manager.TryHandle(request, out response);
    }

    /// <summary>Lets all devices do what is due.</summary>
    public void PollDevices()
    {
        Shared.PollDevices();
        foreach (var own in _own.Values)
        {
            own.PollDevices();
        }
    }

    /// <summary>Disposes what belongs to a transport that is gone.</summary>
    public void Forget(int transportId)
    {
        if (_own.Remove(transportId, out var own))
        {
            own.Dispose();
        }

        _rules.Remove(transportId);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var own in _own.Values)
        {
            own.Dispose();
        }

        _own.Clear();
        Shared.Dispose();
    }

    private IODeviceManager? ManagerOf(int transportId, byte deviceId)
    {
        if (_rules.TryGetValue(transportId, out var rule) && !rule.Allows(deviceId))
        {
            return null;
        }

        if (!_factories.TryGetValue(deviceId, out var factory))
        {
            return Shared;
        }

        if (!_own.TryGetValue(transportId, out var own))
        {
            _own.Add(transportId, own = new IODeviceManager(_report));
        }

        if (own.Get(deviceId) is null)
        {
            own.Register(deviceId, factory(transportId));
        }

        return own;
    }
}
