namespace Attic.Engine.Input;

/// <summary>A device that events may come from (R60).</summary>
public sealed record InputDevice(string DeviceId, string Type, string Name, bool Connected, IReadOnlyList<string> Capabilities);

/// <summary>The devices of a session: a keyboard, a mouse and two pads that are always there, and those that events announced.</summary>
internal sealed class InputDevices
{
    private readonly Dictionary<string, InputDevice> _devices = new(StringComparer.Ordinal);

    public InputDevices()
    {
        foreach (var device in (InputDevice[])
        [
            new("keyboard", "keyboard", "Keyboard", true, ["keys"]),
            new("mouse", "mouse", "Mouse", true, ["relative_axes", "buttons"]),
            new("pad0", "game_controller", "Pad 1", true, ["axes", "buttons"]),
            new("pad1", "game_controller", "Pad 2", true, ["axes", "buttons"]),
        ])
        {
            _devices.Add(device.DeviceId, device);
        }
    }

    /// <summary>All devices by id.</summary>
    public IReadOnlyList<InputDevice> All => [.. _devices.Values.OrderBy(device => device.DeviceId, StringComparer.Ordinal)];

    /// <summary>Remembers the device of an event.</summary>
    public void Announce(HostEvent host)
    {
        if (_devices.Count < 64)
        {
            _devices.TryAdd(host.DeviceId, new(host.DeviceId, host.DeviceType, host.DeviceId, true, Capabilities(host.DeviceType)));
        }
    }

    private static string[] Capabilities(string type) => type switch
    {
        "keyboard" => ["keys"],
        "mouse" => ["relative_axes", "buttons"],
        _ => ["axes", "buttons"],
    };
}
