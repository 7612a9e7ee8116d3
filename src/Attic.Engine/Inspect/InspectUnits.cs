using System.Globalization;
using System.Text.Json;
using Attic.Abi.Chips;
using Attic.Engine.Streams;

namespace Attic.Engine.Inspect;

/// <summary>A <c>register_update</c> event.</summary>
internal sealed class RegisterUnit(RegisterValue value, ulong old, RegisterMoment moment) : StreamUnit
{
    public override void Write(Utf8JsonWriter json, StreamConnection connection)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "register_update"u8);
        InspectEvents.WriteHead(json, connection, moment.StampUs, moment.Tick, moment.Cycle);
        json.WriteString("component"u8, value.Component);
        json.WriteString("register"u8, value.Register);
        json.WriteString("old_value"u8, InspectEvents.Hex(old, value.Bits));
        json.WriteString("new_value"u8, InspectEvents.Hex(value.Value, value.Bits));
        json.WriteString("value_encoding"u8, "hex"u8);
        json.WriteNumber("value_bits"u8, value.Bits);
        json.WriteEndObject();
    }
}

/// <summary>When a register was looked at.</summary>
internal readonly record struct RegisterMoment(long Tick, long Cycle, long StampUs);

/// <summary>A <c>bus_event</c>.</summary>
internal sealed class BusUnit(AccessRecord record) : StreamUnit
{
    public override void Write(Utf8JsonWriter json, StreamConnection connection)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "bus_event"u8);
        InspectEvents.WriteHead(json, connection, record.StampUs, record.Tick, record.Cycle);
        json.WriteString("source"u8, AccessRecord.Source);
        json.WriteString("access"u8, record.AccessName);
        json.WriteString("address"u8, InspectEvents.Hex(record.Address, 32));
        json.WriteString("data"u8, InspectEvents.Hex(record.Data, record.Size * 8));
        json.WriteNumber("size"u8, record.Size);
        json.WriteNumber("wait_states"u8, record.WaitStates);
        json.WriteEndObject();
    }
}

/// <summary>A <c>memory_event</c>.</summary>
internal sealed class MemoryUnit(AccessRecord record) : StreamUnit
{
    public override void Write(Utf8JsonWriter json, StreamConnection connection)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "memory_event"u8);
        InspectEvents.WriteHead(json, connection, record.StampUs, record.Tick, record.Cycle);
        json.WriteString("region"u8, record.Region);
        json.WriteString("address"u8, InspectEvents.Hex(record.Address, 32));
        json.WriteString("access"u8, record.AccessName);
        json.WriteString("component"u8, AccessRecord.Source);
        json.WriteString("mapped_target"u8, record.Target);
        json.WriteEndObject();
    }
}

/// <summary>What inspection events have in common.</summary>
internal static class InspectEvents
{
    /// <summary>A value as <c>0x</c> and as many upper-case digits as its width needs.</summary>
    public static string Hex(ulong value, int bits) =>
        "0x" + value.ToString("X" + ((bits + 3) / 4).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Version, session, sequence, stamp, tick and cycle.</summary>
    public static void WriteHead(Utf8JsonWriter json, StreamConnection connection, long stampUs, long tick, long cycle)
    {
        json.WriteNumber("schema_version"u8, 1);
        json.WriteString("session_id"u8, connection.SessionId);
        json.WriteNumber("event_seq"u8, connection.NextSequence());
        json.WriteNumber("event_timestamp_us"u8, connection.Stamp(stampUs));
        json.WriteNumber("tick"u8, tick);
        json.WriteNumber("cycle"u8, cycle);
    }
}
