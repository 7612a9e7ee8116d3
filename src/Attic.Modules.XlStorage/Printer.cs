using Attic.Abi.AtariXl;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Abi.Time;

namespace Attic.Modules.XlStorage;

/// <summary>
/// A printer on the serial bus, P1: to P4:. It prints lines of text as the 820 and 1025 do; without paper it is off.
/// </summary>
/// <remarks>
/// Commands: W writes a line, AUX1 telling its kind (N 40 characters, S 29 sideways, D 20 double width); S gives four bytes of status,
/// the second one AUX1 of the last line. A line ends at 9B (EOL); what follows in the frame is filling.
/// Source: Atari 820 operator's manual; Atari Operating System User's Manual, chapter 5 (printer handler).
/// </remarks>
internal sealed class Printer(XlChipContext context) : SioResponder(context, "printer", 40, (52_000, 530_000)), IPrinterPort
{
    private const byte FirstId = 0x40;
    private const byte LastId = 0x43;
    private const byte EndOfLine = 0x9B;
    private const int WriteMicroseconds = 20_000;
    private const int StatusMicroseconds = 410;

    private IPrinterPaper? _paper;
    private byte _mode = (byte)'N';

    /// <inheritdoc/>
    protected override long AckDelay => Ticks.Microseconds(200);

    /// <inheritdoc/>
    public void Load(IPrinterPaper? paper) => _paper = paper;

    /// <inheritdoc/>
    public override void Reset(ResetKind kind, MasterCycles at)
    {
        if (kind == ResetKind.Cold)
        {
            PowerOn();
            _mode = (byte)'N';
        }
    }

    /// <inheritdoc/>
    public override void Visit(StateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Struct("mode", ref _mode);
    }

    /// <inheritdoc/>
    protected override bool Answers(byte device) => _paper is not null && device is >= FirstId and <= LastId;

    /// <inheritdoc/>
    protected override SioVerdict Judge(in SioCommand command) => (char)command.Command switch
    {
        'W' => new(LineLength(command.Aux1) > 0, LineLength(command.Aux1)),
        'S' => new(true),
        _ => new(false),
    };

    /// <inheritdoc/>
    protected override long Begin(long now) =>
        now + Ticks.Microseconds(Command.Command == (byte)'W' ? WriteMicroseconds : StatusMicroseconds);

    /// <inheritdoc/>
    protected override SioResult Finish(long now)
    {
        if (Command.Command == (byte)'S')
        {
            // The third byte is the longest time that a line takes, in units of about a second.
            (Data[0], Data[1], Data[2], Data[3]) = (0, _mode, 5, 0);
            return new(true, 4);
        }

        _mode = Command.Aux1;
        var line = Data[..LineLength(_mode)];
        int end = line.IndexOf(EndOfLine);
        _paper?.Print(end < 0 ? line : line[..(end + 1)]);
        return new(true, 0);
    }

    // Of the kinds of line; the handler sends 0 for the usual one as well.
    private static int LineLength(byte kind) => (char)kind switch
    {
        'N' or '\0' => 40,
        'S' => 29,
        'D' => 20,
        _ => 0,
    };
}
