using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Core;

/// <summary>
/// One request to a device. A transport has one object for all its requests, one after the other; a device may use it, its
/// payload and its reply until it has answered, and not longer.
/// </summary>
public sealed class IORequest
{
    private readonly List<uint> _parameters = [];

    /// <summary>A number of the request; local, it is not on the wire.</summary>
    public uint Id { get; private set; }

    /// <summary>The transport that it came from: what is opened by it belongs to that transport.</summary>
    public int TransportId { get; internal set; }

    /// <summary>The device that it is for.</summary>
    public byte DeviceId { get; private set; }

    /// <summary>The command; devices of the FujiBus look at its low 8 bits.</summary>
    public ushort Command { get; private set; }

    /// <summary>Typed parameters, in order.</summary>
    public IReadOnlyList<uint> Parameters => _parameters;

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>Where the device builds its payload; empty at the start.</summary>
    public PayloadWriter Reply { get; } = new();

    /// <summary>Makes it the next request.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="command">The command.</param>
    /// <param name="payload">The payload; it stays unchanged until the response is sent.</param>
    public void Set(byte deviceId, ushort command, ReadOnlyMemory<byte> payload)
    {
        Id++;
        DeviceId = deviceId;
        Command = command;
        Payload = payload;
        _parameters.Clear();
        Reply.Clear();
    }

    /// <summary>Adds a parameter.</summary>
    public void Add(uint parameter) => _parameters.Add(parameter);

    /// <summary>The response that holds what was written to <see cref="Reply"/>.</summary>
    /// <param name="status">How it ended.</param>
    public IOResponse Answer(IOStatus status = IOStatus.Ok) => new(Id, DeviceId, Command, status, Reply.Written);

    /// <summary>A response without a payload.</summary>
    /// <param name="status">How it ended.</param>
    public IOResponse Refuse(IOStatus status) => new(Id, DeviceId, Command, status, ReadOnlyMemory<byte>.Empty);
}

/// <summary>A device's answer. It goes out on the transport that the request came from.</summary>
/// <param name="Id">The request's number.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="Command">The command that it answers.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Payload">The payload; valid until the transport's next request.</param>
public readonly record struct IOResponse(uint Id, byte DeviceId, ushort Command, IOStatus Status, ReadOnlyMemory<byte> Payload);
