using System.CommandLine;
using System.Globalization;
using Attic.FujiNet.Sio.Classic;
using Attic.FujiNet.Sio.Serial;

namespace Attic.Cli.Fuji;

/// <summary>What <c>--sio-serial</c> asks for: <c>DEV[,cmd=ri|dsr|cts|dcd|none][,index=N|none][,proceed=dtr|rts|none]</c>.</summary>
/// <param name="Device">The serial port.</param>
/// <param name="Command">Where COMMAND is connected.</param>
/// <param name="Proceed">Where PROCEED is connected.</param>
/// <param name="HighSpeedIndex">The divisor for high speed; null for none.</param>
internal sealed record SioSerialOption(string Device, SioCommandLine Command, SioProceedLine Proceed, byte? HighSpeedIndex)
{
    private const string Example = "For example: --sio-serial /dev/ttyUSB0,cmd=dsr,index=6";

    /// <summary>The rate of high speed; 0 for none.</summary>
    public int HighBaud => HighSpeedIndex is { } index ? SioSerialTransport.BaudOf(index) : 0;

    /// <summary>The option.</summary>
    public static Option<string[]> Make() => new("--sio-serial")
    {
        Description = "Serves an Atari on the serial bus, by an adapter at a serial port. cmd= says where COMMAND is connected: ri (default), dsr, cts, dcd, none; index= the high speed: 0 to 10, 16, none (default 6); proceed= dtr or rts.",
        HelpName = "DEV[,cmd=ri]",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Reads the option's value.</summary>
    /// <exception cref="CommandFailure">It is not of that form.</exception>
    public static SioSerialOption Parse(string text)
    {
        string[] parts = text.Split(',');
        var parsed = new SioSerialOption(parts[0], SioCommandLine.Ri, SioProceedLine.None, ClassicDisk.UsualSpeed);
        foreach (string part in parts.Skip(1))
        {
            string[] pair = part.Split('=', 2);
            string value = pair[^1];
            parsed = pair[0] switch
            {
                "cmd" when TryName<SioCommandLine>(value, out var line) => parsed with { Command = line },
                "proceed" when TryName<SioProceedLine>(value, out var line) => parsed with { Proceed = line },
                "index" when value is "none" => parsed with { HighSpeedIndex = null },
                "index" when byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out byte index) && index is <= 10 or 16 => parsed with { HighSpeedIndex = index },
                _ => throw CommandFailure.BadInput($"--sio-serial: \"{part}\" is not known.", Example),
            };
        }

        return parsed.Device.Length > 0 ? parsed : throw CommandFailure.BadInput("--sio-serial: which serial port?", Example);
    }

    private static bool TryName<T>(string value, out T name)
        where T : struct, Enum =>
        Enum.TryParse(value, ignoreCase: true, out name) && value.All(char.IsAsciiLetter);
}
