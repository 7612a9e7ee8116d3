namespace Attic.FujiNet.Core;

/// <summary>The devices by their ids; each answers one request at a time unless it says otherwise.</summary>
public sealed class IODeviceManager : IDisposable
{
    private readonly Slot?[] _slots = new Slot?[256];
    private readonly Action<string, Exception> _report;

    /// <summary>No devices.</summary>
    /// <param name="report">Told of faults of devices: where, and what.</param>
    public IODeviceManager(Action<string, Exception>? report = null)
    {
        _report = report ?? ((_, _) => { });
    }

    /// <summary>The ids that have a device, ascending.</summary>
    public IEnumerable<byte> Ids => _slots.Where(slot => slot is not null).Select(slot => slot!.Id);

    /// <summary>Adds a device, which belongs to the manager from then on.</summary>
    /// <exception cref="InvalidOperationException">The id is taken.</exception>
    public void Register(byte deviceId, VirtualDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (_slots[deviceId] is not null)
        {
            throw new InvalidOperationException($"Device {deviceId:X2} is registered already.");
        }

        _slots[deviceId] = new Slot(deviceId, device);
    }

    /// <summary>Takes a device out and disposes it.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Unregister(byte deviceId)
    {
        var slot = _slots[deviceId];
        _slots[deviceId] = null;
        slot?.Device.Dispose();
        return slot is not null;
    }

    /// <summary>The device of an id, or null.</summary>
    public VirtualDevice? Get(byte deviceId) => _slots[deviceId]?.Device;

    /// <summary>Gives a request to its device.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The answer, now or later; <see cref="IOStatus.DeviceNotFound"/> without such a device.</param>
    /// <returns>False when the device is still busy with another's request: try again in a later tick.</returns>
    public bool TryHandle(IORequest request, out ValueTask<IOResponse> response)
    {
        ArgumentNullException.ThrowIfNull(request);
        var slot = _slots[request.DeviceId];
        if (slot is null)
        {
            response = new(request.Refuse(IOStatus.DeviceNotFound));
            return true;
        }

        if (slot.Busy)
        {
            response = default;
            return false;
        }

        response = Start(slot, request);
        return true;
    }

    /// <summary>Lets each device do what is due.</summary>
    public void PollDevices()
    {
        foreach (var slot in _slots)
        {
            try
            {
                slot?.Device.Poll();
            }
            catch (Exception fault)
            {
                _report($"device {slot!.Id:X2}, poll", fault);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int id = 0; id < _slots.Length; id++)
        {
            Unregister((byte)id);
        }
    }

    private ValueTask<IOResponse> Start(Slot slot, IORequest request)
    {
        try
        {
            var answer = slot.Device.HandleAsync(request);
            return answer.IsCompletedSuccessfully ? answer : Finish(slot, request, answer);
        }
        catch (Exception fault)
        {
            return new(Fault(request, fault));
        }
    }

    private async ValueTask<IOResponse> Finish(Slot slot, IORequest request, ValueTask<IOResponse> answer)
    {
        slot.Busy = !slot.Device.IsReentrant;
        try
        {
            return await answer;
        }
        catch (Exception fault)
        {
            return Fault(request, fault);
        }
        finally
        {
            slot.Busy = false;
        }
    }

    // A device's fault is answered and reported; the others go on.
    private IOResponse Fault(IORequest request, Exception fault)
    {
        _report($"device {request.DeviceId:X2}, command {request.Command:X2}", fault);
        return request.Refuse(IOStatus.InternalError);
    }

    private sealed class Slot(byte id, VirtualDevice device)
    {
        public byte Id { get; } = id;

        public VirtualDevice Device { get; } = device;

        public bool Busy { get; set; }
    }
}
