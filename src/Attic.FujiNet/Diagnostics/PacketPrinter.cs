using System.Globalization;
using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Diagnostics;

/// <summary>Puts packets into words. What may be secret is not shown.</summary>
public static class PacketPrinter
{
    private const int MostShown = 48;
    private const byte SetWiFi = 3;
    private const byte OpenSession = 1;

    /// <summary>One line for a packet.</summary>
    /// <param name="toDevice">Whether it is a request.</param>
    /// <param name="bytes">The packet.</param>
    public static string Print(bool toDevice, ReadOnlySpan<byte> bytes)
    {
        var fault = FujiBusPacket.Read(bytes, out var packet);
        if (fault != FujiBusFault.None)
        {
            return $"{(toDevice ? '>' : '<')} no packet ({fault}): {Hex(bytes)}";
        }

        string name = $"{PacketNames.OfDevice(packet.Device)}.{PacketNames.OfCommand(packet.Device, packet.Command)}";
        string parameters = string.Empty;
        foreach (var parameter in packet.Parameters)
        {
            parameters += toDevice ? string.Create(CultureInfo.InvariantCulture, $" {parameter.Value}") : $" {(IOStatus)parameter.Value}";
        }

        bool secret = toDevice && ((packet.Device == DeviceIds.WiFi && packet.Command == SetWiFi) || (packet.Device == DeviceIds.Network && packet.Command == OpenSession));
        string payload = packet.Payload.IsEmpty ? string.Empty : secret ? $"  [{packet.Payload.Length} bytes, not shown]" : $"  {Hex(packet.Payload)}  {Text(packet.Payload)}";
        return $"{(toDevice ? '>' : '<')} {name}{parameters}{payload}";
    }

    private static string Hex(ReadOnlySpan<byte> bytes) =>
        Convert.ToHexString(bytes[..Math.Min(bytes.Length, MostShown)]) + (bytes.Length > MostShown ? $"… ({bytes.Length} bytes)" : string.Empty);

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("|");
        foreach (byte value in bytes[..Math.Min(bytes.Length, MostShown)])
        {
            text.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');
        }

        return text.Append('|').ToString();
    }
}
