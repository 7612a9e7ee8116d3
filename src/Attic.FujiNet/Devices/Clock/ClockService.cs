using System.Globalization;
using System.Text;
using Attic.FujiNet.Core;

namespace Attic.FujiNet.Devices.Clock;

/// <summary>What a clock's time looks like on the wire.</summary>
public enum TimeFormat : byte
{
    /// <summary>7 bytes: century, year in it, month, day, hour, minute, second.</summary>
    Simple = 0,

    /// <summary>4 bytes of Apple's ProDOS: a packed date, minute, hour.</summary>
    ProDos = 1,

    /// <summary>6 bytes of Atari's ApeTime: day, month, year after 2000, hour, minute, second.</summary>
    ApeTime = 2,

    /// <summary>ISO 8601 in local time with its offset.</summary>
    LocalIso = 3,

    /// <summary>ISO 8601 in UTC.</summary>
    UtcIso = 4,

    /// <summary>16 characters of the Apple III's SOS.</summary>
    Sos = 5,
}

/// <summary>The time of the FujiNet: the host's, moved by what a program set, in a zone of its own. Everything that shows time asks it.</summary>
public sealed class ClockService
{
    // The end of 9998: an offset does not leave the calendar.
    private const long LastUnixSecond = 253_370_764_799;

    private readonly TimeProvider _time;
    private readonly EventHub? _events;
    private long _offsetSeconds;

    /// <summary>A clock.</summary>
    /// <param name="time">The host's time.</param>
    /// <param name="zone">The zone as POSIX writes it in TZ.</param>
    /// <param name="maySet">Whether a program may set the time, for this process only.</param>
    /// <param name="events">Told when the time is set.</param>
    public ClockService(TimeProvider time, string zone = "UTC", bool maySet = false, EventHub? events = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _events = events;
        Zone = zone;
        MaySet = maySet;
    }

    /// <summary>Whether a program may set the time.</summary>
    public bool MaySet { get; }

    /// <summary>The zone in which local times are shown; anything unknown counts as UTC.</summary>
    public string Zone { get; set; }

    /// <summary>Seconds since 1970; 0 when the time is unknown.</summary>
    public long UnixSeconds => Math.Max(0, _time.GetUtcNow().ToUnixTimeSeconds() + _offsetSeconds);

    /// <summary>Sets the time.</summary>
    /// <param name="unixSeconds">Seconds since 1970.</param>
    public void Set(long unixSeconds)
    {
        _offsetSeconds = unixSeconds - _time.GetUtcNow().ToUnixTimeSeconds();
        _events?.Time.Publish(new(TimeEventKind.ManuallySet));
    }

    /// <summary>Takes the host's time again.</summary>
    public void Synchronize()
    {
        _offsetSeconds = 0;
        _events?.Time.Publish(new(TimeEventKind.Synchronized, "host"));
    }

    /// <summary>A moment in the clock's zone.</summary>
    /// <param name="unixSeconds">Seconds since 1970.</param>
    public DateTime ToLocal(long unixSeconds)
    {
        var utc = DateTime.UnixEpoch.AddSeconds(Math.Clamp(unixSeconds, 0, LastUnixSecond));
        return utc.AddSeconds(OffsetOf(Zone, utc));
    }

    /// <summary>The present time in a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="zone">The zone; null for the clock's own.</param>
    public byte[] Format(TimeFormat format, string? zone = null)
    {
        var utc = DateTime.UnixEpoch.AddSeconds(Math.Min(UnixSeconds, LastUnixSecond));
        int offset = OffsetOf(zone ?? Zone, utc);
        var local = utc.AddSeconds(offset);
        return format switch
        {
            TimeFormat.Simple => [(byte)(local.Year / 100), (byte)(local.Year % 100), (byte)local.Month, (byte)local.Day, (byte)local.Hour, (byte)local.Minute, (byte)local.Second],
            TimeFormat.ProDos => [(byte)(local.Day + (local.Month << 5)), (byte)((local.Year % 100 << 1) + (local.Month >> 3)), (byte)local.Minute, (byte)local.Hour],
            TimeFormat.ApeTime => [(byte)local.Day, (byte)local.Month, (byte)(local.Year - 2000), (byte)local.Hour, (byte)local.Minute, (byte)local.Second],
            TimeFormat.LocalIso => Text(local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + OffsetText(offset)),
            TimeFormat.UtcIso => Text(utc.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0000"),
            TimeFormat.Sos => Text(local.ToString("yyyyMMdd'0'HHmmss'0'", CultureInfo.InvariantCulture)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
        };
    }

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    private static string OffsetText(int seconds)
    {
        int minutes = Math.Abs(seconds) / 60;
        return string.Create(CultureInfo.InvariantCulture, $"{(seconds < 0 ? '-' : '+')}{minutes / 60:00}{minutes % 60:00}");
    }

    private static int OffsetOf(string zone, DateTime utc)
    {
        if (PosixTimeZone.TryParse(zone, out var posix))
        {
            return posix.OffsetAt(utc);
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var named) ? (int)named.GetUtcOffset(utc).TotalSeconds : 0;
    }
}
