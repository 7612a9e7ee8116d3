using System.CommandLine;
using Attic.FujiNet.Config;
using Attic.FujiNet.Devices.Printing;

namespace Attic.Cli.Fuji;

/// <summary>Options that several verbs have for their FujiNet.</summary>
internal static class FujiOptions
{
    /// <summary>Switches the FujiNet's printer on and says where its paper goes.</summary>
    public static Option<string?> Printer(string name)
    {
        var option = new Option<string?>(name)
        {
            Description = "Switches the FujiNet's printer on: text or pdf files in /FujiNet/printer of its storage, or raw:HOST[:PORT] for a printer in the network (port 9100).",
            HelpName = "OUTPUT",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } output && !PrinterOutputs.IsOne(output))
            {
                result.AddError($"{name}: \"{output}\" is no output: text, pdf, raw:HOST or raw:HOST:PORT.");
            }
        });
        return option;
    }

    /// <summary>Takes the option's value over.</summary>
    /// <param name="config">The configuration of this run.</param>
    /// <param name="output">The value; null leaves what is configured.</param>
    public static void UsePrinter(FujiConfig config, string? output)
    {
        if (output is not null)
        {
            (config.Devices.Printer.IsEnabled, config.Devices.Printer.Output) = (true, output);
        }
    }
}
