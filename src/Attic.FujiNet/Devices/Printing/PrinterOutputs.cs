using System.Globalization;
using Attic.FujiNet.Config;
using Attic.FujiNet.Network;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Printing;

/// <summary>Makes the output that a configuration names.</summary>
public static class PrinterOutputs
{
    private const string Raw = "raw:";

    /// <summary>Whether a text names an output: <c>text</c>, <c>pdf</c>, <c>raw:HOST</c>, <c>raw:HOST:PORT</c>.</summary>
    public static bool IsOne(string output) => output is "text" or "pdf" || TryReadRaw(output, out _, out _);

    /// <summary>Makes the output.</summary>
    /// <param name="config">What is wanted.</param>
    /// <param name="files">Where text and PDF files go.</param>
    /// <param name="egress">Which printers in the network may be reached.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FormatException">The configuration names none.</exception>
    public static IPrinterOutput Make(PrinterConfig config, IFileSystem files, EgressPolicy egress, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.Output switch
        {
            "text" => new TextOutput(files, time, config.Folder),
            "pdf" => new PdfOutput(files, time, config.Folder),
            var output when TryReadRaw(output, out string host, out int port) => new RawPortOutput(egress, host, port),
            var output => throw new FormatException($"\"{output}\" is no output of a printer: text, pdf, raw:HOST or raw:HOST:PORT."),
        };
    }

    private static bool TryReadRaw(string output, out string host, out int port)
    {
        ArgumentNullException.ThrowIfNull(output);
        (host, port) = (string.Empty, RawPortOutput.Port);
        if (!output.StartsWith(Raw, StringComparison.Ordinal))
        {
            return false;
        }

        // An address of IPv6 is in brackets if a port follows.
        string target = output[Raw.Length..];
        int colon = target.LastIndexOf(':');
        bool hasPort = colon >= 0 && !target.EndsWith(']') && (colon == target.IndexOf(':', StringComparison.Ordinal) || target[colon - 1] == ']');
        host = (hasPort ? target[..colon] : target).Trim('[', ']');
        return host.Length > 0
            && (!hasPort || (int.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue));
    }
}
