using System.Text;
using System.Text.RegularExpressions;
using Attic.FujiNet.Config;
using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.WiFi;

/// <summary>The wireless network on the wire.</summary>
public sealed partial class WiFiDevice : VirtualDevice
{
    private const int MaxSsid = 32;
    private const int MaxBssid = 17;
    private const int MaxPassphrase = 64;

    private readonly WiFiConfig _config;
    private readonly IWiFiLink? _link;
    private readonly Func<ValueTask>? _save;
    private IReadOnlyList<WiFiNetwork>? _found;

    /// <summary>The device.</summary>
    /// <param name="config">The configuration that it changes.</param>
    /// <param name="link">The platform's link; null when there is none.</param>
    /// <param name="save">Writes the configuration; null when it cannot be kept.</param>
    public WiFiDevice(WiFiConfig config, IWiFiLink? link, Func<ValueTask>? save = null)
    {
        _config = config;
        _link = link;
        _save = save;
    }

    /// <inheritdoc/>
    public override ValueTask<IOResponse> HandleAsync(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Payload.IsEmpty || request.Payload.Span[0] != DevicePayload.Version)
        {
            return new(request.Refuse(IOStatus.InvalidRequest));
        }

        return (byte)request.Command switch
        {
            1 => new(GetStatus(request)),
            2 => new(GetConfig(request)),
            3 => SetConfigAsync(request),
            4 => new(Scan(request)),
            _ => new(request.Refuse(IOStatus.Unsupported)),
        };
    }

    [GeneratedRegex("^([0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BssidText();

    private IOResponse GetStatus(IORequest request)
    {
        if (request.Payload.Length != 1)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (_link is null)
        {
            return request.Refuse(IOStatus.NotReady);
        }

        var addresses = _link.Addresses;
        request.Reply.Byte(DevicePayload.Version)
            .Byte((byte)_link.State)
            .Byte(Flag(_config.IsEnabled))
            .Byte(Flag(_link.Bssid is not null))
            .Byte(Flag(_link.Capabilities.HasFlag(WiFiCapabilities.Scan)))
            .Byte((byte)_link.Rssi)
            .Bytes([.. _link.Bssid ?? new byte[6]])
            .ShortText(addresses.Ip).ShortText(addresses.Netmask).ShortText(addresses.Gateway).ShortText(addresses.Dns)
            .Word((ushort)_link.Capabilities)
            .Byte((byte)_link.Backend);
        return request.Answer();
    }

    private IOResponse GetConfig(IORequest request)
    {
        if (request.Payload.Length != 1)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        request.Reply.Byte(DevicePayload.Version).Byte(Flag(_config.IsEnabled)).Byte(Flag(_config.Passphrase.Length > 0))
            .ShortText(_config.Ssid).ShortText(_config.Bssid);
        return request.Answer();
    }

    private async ValueTask<IOResponse> SetConfigAsync(IORequest request)
    {
        if (!WiFiChange.TryRead(request.Payload.Span, _config, out var change))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var refused = Check(change);
        if (refused != IOStatus.Ok)
        {
            return request.Refuse(refused);
        }

        (_config.IsEnabled, _config.Ssid, _config.Bssid, _config.Passphrase) = (change.IsEnabled, change.Ssid, change.Bssid, change.Passphrase);
        try
        {
            await (change.Persist ? _save!() : ValueTask.CompletedTask);
        }
        catch (StorageException)
        {
            return request.Refuse(IOStatus.IOError);
        }

        if (change.Reconnect && change.IsEnabled)
        {
            _link!.Connect(change.Ssid, change.Bssid, change.Passphrase);
        }
        else if (change.Reconnect)
        {
            _link!.Disconnect();
        }

        request.Reply.Byte(DevicePayload.Version);
        return request.Answer();
    }

    private IOStatus Check(WiFiChange change)
    {
        if (!BssidText().IsMatch(change.Bssid))
        {
            return IOStatus.InvalidRequest;
        }

        if ((change.Persist && _save is null) || (change.Reconnect && _link is null))
        {
            return IOStatus.NotReady;
        }

        var needed = change.IsEnabled ? WiFiCapabilities.Connect : WiFiCapabilities.Disconnect;
        needed |= change.Bssid.Length > 0 ? WiFiCapabilities.Bssid : WiFiCapabilities.None;
        return change.Reconnect && !_link!.Capabilities.HasFlag(needed) ? IOStatus.Unsupported : IOStatus.Ok;
    }

    private IOResponse Scan(IORequest request)
    {
        const int MostRecords = 32;
        var payload = new PayloadReader(request.Payload.Span);
        payload.Byte();
        int offset = payload.Word();
        int limit = payload.Byte();
        if (!payload.IsExact || limit is 0 or > MostRecords)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (_link?.Capabilities.HasFlag(WiFiCapabilities.Scan) != true)
        {
            return request.Refuse(IOStatus.Unsupported);
        }

        if (offset == 0 || _found is null)
        {
            _found = _link.Scan();
        }

        if (_found is null)
        {
            return request.Refuse(IOStatus.IOError);
        }

        var page = _found.Skip(offset).Take(limit).ToList();
        request.Reply.Byte(DevicePayload.Version).Byte(Flag(offset + page.Count < _found.Count)).Byte((byte)page.Count);
        foreach (var network in page)
        {
            request.Reply.ShortText(network.Ssid).Bytes([.. network.Bssid]).Byte((byte)network.Rssi).Byte(network.Channel).Byte(network.Authentication);
        }

        return request.Answer();
    }

    private static byte Flag(bool value) => value ? (byte)1 : (byte)0;

    private readonly record struct WiFiChange(bool IsEnabled, string Ssid, string Bssid, string Passphrase, bool Persist, bool Reconnect)
    {
        public static bool TryRead(ReadOnlySpan<byte> bytes, WiFiConfig present, out WiFiChange change)
        {
            var payload = new PayloadReader(bytes);
            payload.Byte();
            byte flags = payload.Byte();
            bool fits = (flags & ~0x3F) == 0;
            bool enabled = (flags & 1) != 0 ? payload.Byte() != 0 : present.IsEnabled;
            string ssid = (flags & 2) != 0 ? Field(ref payload, MaxSsid, ref fits) : present.Ssid;
            string bssid = (flags & 4) != 0 ? Field(ref payload, MaxBssid, ref fits) : present.Bssid;
            string passphrase = (flags & 8) != 0 ? Field(ref payload, MaxPassphrase, ref fits) : present.Passphrase;
            change = new(enabled, ssid, bssid, passphrase, (flags & 0x10) != 0, (flags & 0x20) != 0);
            return fits && payload.IsExact;
        }

        private static string Field(ref PayloadReader payload, int longest, ref bool fits)
        {
            var field = payload.ShortBlock();
            fits &= field.Length <= longest;
            return Encoding.UTF8.GetString(field);
        }
    }
}
