using System.Collections.Immutable;
using Attic.Engine.Sessions;

namespace Attic.Engine.Streams;

/// <summary>Converts pictures once per format and queues them. Pump thread.</summary>
internal sealed class VideoPump(HandoverRing<FrameCopy> frames)
{
    private readonly FrameConverter _canvas = new();
    private readonly FrameConverter _raster = new();
    private readonly PayloadPool _pool = new();
    private readonly Dictionary<(PixelFormat, bool), SharedPayload> _converted = [];
    private long _lost;

    /// <summary>Delivers all pictures that wait.</summary>
    public void Deliver(ImmutableArray<StreamConnection> connections)
    {
        CountLost(connections);
        while (frames.Take() is { } frame)
        {
            foreach (var connection in connections)
            {
                if (connection.Kind == StreamKind.Video && connection.Wants(RuntimeClock.NowUs))
                {
                    Offer(connection, frame);
                }
            }

            foreach (var payload in _converted.Values)
            {
                payload.Release();
            }

            _converted.Clear();
        }
    }

    private void Offer(StreamConnection connection, FrameCopy frame)
    {
        var settings = (VideoSettings)connection.Settings!;
        var (width, height) = FrameConverter.SizeOf(frame, settings.Borders);
        var payload = Converted(frame, settings, width * height * settings.Format.BytesPerPixel());
        payload.AddHolder();
        connection.Offer(new VideoUnit
        {
            FrameId = connection.NextNumber(),
            StampUs = frame.StampUs,
            Width = width,
            Height = height,
            Format = settings.Format,
            Payload = payload,
            Lines = settings.Scanlines ? new ScanlineTable(frame) : null,
        });
    }

    private SharedPayload Converted(FrameCopy frame, VideoSettings settings, int length)
    {
        var key = (settings.Format, settings.Borders);
        if (!_converted.TryGetValue(key, out var payload))
        {
            payload = _pool.Rent(length);
            (settings.Borders ? _raster : _canvas).Convert(frame, settings.Format, settings.Borders, payload.Buffer.AsSpan(0, length));
            _converted.Add(key, payload);
        }

        return payload;
    }

    // Pictures that the pump itself was too late for are lost to every connection; each uses up a number.
    private void CountLost(ImmutableArray<StreamConnection> connections)
    {
        long lost = frames.Dropped - _lost;
        _lost += lost;
        if (lost == 0)
        {
            return;
        }

        foreach (var connection in connections)
        {
            if (connection is { Kind: StreamKind.Video, Paused: false })
            {
                connection.Lost(lost);
                for (long i = 0; i < lost; i++)
                {
                    connection.NextNumber();
                }
            }
        }
    }
}
