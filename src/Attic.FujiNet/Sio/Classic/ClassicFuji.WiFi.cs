using System.Globalization;
using System.Net;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Devices.WiFi;

namespace Attic.FujiNet.Sio.Classic;

/// <content>The wireless network, as CONFIG asks for it.</content>
public sealed partial class ClassicFuji
{
    private const int SsidField = 33;
    private const string Version = "attic";

    private SioResult Scan()
    {
        _found = _parts.WiFi?.Scan() ?? [];
        byte[] count = new byte[4];
        count[0] = (byte)Math.Min(_found.Count, byte.MaxValue);
        return SioResult.Read(count);
    }

    private SioResult ScanResult(byte index)
    {
        byte[] field = new byte[SsidField + 1];
        if (index >= _found.Count)
        {
            return SioResult.FailedRead(field);
        }

        FixedText.Write(_found[index].Ssid, field.AsSpan(0, SsidField));
        field[SsidField] = (byte)_found[index].Rssi;
        return SioResult.Read(field);
    }

    /// <summary>The network's name; its secret is never given back.</summary>
    private byte[] SsidFields()
    {
        byte[] fields = new byte[SsidBytes];
        FixedText.Write(_parts.Config.WiFi.Ssid, fields.AsSpan(0, SsidField));
        return fields;
    }

    private async ValueTask<SioResult> SetSsidAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        string ssid = FixedText.Read(data.Span[..SsidField]);
        string passphrase = FixedText.Read(data.Span[SsidField..]);
        (_parts.Config.WiFi.Ssid, _parts.Config.WiFi.Passphrase, _parts.Config.WiFi.IsEnabled) = (ssid, passphrase, true);
        if (command.Aux1 != 0)
        {
            await _parts.Save();
        }

        _parts.WiFi?.Connect(ssid, "", passphrase);
        return SioResult.Complete;
    }

    /// <summary>3 connected, 6 not. A computer's own network counts as connected: there is nothing to set up.</summary>
    private byte WiFiStatus()
    {
        const byte connected = 3;
        const byte disconnected = 6;
        bool own = _parts.WiFi is null or { Backend: WiFiBackend.Simulated or WiFiBackend.Host };
        return own || _parts.WiFi!.State == WiFiState.Connected ? connected : disconnected;
    }

    /// <summary>ssid 33, host name 64, address, gateway, mask, name server 4 each, MAC 6, BSSID 6, version 15; extended the same as text.</summary>
    private byte[] AdapterFields(bool extended)
    {
        byte[] fields = new byte[extended ? ExtendedAdapterBytes : AdapterBytes];
        var addresses = _parts.WiFi?.Addresses ?? new WiFiAddresses("127.0.0.1", "255.0.0.0", "", "");
        FixedText.Write(_parts.Config.WiFi.Ssid, fields.AsSpan(0, SsidField));
        FixedText.Write(Name(), fields.AsSpan(33, 64));
        string[] texts = [addresses.Ip, addresses.Gateway, addresses.Netmask, addresses.Dns];
        for (int at = 0; at < texts.Length; at++)
        {
            if (IPAddress.TryParse(texts[at], out var address) && address.GetAddressBytes() is { Length: 4 } bytes)
            {
                bytes.CopyTo(fields, 97 + (at * 4));
            }
        }

        byte[] bssid = [.. _parts.WiFi?.Bssid ?? new byte[6]];
        bssid.CopyTo(fields, 119);
        FixedText.Write(Version, fields.AsSpan(125, 15));
        if (extended)
        {
            for (int at = 0; at < texts.Length; at++)
            {
                FixedText.Write(texts[at], fields.AsSpan(AdapterBytes + (at * 16), 16));
            }

            FixedText.Write(MacText(new byte[6]), fields.AsSpan(204, 18));
            FixedText.Write(MacText(bssid), fields.AsSpan(222, 18));
        }

        return fields;
    }

    private static string MacText(byte[] bytes) => string.Join(':', bytes.Select(value => value.ToString("X2", CultureInfo.InvariantCulture)));

    private string Name() => _parts.Config.DeviceName.Length > 0 ? _parts.Config.DeviceName : "fujinet";
}
