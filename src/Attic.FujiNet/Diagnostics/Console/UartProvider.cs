using System.Globalization;
using Attic.FujiNet.Config;
using Attic.FujiNet.Platform;
using static Attic.FujiNet.Diagnostics.Console.ConsoleText;

namespace Attic.FujiNet.Diagnostics.Console;

/// <summary>How the serial port of <c>--serial</c> is set. A port that is open stays as it is until the FujiNet starts again.</summary>
internal sealed class UartProvider(FujiNetStack stack) : IConsoleProvider
{
    private const string Later = "; uart.save keeps it, a port takes it when it is opened next\n";

    public string Name => "uart";

    public IEnumerable<ConsoleCommand> Commands =>
    [
        new("uart.status", Status),
        new("uart.baud", "<baud>", arguments => new(arguments.Length == 1 ? Set("baud_rate", arguments[0]) : null)),
        new("uart.set", "<data_bits|parity|stop_bits|flow_control|tx_gap_us|baud_rate> <value>", arguments => new(arguments.Length == 2 ? Set(arguments[0], arguments[1]) : null)),
        new("uart.save", string.Empty, SaveAsync),
    ];

    private ChannelConfig Config => stack.Config.Channel;

    private string Status() => Line(
        $"{Config.SerialPort}: {Config.BaudRate} baud, {Config.DataBits} data bits, parity {Config.Parity}, {Config.StopBits} stop bits, flow {Config.FlowControl}, gap {Config.TxGapMicroseconds} us");

    private string? Set(string name, string value)
    {
        bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        switch (name)
        {
            case "baud_rate" when isNumber && number is 9600 or 19200 or 38400 or 57600 or 115_200 or 230_400:
                Config.BaudRate = number;
                break;
            case "data_bits" when isNumber && number is >= 5 and <= 8:
                Config.DataBits = number;
                break;
            case "parity" when value is "none" or "even" or "odd":
                Config.Parity = value;
                break;
            case "stop_bits" when value is "1" or "1.5" or "2":
                Config.StopBits = value;
                break;
            case "flow_control" when value is "none" or "rts_cts":
                Config.FlowControl = value;
                break;
            case "tx_gap_us" when isNumber && number <= 1_000_000:
                Config.TxGapMicroseconds = number;
                break;
            default:
                return null;
        }

        return $"{name} {value}{Later}";
    }

    private async ValueTask<string?> SaveAsync(string[] arguments)
    {
        await stack.SaveConfigAsync();
        return "saved\n";
    }
}
