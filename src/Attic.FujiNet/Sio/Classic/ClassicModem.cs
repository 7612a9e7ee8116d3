using System.Buffers.Binary;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Modems;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>
/// R1:, an Atari 850 whose port leads to a modem (850 Interface Module Operator's Manual, appendix; the commands beyond it are the
/// FujiNet's): W sends a block, X starts concurrent mode, in which bytes pass freely until the next command frame, at the rate that B
/// has set. Polls for a handler are not answered: there is none to load.
/// </summary>
public sealed class ClassicModem : SioPeripheral, ISioStream
{
    /// <summary>R1:.</summary>
    public const byte Id = 0x50;

    private const byte Write = (byte)'W';
    private const byte Status = (byte)'S';
    private const byte Control = (byte)'A';
    private const byte Configure = (byte)'B';
    private const byte Concurrent = (byte)'X';
    private const byte Listen = (byte)'M';
    private const byte Unlisten = (byte)'L';
    private const byte LockBaud = (byte)'N';
    private const byte AutoAnswer = (byte)'O';
    private const byte Dump = (byte)'D';
    private const byte Type1Poll = (byte)'?';
    private const byte Type3Poll = (byte)'@';
    private const int BlockBytes = 64;
    private const int PieceBytes = 128;
    private static readonly int[] s_bauds = [300, 300, 300, 300, 300, 300, 300, 300, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200];

    private readonly SioChain _chain;
    private readonly CoreContext _context;
    private readonly LinePacer _pacer;
    private readonly byte[] _piece = new byte[PieceBytes];
    private volatile bool _streaming;
    private int _generation;

    /// <summary>The modem on a bus.</summary>
    /// <param name="modem">The modem, which belongs to it from then on.</param>
    /// <param name="chain">The bus.</param>
    /// <param name="context">The core's thread.</param>
    /// <param name="time">Paces what goes to the computer.</param>
    public ClassicModem(Modem modem, SioChain chain, CoreContext context, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(modem);
        (Modem, _chain, _context, _pacer) = (modem, chain, context, new LinePacer(time));
        modem.TakesAtascii = true;
    }

    /// <summary>The modem.</summary>
    public Modem Modem { get; }

    /// <inheritdoc />
    public override SioReception Accept(SioCommand command) => command.Command switch
    {
        Write => command.Aux1 == 0 ? SioReception.Ack : command.Aux1 > BlockBytes ? SioReception.Nak : SioReception.AckWrite(BlockBytes),
        Status or Control or Configure or Concurrent or Unlisten or LockBaud or AutoAnswer => SioReception.Ack,
        Listen => command.Aux == 0 ? SioReception.Nak : SioReception.Ack,
        Type1Poll or Type3Poll => SioReception.Silent,
        _ => SioReception.Nak,
    };

    /// <inheritdoc />
    public override ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        EndStream();
        switch (command.Command)
        {
            case Write:
                return new(Send(data.Span[..Math.Min(command.Aux1, data.Length)]));
            case Status:
                return new(SioResult.Read(StatusBytes()));
            case Control:
                // DTR falls: the modem hangs up.
                if ((command.Aux1 & 0xC0) == 0x80)
                {
                    Modem.HangUp();
                }

                break;
            case Configure:
                Modem.SetBaud((uint)s_bauds[command.Aux1 & 0x0F]);
                break;
            case Concurrent:
                // The computer gets its answer at the bus's own rate first.
                int generation = _generation;
                _context.Post(_ => StartStream(generation), null);
                return new(SioResult.Read(PokeyFor(Modem.Baud)));
            case Listen:
                return new(Modem.Listen(command.Aux) ? SioResult.Complete : SioResult.Error);
            case Unlisten:
                Modem.HangUp();
                Modem.StopListening();
                break;
            case LockBaud:
                Modem.IsBaudLocked = false;
                Modem.SetBaud((uint)command.Aux);
                Modem.IsBaudLocked = command.Aux != 0;
                break;
            default:
                Modem.AutoAnswer = command.Aux1 != 0;
                break;
        }

        return new(SioResult.Complete);
    }

    /// <inheritdoc />
    public void OnBytes(ReadOnlyMemory<byte> bytes) => Modem.Write(bytes.Span);

    /// <inheritdoc />
    public void OnCommand()
    {
        if (_streaming)
        {
            _streaming = false;
            _context.Post(_ => EndStream(), null);
        }
    }

    /// <summary>Lets the modem work, and in concurrent mode gives the computer as much as the line takes in the time. Called once a tick.</summary>
    public void Poll()
    {
        Modem.Poll();
        if (!_streaming || Modem.Available == 0)
        {
            return;
        }

        int room = _pacer.Room(Modem.Baud, PieceBytes);
        int count = room == 0 ? 0 : Modem.Read(_piece.AsSpan(0, room));
        if (count > 0)
        {
            _pacer.Restart();
            _chain.SendStream?.Invoke(_piece.AsMemory(0, count).ToArray());
        }
    }

    /// <inheritdoc />
    public override void Reset(bool cold)
    {
        EndStream();
        if (cold)
        {
            Modem.Reset();
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing) => Modem.Dispose();

    /// <summary>
    /// What a program writes to POKEY for a rate: AUDF and AUDC of four channels, AUDCTL. Two channels each are joined and count the
    /// machine's cycles: f = 1789772 / (2 × (AUDF + 7)) (850 manual, "Concurrent mode").
    /// </summary>
    private static byte[] PokeyFor(int baud)
    {
        const byte Pure = 0xA0;
        const byte Joined = 0x78;
        ushort divisor = (ushort)Math.Round((1_789_772.5 / (2.0 * baud)) - 7);
        Span<byte> pair = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(pair, divisor);
        return [pair[0], Pure, pair[1], Pure, pair[0], Pure, pair[1], Pure, Joined];
    }

    private SioResult Send(ReadOnlySpan<byte> bytes)
    {
        if (Modem.IsFull && bytes.Length > 0)
        {
            return SioResult.Error;
        }

        Modem.Write(bytes);
        return SioResult.Complete;
    }

    /// <summary>No errors; DSR and carrier as long as there is a call or a caller, and a mark when something has come.</summary>
    private byte[] StatusBytes()
    {
        const byte DataSetReady = 0xC0;
        const byte Carrier = 0x0C;
        const byte Mark = 0x01;
        bool line = Modem.IsConnected || Modem.IsRinging;
        return [0, (byte)((line ? DataSetReady | Carrier : 0) | (Modem.Available > 0 || Modem.IsRinging ? Mark : 0))];
    }

    private void StartStream(int generation)
    {
        if (generation != _generation)
        {
            return;
        }

        _chain.Stream = this;
        _chain.SetBaud?.Invoke(Modem.Baud);
        _pacer.Restart();
        _streaming = true;
    }

    private void EndStream()
    {
        _generation++;
        _streaming = false;
        if (_chain.Stream == this)
        {
            _chain.Stream = null;
            _chain.SetBaud?.Invoke(SioChain.StandardBaud);
        }
    }
}
