using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Transports;

/// <summary>FujiBus packets in SLIP's framing, over a channel of bytes.</summary>
public sealed class FujiBusTransport : ITransport
{
    private const int ReceiveBytes = 8192;

    private readonly IChannel _channel;
    private readonly SlipDecoder _decoder = new();
    private readonly byte[] _received = new byte[ReceiveBytes];
    private byte[] _wire = new byte[ReceiveBytes];
    private int _receivedAt;
    private int _receivedEnd;
    private int _connection;

    /// <summary>A transport over a channel, which belongs to it from then on.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="tap">Sees the packets; null for nobody.</param>
    public FujiBusTransport(IChannel channel, IPacketTap? tap = null)
    {
        ArgumentNullException.ThrowIfNull(channel);
        _channel = channel;
        _connection = channel.Connection;
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
    public void Poll() => _channel.Poll();

    /// <inheritdoc/>
    public bool Receive(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_channel.HasUnsent)
        {
            // A peer that does not take its answers gets no more of them.
            return false;
        }

        while (true)
        {
            ForgetLastPeer();
            if (TakeFrame(request))
            {
                return true;
            }

            _receivedAt = 0;
            _receivedEnd = _channel.Read(_received);
            if (_receivedEnd == 0)
            {
                return false;
            }

            Counters.BytesIn += _receivedEnd;
        }
    }

    /// <inheritdoc/>
    public void Send(in IOResponse response)
    {
        if (_channel.Connection != _connection)
        {
            Counters.Orphans++;
            return;
        }

        bool tooLong = response.Payload.Length > PayloadWriter.MaxBytes;
        var payload = tooLong ? default : response.Payload.Span;
        byte status = (byte)(tooLong ? IOStatus.InternalError : response.Status);
        int packet = FujiBusPacket.HeaderBytes + 1 + payload.Length;
        if (_wire.Length < Slip.MaxEncodedLength(packet))
        {
            _wire = new byte[Slip.MaxEncodedLength(packet)];
        }

        int length = FujiBusPacket.WriteResponseFrame(response.DeviceId, (byte)response.Command, status, payload, _wire);
        _channel.Write(_wire.AsSpan(0, length));
        Counters.Responses++;
        Counters.BytesOut += length;
        if (Tap is not null)
        {
            byte[] plain = new byte[packet];
            FujiBusPacket.Write(response.DeviceId, (byte)response.Command, [FujiBusParameter.Byte(status)], payload, plain);
            Tap.OnPacket(Name, toDevice: false, plain);
        }
    }

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantRequests)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (wantRequests && _receivedAt < _receivedEnd && !_channel.HasUnsent)
        {
            set.SetReady();
        }

        _channel.Interest(set, wantRequests && !_channel.HasUnsent);
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private void ForgetLastPeer()
    {
        if (_channel.Connection == _connection)
        {
            return;
        }

        _connection = _channel.Connection;
        _decoder.Reset();
        _receivedAt = _receivedEnd = 0;
    }

    private bool TakeFrame(IORequest request)
    {
        ReadOnlySpan<byte> rest = _received.AsSpan(_receivedAt, _receivedEnd - _receivedAt);
        while (_decoder.TryRead(ref rest, out int length))
        {
            _receivedAt = _receivedEnd - rest.Length;
            var frame = _decoder.Frame(length);
            var fault = FujiBusPacket.Read(frame.Span, out var packet);
            if (fault != FujiBusFault.None)
            {
                Counters.Count(fault);
                continue;
            }

            request.Set(packet.Device, packet.Command, frame[(length - packet.Payload.Length)..]);
            foreach (var parameter in packet.Parameters)
            {
                request.Add(parameter.Value);
            }

            Counters.Requests++;
            Tap?.OnPacket(Name, toDevice: true, frame.Span);
            return true;
        }

        _receivedAt = _receivedEnd;
        return false;
    }
}
