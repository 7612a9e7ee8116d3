using System.Globalization;

namespace Attic.FujiNet.Diagnostics;

/// <summary>A packet that was captured.</summary>
/// <param name="Microseconds">When it passed, in µs since the start of the capture.</param>
/// <param name="Transport">The transport that it passed.</param>
/// <param name="ToDevice">Whether it is a request.</param>
/// <param name="Packet">Its bytes.</param>
public sealed record CapturedPacket(long Microseconds, string Transport, bool ToDevice, byte[] Packet);

/// <summary>
/// Captures as text, a packet a line: microseconds, <c>&gt;</c> or <c>&lt;</c>, the bytes in hexadecimal, the transport. A capture
/// holds everything that passed, secrets too.
/// </summary>
public static class Capture
{
    /// <summary>One line.</summary>
    public static string Format(CapturedPacket packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        return string.Create(CultureInfo.InvariantCulture, $"{packet.Microseconds} {(packet.ToDevice ? '>' : '<')} {Convert.ToHexString(packet.Packet)} {packet.Transport}");
    }

    /// <summary>Reads a line; null for an empty one or a comment.</summary>
    /// <exception cref="FormatException">It is no captured packet.</exception>
    public static CapturedPacket? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Length == 0 || line[0] == '#')
        {
            return null;
        }

        string[] fields = line.Split(' ', 4);
        return fields.Length >= 3
            && long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long time)
            && fields[1] is ">" or "<"
            ? new(time, fields.Length > 3 ? fields[3] : string.Empty, fields[1] is ">", Convert.FromHexString(fields[2]))
            : throw new FormatException($"\"{line[..Math.Min(line.Length, 40)]}\" is no captured packet.");
    }
}
