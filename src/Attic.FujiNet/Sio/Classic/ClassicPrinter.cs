using Attic.Abi.AtariXl;
using Attic.FujiNet.Devices.Printing;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>
/// P1: to P4: as an Atari 820 or 1025 answers: W takes a record of 40 characters (29 sideways, 20 double wide; AUX1 says which), S
/// gives status (Atari OS Manual, "Printer Handler").
/// </summary>
public sealed class ClassicPrinter(Printer printer) : SioPeripheral
{
    /// <summary>P1:.</summary>
    public const byte FirstId = 0x40;

    /// <summary>P4:.</summary>
    public const byte LastId = 0x43;

    private const byte Write = (byte)'W';
    private const byte Status = (byte)'S';
    private const byte EndOfLine = 0x9B;
    private const byte TimeoutSeconds = 60;

    /// <inheritdoc />
    public override SioReception Accept(SioCommand command) => command.Command switch
    {
        Write => SioReception.AckWrite(RecordBytes(command.Aux1)),
        Status => SioReception.Ack,
        _ => SioReception.Nak,
    };

    /// <inheritdoc />
    public override async ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        if (command.Command == Status)
        {
            byte failed = printer.Fault.Length > 0 ? (byte)0x04 : (byte)0;
            return SioResult.Read(new byte[] { failed, command.Aux1, TimeoutSeconds, 0 });
        }

        // What follows the end of a line in a record is filling.
        int end = data.Span.IndexOf(EndOfLine);
        return await printer.PrintAsync(end < 0 ? data : data[..(end + 1)]) ? SioResult.Complete : SioResult.Error;
    }

    private static int RecordBytes(byte orientation) => orientation switch
    {
        (byte)'S' => 29,
        (byte)'D' => 20,
        _ => 40,
    };
}
