using System.Text;
using Attic.Abi.Machines;
using Attic.Engine.Errors;

namespace Attic.Engine.Sessions;

/// <summary>What a session's printer has printed.</summary>
/// <param name="On">Whether it is switched on; off, the computer gets no answer.</param>
/// <param name="Bytes">Bytes of text.</param>
/// <param name="Lost">Bytes before it that were not kept.</param>
/// <param name="Text">The text: lines end in a newline.</param>
public sealed record PrinterStatus(bool On, long Bytes, long Lost, string Text);

/// <content>The printer: on from the start, where the machine has one, unless a FujiNet is there.</content>
public sealed partial class MediaBay
{
    private readonly SessionPrinter _printer = new();
    private bool _printerOn = true;

    /// <summary>What has been printed.</summary>
    /// <exception cref="EngineException"><c>UNSUPPORTED_MEDIA_FORMAT</c>: the machine has no printer.</exception>
    public Task<PrinterStatus> PrinterAsync() => _session.Ask(() =>
    {
        PortOf(_session.Host.Machine);
        return Printed();
    });

    /// <summary>Switches the printer, and tears off the paper.</summary>
    /// <param name="on">On or off; null as it is.</param>
    /// <param name="clear">Whether what was printed is thrown away.</param>
    /// <param name="endpoint">The path asked for.</param>
    /// <exception cref="EngineException"><c>UNSUPPORTED_MEDIA_FORMAT</c>: the machine has no printer.</exception>
    public Task<PrinterStatus> ControlPrinterAsync(bool? on, bool clear, string endpoint) =>
        _session.Control(LifecycleGuard.Active.For("media"), endpoint, () =>
        {
            PortOf(_session.Host.Machine);
            _printerOn = on ?? _printerOn;
            LoadPaper(_session.Host.Machine);
            if (clear)
            {
                _printer.Clear();
            }

            return Printed();
        });

    private bool PrinterAnswers => _printerOn && _fujiNet is null;

    // Machine thread.
    private void LoadPaper(IMachine machine) => machine.Capability<IPrinterPort>()?.Load(PrinterAnswers ? _printer : null);

    private PrinterStatus Printed()
    {
        var (text, lost) = _printer.Read();
        return new(PrinterAnswers, text.Length, lost, Encoding.ASCII.GetString(text));
    }

    private static IPrinterPort PortOf(IMachine machine) => machine.Capability<IPrinterPort>() ?? throw new EngineException(
        ErrorCode.UnsupportedMediaFormat, "The machine has no printer that prints text.", ErrorDetails.Of(("supported", Array.Empty<string>())));
}
