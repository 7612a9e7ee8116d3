using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Clock;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Tests.Devices;

public class ClockDeviceTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 21, 1, 49, 9, TimeSpan.Zero);

    [Fact]
    public void The_time_is_seconds_since_1970()
    {
        using var rig = Rig(DateTimeOffset.FromUnixTimeSeconds(0x6B00F644));
        Assert.Equal((IOStatus.Ok, "0100000044F6006B00000000"), Call(rig, 1, "01"));
    }

    [Theory]
    [InlineData(0, "141A0B15023109")]
    [InlineData(1, "75353102")]
    [InlineData(2, "150B1A023109")]
    public void Formats_are_those_of_their_machines_in_the_clocks_zone(byte format, string expected)
    {
        using var rig = Rig(s_now, "CET-1CEST,M3.5.0,M10.5.0/3");
        Assert.Equal((IOStatus.Ok, $"01{format:X2}{expected}"), Call(rig, 3, $"01{format:X2}"));
    }

    [Theory]
    [InlineData(3, "2026-11-21T02:49:09+0100")]
    [InlineData(4, "2026-11-21T01:49:09+0000")]
    [InlineData(5, "2026112100249090")]
    public void Texts_have_no_end_mark(byte format, string expected)
    {
        using var rig = Rig(s_now, "CET-1CEST,M3.5.0,M10.5.0/3");
        byte[] answer = rig.Call(DeviceIds.Clock, 3, [1, format]).Payload;
        Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(answer[2..]));
    }

    [Fact]
    public void Setting_the_time_needs_to_be_allowed()
    {
        using var strict = Rig(s_now);
        Assert.Equal((IOStatus.IOError, string.Empty), Call(strict, 2, "0100F1536500000000"));
        Assert.Equal((IOStatus.InvalidRequest, string.Empty), Call(strict, 2, "0105000000"));
        using var lax = Rig(s_now, maySet: true);
        Assert.Equal((IOStatus.Ok, "0100000000F1536500000000"), Call(lax, 2, "0100F1536500000000"));
    }

    [Fact]
    public void Zones_are_set_kept_and_refused()
    {
        string? saved = null;
        using var rig = Rig(s_now, save: zone =>
        {
            saved = zone;
            return ValueTask.CompletedTask;
        });
        Assert.Equal((IOStatus.Ok, "010355544300"), Call(rig, 4, "01"));
        Assert.Equal((IOStatus.Ok, "01044D53543700"), Call(rig, 5, "01044D535437"));
        Assert.Null(saved);
        Assert.Equal((IOStatus.Ok, "01044D53543700"), Call(rig, 6, "01044D535437"));
        Assert.Equal("MST7", saved);
        Assert.Equal((IOStatus.InvalidRequest, string.Empty), Call(rig, 5, "0100"));
        Assert.Equal((IOStatus.InvalidRequest, string.Empty), Call(rig, 3, "0109"));
        Assert.Equal((IOStatus.Unsupported, string.Empty), Call(rig, 9, "01"));
    }

    [Theory]
    [InlineData("UTC", "2026-07-01T00:00:00Z", 0)]
    [InlineData("MST7", "2026-07-01T00:00:00Z", -25_200)]
    [InlineData("<+0530>-5:30", "2026-07-01T00:00:00Z", 19_800)]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59:59Z", 3600)]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 7200)]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T00:59:59Z", 7200)]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 3600)]
    [InlineData("EST5EDT", "2026-07-01T00:00:00Z", -14_400)]
    [InlineData("EST5EDT", "2026-12-01T00:00:00Z", -18_000)]
    [InlineData("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z", 39_600)]
    [InlineData("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-07-01T00:00:00Z", 36_000)]
    [InlineData("XXX0YYY,J60/0,J300/0", "2028-03-01T00:00:00Z", 3600)]
    [InlineData("XXX0YYY,J60/0,J300/0", "2028-02-29T23:59:59Z", 0)]
    [InlineData("XXX0YYY,59/0,300/0", "2028-02-29T00:00:00Z", 3600)]
    public void Zones_follow_the_grammar_of_posix(string zone, string utc, int expected)
    {
        Assert.True(PosixTimeZone.TryParse(zone, out var parsed));
        Assert.Equal(expected, parsed.OffsetAt(DateTime.Parse(utc, null, System.Globalization.DateTimeStyles.AdjustToUniversal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AB1")]
    [InlineData("ABC")]
    [InlineData("ABC1DEF,M13.1.0,M1.1.0")]
    [InlineData("ABC1DEF,M3.1.0")]
    [InlineData("ABC1DEF,M3.1.0,M4.1.0x")]
    public void What_is_no_zone_is_told(string zone) => Assert.False(PosixTimeZone.TryParse(zone, out _));

    private static (IOStatus Status, string Payload) Call(FujiRig rig, byte command, string payload)
    {
        var (status, answer) = rig.Call(DeviceIds.Clock, command, Convert.FromHexString(payload));
        return (status, Convert.ToHexString(answer));
    }

    private static FujiRig Rig(DateTimeOffset now, string zone = "UTC", bool maySet = false, Func<string, ValueTask>? save = null)
    {
        var rig = new FujiRig();
        rig.Shared.Register(DeviceIds.Clock, new ClockDevice(new ClockService(new SetTime(now), zone, maySet), save));
        return rig;
    }
}
