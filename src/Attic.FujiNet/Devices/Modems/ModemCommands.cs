using System.Globalization;

namespace Attic.FujiNet.Devices.Modems;

/// <summary>The language of AT commands.</summary>
internal static class ModemCommands
{
    private static readonly string[] s_terminals = ["VT52", "VT100", "ANSI", "DUMB"];

    /// <summary>Runs one line in upper case and reports its result.</summary>
    public static void Run(Modem modem, string line, TelnetFilter telnet)
    {
        if (Dialled(line) is { } target)
        {
            if (!modem.Dial(target))
            {
                modem.Report(ModemResult.Error);
            }

            return;
        }

        switch (line)
        {
            case "ATH" or "ATH1" or "+++ATH":
                modem.Report(modem.HangUp() ? ModemResult.NoCarrier : ModemResult.Ok);
                return;
            case "ATA":
                if (!modem.Answer())
                {
                    modem.Report(ModemResult.Error);
                }

                return;
            case "ATO":
                modem.Report(modem.GoOnline() ? ModemResult.Connect : ModemResult.Error);
                return;
            default:
                modem.Report(Set(modem, line, telnet) ? ModemResult.Ok : ModemResult.Error);
                return;
        }
    }

    private static string? Dialled(string line) =>
        Array.Find(["ATDT", "ATDP", "ATDI"], (string prefix) => line.StartsWith(prefix, StringComparison.Ordinal)) is null
            ? null
            : line[4..].Trim().ToLowerInvariant();

    private static bool Set(Modem modem, string line, TelnetFilter telnet)
    {
        switch (line)
        {
            case "AT":
                return true;
            case "ATS0=0" or "ATS0=1":
                modem.AutoAnswer = line[^1] == '1';
                return true;
            case "ATNET0" or "ATNET1":
                modem.UsesTelnet = line[^1] == '1';
                return true;
            case "ATE0" or "ATE1":
                modem.Echoes = line[^1] == '1';
                return true;
            case "ATV0" or "ATV1":
                modem.IsNumeric = line[^1] == '0';
                return true;
            case "AT+BAUDLOCK=0" or "AT+BAUDLOCK=1":
                modem.IsBaudLocked = line[^1] == '1';
                return true;
        }

        const string Terminal = "AT+TERM=";
        if (line.StartsWith(Terminal, StringComparison.Ordinal) && s_terminals.Contains(line[Terminal.Length..], StringComparer.Ordinal))
        {
            telnet.Terminal = line[Terminal.Length..];
            return true;
        }

        return TryNumber(line, "ATPORT", out int port) ? modem.Listen(port) : TryNumber(line, "ATB", out int baud) && modem.SetBaud((uint)baud);
    }

    private static bool TryNumber(string line, string prefix, out int number)
    {
        number = 0;
        return line.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(line.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
