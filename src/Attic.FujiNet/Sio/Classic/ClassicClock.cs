using Attic.Abi.AtariXl;
using Attic.FujiNet.Devices.Clock;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>The clock as APETime and the FujiNet's clock utilities ask for it.</summary>
public sealed class ClassicClock(ClockService clock) : SioPeripheral
{
    /// <summary>Its id.</summary>
    public const byte Id = 0x45;

    private const int MaxZoneBytes = 64;
    private const byte GetTime = 0x93;
    private const byte GetAlternateTime = 0x9A;
    private const byte SetAlternateZone = 0x99;
    private const byte SetZone = 0x74;
    private const byte GetZone = 0x47;
    private const byte GetZoneLength = 0x4C;
    private const byte Simple = 0x54;
    private const byte SimpleHundredths = 0x4D;
    private const byte ProDos = 0x50;
    private const byte Sos = 0x53;
    private const byte IsoLocal = 0x49;
    private const byte IsoUtc = 0x5A;
    private string? _alternate;

    /// <inheritdoc />
    public override SioReception Accept(SioCommand command) => command.Command switch
    {
        SetAlternateZone or SetZone => command.Aux is 0 or > MaxZoneBytes ? SioReception.Nak : SioReception.AckWrite(command.Aux),
        GetTime or GetAlternateTime or GetZone or GetZoneLength or Simple or SimpleHundredths or ProDos or Sos or IsoLocal or IsoUtc => SioReception.Ack,
        _ => SioReception.Nak,
    };

    /// <inheritdoc />
    public override ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        string? zone = command.Aux1 == 1 || command.Command == GetAlternateTime ? _alternate : null;
        return new(command.Command switch
        {
            SetAlternateZone => SetAlternate(data),
            SetZone => SetUsual(data),
            GetZoneLength => SioResult.Read(new[] { (byte)(clock.Zone.Length + 1) }),
            GetZone => Text(System.Text.Encoding.ASCII.GetBytes(clock.Zone)),
            Simple => SioResult.Read(clock.Format(TimeFormat.Simple, zone)),
            SimpleHundredths => SioResult.Read((byte[])[.. clock.Format(TimeFormat.Simple, zone), 0]),
            ProDos => SioResult.Read(clock.Format(TimeFormat.ProDos, zone)),
            Sos => Text(clock.Format(TimeFormat.Sos, zone)),
            IsoLocal => Text(clock.Format(TimeFormat.LocalIso, zone)),
            IsoUtc => Text(clock.Format(TimeFormat.UtcIso, zone)),
            _ => SioResult.Read(clock.Format(TimeFormat.ApeTime, zone)),
        });
    }

    private static SioResult Text(byte[] text) => SioResult.Read((byte[])[.. text, 0]);

    private static string ZoneOf(ReadOnlyMemory<byte> data)
    {
        var text = data.Span;
        int end = text.IndexOfAny((byte)0, (byte)0x9B);
        return System.Text.Encoding.ASCII.GetString(end < 0 ? text : text[..end]);
    }

    private SioResult SetAlternate(ReadOnlyMemory<byte> data)
    {
        _alternate = ZoneOf(data);
        return SioResult.Complete;
    }

    private SioResult SetUsual(ReadOnlyMemory<byte> data)
    {
        clock.Zone = ZoneOf(data);
        return SioResult.Complete;
    }
}
