using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Transports;

/// <summary>
/// FujiBus packets over a channel of messages: a message is a packet. A message that starts with SLIP's END is a frame of
/// SLIP and is answered in kind, for clients that know nothing else.
/// </summary>
public sealed class FujiBusMessageTransport : ITransport
{
    private readonly IMessageChannel _channel;
    private readonly SlipDecoder _decoder = new();
    private byte[] _wire = new byte[1024];
    private bool _framed;

    /// <summary>A transport over a channel, which belongs to it from then on.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="tap">Sees the packets; null for nobody.</param>
    public FujiBusMessageTransport(IMessageChannel channel, IPacketTap? tap = null)
    {
        _channel = channel;
        Tap = tap;
    }

    /// <inheritdoc/>
    public string Name => _channel.Name;

    /// <inheritdoc/>
    public bool IsClosed => _channel.IsClosed;

    /// <summary>What it has seen.</summary>
    public TransportCounters Counters { get; } = new();

    /// <summary>Sees the packets; null for nobody.</summary>
    public IPacketTap? Tap { get; set; }

    /// <inheritdoc/>
    public void Poll()
    {
        // Messages move by themselves.
    }

    /// <inheritdoc/>
    public bool Receive(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        while (!_channel.HasUnsent && _channel.TryReceive(out var message))
        {
            Counters.BytesIn += message.Length;
            _framed = message.Length > 0 && message.Span[0] == Slip.End;
            if (_framed && !TryUnframe(ref message))
            {
                continue;
            }

            var fault = FujiBusPacket.Read(message.Span, out var packet);
            if (fault != FujiBusFault.None)
            {
                Counters.Count(fault);
                continue;
            }

            request.Set(packet.Device, packet.Command, message[(message.Length - packet.Payload.Length)..]);
            foreach (var parameter in packet.Parameters)
            {
                request.Add(parameter.Value);
            }

            Counters.Requests++;
            Tap?.OnPacket(Name, toDevice: true, message.Span);
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Send(in IOResponse response)
    {
        bool tooLong = response.Payload.Length > PayloadWriter.MaxBytes;
        var payload = tooLong ? default : response.Payload.Span;
        byte status = (byte)(tooLong ? IOStatus.InternalError : response.Status);
        byte[] packet = new byte[FujiBusPacket.HeaderBytes + 1 + payload.Length];
        FujiBusPacket.Write(response.DeviceId, (byte)response.Command, [FujiBusParameter.Byte(status)], payload, packet);
        Tap?.OnPacket(Name, toDevice: false, packet);
        ReadOnlySpan<byte> message = packet;
        if (_framed)
        {
            if (_wire.Length < Slip.MaxEncodedLength(packet.Length))
            {
                _wire = new byte[Slip.MaxEncodedLength(packet.Length)];
            }

            message = _wire.AsSpan(0, Slip.Encode(packet, _wire));
        }

        _channel.Send(message);
        Counters.Responses++;
        Counters.BytesOut += message.Length;
    }

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantRequests) => _channel.Interest(set, wantRequests && !_channel.HasUnsent);

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private bool TryUnframe(ref ReadOnlyMemory<byte> message)
    {
        _decoder.Reset();
        var rest = message.Span;
        if (!_decoder.TryRead(ref rest, out int length))
        {
            return false;
        }

        message = _decoder.Frame(length);
        return true;
    }
}
