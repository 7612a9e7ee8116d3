using System.Text.Json;
using Attic.Engine.Errors;
using Attic.Engine.Inspect;
using Attic.Engine.Streams;

namespace Attic.Server.WebSockets;

/// <summary>Carries out the controls that a reader sends (§14); a bad one changes nothing.</summary>
internal sealed class StreamControls(StreamConnection connection)
{
    private bool IsInspection => connection.Kind is StreamKind.Registers or StreamKind.Bus or StreamKind.Memory;

    /// <summary>Carries out one control message.</summary>
    /// <returns>Its type, for the acknowledgement.</returns>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c>, <c>INSPECT_FILTER_INVALID</c>.</exception>
    public string Apply(ReadOnlyMemory<byte> message)
    {
        using var document = Parse(message);
        var fields = new JsonFields(document.RootElement);
        string type = fields.Choice("type", "subscribe", "set_filter", "set_rate_limit", "pause_stream", "resume_stream");
        string stream = fields.OptionalString("stream") ?? connection.Kind.ApiName();
        string session = fields.OptionalString("session_id") ?? connection.SessionId;
        if (!string.Equals(stream, connection.Kind.ApiName(), StringComparison.Ordinal))
        {
            fields.Wrong("stream", connection.Kind.ApiName(), stream);
        }

        if (!string.Equals(session, connection.SessionId, StringComparison.Ordinal))
        {
            fields.Wrong("session_id", connection.SessionId, session);
        }

        fields.Check();
        switch (type)
        {
            case "pause_stream":
                connection.SetPaused(true);
                break;
            case "resume_stream":
                connection.SetPaused(false);
                break;
            case "set_rate_limit":
                connection.SetLimit(ReadLimit(fields));
                break;
            default:
                Filter(fields);
                break;
        }

        return type;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            var document = JsonDocument.Parse(message);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw JsonFields.WrongField("message", "JSON object", document.RootElement);
        }
        catch (JsonException malformed)
        {
            throw new EngineException(
                ErrorCode.BadRequest, $"The message is not JSON: {malformed.Message}",
                ErrorDetails.Of(("field", "message"), ("expected", "JSON object"), ("actual", "malformed JSON")), inner: malformed);
        }
    }

    // video_pacing_v1, audio_pacing_v1; the other streams have events a second.
    private RateLimit? ReadLimit(JsonFields fields)
    {
        RateLimit? limit;
        switch (connection.Kind)
        {
            case StreamKind.Video:
                limit = ReadPacing(fields, "fixed_fps", "target_fps", 240, "max_burst_frames", 8);
                break;
            case StreamKind.Audio:
                limit = ReadPacing(fields, "fixed_hz", "target_hz", 48_000, "max_burst_chunks", 16);
                break;
            default:
                long perSecond = fields.Integer("max_events_per_sec", 1, 1_000_000);
                limit = new(perSecond, (int)Math.Min(perSecond, connection.Kind.Capacity()));
                break;
        }

        fields.Check();
        return limit;
    }

    private static RateLimit? ReadPacing(JsonFields fields, string fixedMode, string target, int most, string burst, int mostBurst)
    {
        bool isFixed = string.Equals(fields.Choice("pacing_mode", "realtime", fixedMode), fixedMode, StringComparison.Ordinal);
        long? perSecond = isFixed ? fields.Integer(target, 1, most) : fields.OptionalInteger(target, 1, most);
        long together = fields.OptionalInteger(burst, 1, mostBurst) ?? 1;
        return isFixed ? new(perSecond ?? 1, (int)together) : null;
    }

    private void Filter(JsonFields fields)
    {
        switch (connection.Kind)
        {
            case StreamKind.Video:
                connection.Configure(ReadVideo(fields, (VideoSettings)connection.Settings!));
                break;
            case StreamKind.Audio:
                connection.Configure(ReadAudio(fields, (AudioSettings)connection.Settings!));
                break;
            case StreamKind.Input:
                connection.Configure(ReadInput(fields));
                break;
            case StreamKind.Registers:
                connection.Configure(ReadRegisters(fields));
                break;
            default:
                if (IsInspection)
                {
                    ConfigureAccess(fields);
                }

                break;
        }
    }

    private static VideoSettings ReadVideo(JsonFields fields, VideoSettings old)
    {
        var settings = StreamQueries.Video(
            fields.OptionalChoice("mode", old.Scanlines ? "debug_scanline" : "frame", "frame", "debug_scanline"),
            fields.OptionalChoice("pixel_format", old.Format.ApiName(), "RGB565", "XRGB8888", "RGB888"),
            fields.OptionalBool("borders", old.Borders));
        fields.Check();
        return settings;
    }

    private static AudioSettings ReadAudio(JsonFields fields, AudioSettings old)
    {
        var settings = StreamQueries.Audio(
            fields.OptionalChoice("format", old.Format.ApiName(), "PCM_S16LE", "PCM_F32LE"),
            fields.OptionalInteger("sample_rate", 8000, 96_000) ?? old.SampleRate);
        fields.Check();
        return settings;
    }

    private InputSettings ReadInput(JsonFields fields)
    {
        var old = connection.Settings as InputSettings;
        var settings = new InputSettings(
            fields.OptionalString("browser_session_id") ?? old?.BrowserSessionId,
            fields.OptionalBool("include_host_events", false),
            fields.OptionalBool("include_virtual_events", true),
            fields.OptionalBool("include_diagnostics", true),
            fields.OptionalBool("include_policy_events", true));
        fields.Check();
        return settings;
    }

    private static RegisterFilter ReadRegisters(JsonFields fields)
    {
        var components = fields.OptionalStrings("components");
        var registers = fields.OptionalStrings("registers");
        var prefixes = fields.OptionalStrings("register_prefixes");
        bool changedOnly = fields.OptionalBool("changed_only", true);
        string mode = fields.OptionalChoice("mode", "event", "event", "interval");
        bool interval = string.Equals(mode, "interval", StringComparison.Ordinal);
        long? us = interval ? fields.Integer("interval_us", 1, uint.MaxValue) : fields.OptionalInteger("interval_us", 0, uint.MaxValue);
        fields.Check();
        RefuseUnknown("components", components, InspectNames.Components);
        return new()
        {
            Components = SetOf(components),
            Registers = SetOf(registers),
            Prefixes = prefixes,
            ChangedOnly = changedOnly,
            IntervalUs = interval ? (uint)us!.Value : 0,
        };
    }

    private void ConfigureAccess(JsonFields fields)
    {
        bool bus = connection.Kind == StreamKind.Bus;
        var ranges = ReadRanges(fields);
        var types = fields.OptionalStrings("access_types");
        string[] possible = bus ? ["read", "write", "iack", "dma"] : ["read", "write"];
        if (types?.FirstOrDefault(type => !possible.Contains(type, StringComparer.Ordinal)) is { } unknown)
        {
            fields.Wrong("access_types", string.Join(", ", possible), unknown);
        }

        var components = fields.OptionalStrings("components");
        var regions = bus ? null : fields.OptionalStrings("regions");
        var targets = bus ? null : fields.OptionalStrings("mapped_targets");
        string level = fields.OptionalChoice("level", "debug", "info", "debug");
        long? perSecond = fields.OptionalInteger("max_events_per_sec", 1, 1_000_000);
        fields.Check();
        RefuseUnknown("components", components, [.. InspectNames.Components, .. InspectNames.MappedTargets]);
        RefuseUnknown("regions", regions, InspectNames.Regions);
        RefuseUnknown("mapped_targets", targets, InspectNames.MappedTargets);
        connection.SetLimit(perSecond is { } most ? new(most, (int)Math.Min(most, connection.Kind.Capacity())) : null);
        connection.Configure(new AccessFilter
        {
            Ranges = ranges,
            AccessTypes = SetOf(types),
            Components = SetOf(components),
            Regions = SetOf(regions),
            MappedTargets = SetOf(targets),
            InfoOnly = string.Equals(level, "info", StringComparison.Ordinal),
            MemoryOnly = !bus,
        });
    }

    private static List<AddressRange>? ReadRanges(JsonFields fields)
    {
        if (fields.OptionalStrings("address_ranges") is not { } texts)
        {
            return null;
        }

        var ranges = new List<AddressRange>();
        foreach (string text in texts)
        {
            if (!AddressRange.TryParse(text, out var range))
            {
                fields.Wrong("address_ranges", "0xSTART-0xEND with start at most end", text);
            }
            else if (ranges.Exists(other => other.Overlaps(range)))
            {
                fields.Wrong("address_ranges", "ranges that do not overlap", text);
            }
            else
            {
                ranges.Add(range);
            }
        }

        return ranges;
    }

    private static void RefuseUnknown(string selector, IReadOnlyList<string>? values, IEnumerable<string> known)
    {
        if (values?.FirstOrDefault(value => !known.Contains(value, StringComparer.Ordinal)) is { } unknown)
        {
            throw new EngineException(
                ErrorCode.InspectFilterInvalid, $"'{unknown}' is none of the {selector} there are.",
                ErrorDetails.Of(("selector", selector), ("value", unknown)));
        }
    }

    private static HashSet<string>? SetOf(IReadOnlyList<string>? values) => values?.ToHashSet(StringComparer.Ordinal);
}
