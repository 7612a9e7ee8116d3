using System.Text.Json;

namespace Attic.Engine.Streams;

/// <summary>A picture: metadata, pixels and, where asked for, a message per line.</summary>
internal sealed class VideoUnit : StreamUnit
{
    public required long FrameId { get; init; }

    public required long StampUs { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required PixelFormat Format { get; init; }

    public required ScanlineTable? Lines { get; init; }

    public override int Trailers => Lines?.Count ?? 0;

    public override void Write(Utf8JsonWriter json, StreamConnection connection)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "video_frame_meta"u8);
        json.WriteNumber("schema_version"u8, 1);
        json.WriteString("channel"u8, "video.metadata.v1"u8);
        json.WriteString("session_id"u8, connection.SessionId);
        json.WriteNumber("frame_id"u8, FrameId);
        json.WriteNumber("timestamp_us"u8, connection.Stamp(StampUs));
        json.WriteNumber("width"u8, Width);
        json.WriteNumber("height"u8, Height);
        json.WriteString("pixel_format"u8, Format.ApiName());
        json.WriteNumber("payload_bytes"u8, Payload!.Bytes.Length);
        json.WriteEndObject();
    }

    public override void WriteTrailer(int index, Utf8JsonWriter json, StreamConnection connection)
    {
        var line = Lines!.Line(index);
        json.WriteStartObject();
        json.WriteString("type"u8, "video_scanline_debug"u8);
        json.WriteNumber("schema_version"u8, 1);
        json.WriteString("session_id"u8, connection.SessionId);
        json.WriteNumber("frame_id"u8, FrameId);
        json.WriteNumber("line"u8, index);
        json.WriteNumber("cycle"u8, line.Cycle);
        json.WriteString("phase"u8, line.Active ? "display"u8 : "border"u8);
        json.WriteNumber("display_start"u8, line.Active ? line.DisplayStart : 0);
        json.WriteNumber("display_end"u8, line.Active ? line.DisplayEnd : 0);
        json.WriteBoolean("half_width"u8, line.HalfWidth);
        json.WriteEndObject();
    }
}

/// <summary>What <c>debug_scanline</c> says about each line of a frame.</summary>
internal sealed class ScanlineTable(FrameCopy frame)
{
    private readonly bool[] _half = frame.HalfWidth[..frame.Height];
    private readonly (int Left, int Top, int Width, int Height, int Repeat) _active = frame.Active;
    private readonly long _frameEnd = frame.Cycle;
    private readonly long _frameCycles = frame.FrameCycles;

    public int Count => _half.Length;

    public (long Cycle, bool Active, int DisplayStart, int DisplayEnd, bool HalfWidth) Line(int index)
    {
        // The raster that is kept ends with the frame; its lines are evenly spaced.
        long cycle = _frameEnd - (_frameCycles * (Count - index) / Count);
        bool active = index >= _active.Top && index < _active.Top + _active.Height;
        return (Math.Max(0, cycle), active, _active.Left, _active.Left + _active.Width, _half[index]);
    }
}

/// <summary>A chunk of sound.</summary>
internal sealed class AudioUnit : StreamUnit
{
    public required long ChunkId { get; init; }

    public required long StampUs { get; init; }

    public required AudioSettings Settings { get; init; }

    public override void Write(Utf8JsonWriter json, StreamConnection connection)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "audio_chunk_meta"u8);
        json.WriteNumber("schema_version"u8, 1);
        json.WriteString("channel"u8, "audio.metadata.v1"u8);
        json.WriteString("session_id"u8, connection.SessionId);
        json.WriteNumber("chunk_id"u8, ChunkId);
        json.WriteNumber("timestamp_us"u8, connection.Stamp(StampUs));
        json.WriteNumber("sample_rate"u8, Settings.SampleRate);
        json.WriteNumber("channels"u8, 2);
        json.WriteString("format"u8, Settings.Format.ApiName());
        json.WriteNumber("frames"u8, AudioShaper.ChunkFrames);
        json.WriteNumber("payload_bytes"u8, Payload!.Bytes.Length);
        json.WriteEndObject();
    }
}

/// <summary>A JSON event (EVT of the contract): type, version, session, sequence, stamp, then its own fields.</summary>
/// <param name="type">The event's type.</param>
/// <param name="stampUs">When it happened.</param>
/// <param name="fields">Its own fields, each a complete JSON value.</param>
internal sealed class EventUnit(string type, long stampUs, params (string Name, byte[] Json)[] fields) : StreamUnit
{
    public string Type => type;

    /// <summary>The number where the event brings its own (R68); null: the connection numbers what it emits.</summary>
    public long? Sequence { get; init; }

    /// <summary>Whether it has no number and no stamp at all (diagnostics, capture state).</summary>
    public bool Plain { get; init; }

    /// <summary>Whether the connection's delivery block is part of it.</summary>
    public bool WithDelivery { get; init; }

    /// <summary>The browser session it is about, or null.</summary>
    public string? BrowserSessionId { get; init; }

    /// <summary>A field that is left out unless the reader asked for host events.</summary>
    public string? HostEventField { get; init; }

    public override void Write(Utf8JsonWriter json, StreamConnection connection)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteNumber("schema_version"u8, 1);
        json.WriteString("session_id"u8, connection.SessionId);
        if (!Plain)
        {
            json.WriteNumber("event_seq"u8, Sequence ?? connection.NextSequence());
            json.WriteNumber("event_timestamp_us"u8, connection.Stamp(stampUs));
        }

        foreach (var (name, value) in fields)
        {
            json.WritePropertyName(name);
            bool hidden = string.Equals(name, HostEventField, StringComparison.Ordinal)
                && connection.Settings is not InputSettings { HostEvents: true };
            json.WriteRawValue(hidden ? "{}"u8 : value, skipInputValidation: true);
        }

        if (WithDelivery)
        {
            WriteDelivery(json, connection.SampleHealth());
        }

        json.WriteEndObject();
    }

    private static void WriteDelivery(Utf8JsonWriter json, StreamHealth health)
    {
        bool dropped = health.DroppedEventsSinceLast > 0;
        json.WriteStartObject("delivery"u8);
        json.WriteBoolean("degraded"u8, dropped || health.ThrottleActive);
        json.WriteString("reason"u8, dropped ? "queue_overflow"u8 : health.ThrottleActive ? "transport_backpressure"u8 : "none"u8);
        json.WriteNumber("dropped_events_since_last"u8, health.DroppedEventsSinceLast);
        json.WriteNumber("coalesced_updates"u8, 0);
        json.WriteBoolean("throttle_active"u8, health.ThrottleActive);
        json.WriteEndObject();
    }
}
