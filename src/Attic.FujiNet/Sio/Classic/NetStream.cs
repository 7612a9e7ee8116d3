using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Network;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>
/// A stream between the serial bus and a peer in the network (device $70, command $F0): games and MIDI over UDP, or TCP. It flows while the
/// MOTOR line is on, where that is known, else at once; a command frame ends it.
/// </summary>
/// <remarks>Payload of 64 bytes: the host's name, NUL, flags, perhaps AUDF3 (fujinet-firmware, sioFuji and sioNetStream).</remarks>
internal sealed class NetStream : ISioStream, IDisposable
{
    /// <summary>Bytes of the payload.</summary>
    public const int PayloadBytes = 64;

    private const byte UsesTcp = 0x01;
    private const byte Registers = 0x02;
    private const byte IsPal = 0x10;
    private const int MidiPort = 5004;
    private const int MidiBaud = 31_250;
    private const int PieceBytes = 256;
    private const double NtscClock = 1_789_772.5;
    private const double PalClock = 1_773_447;
    private static readonly int[] s_rates = [300, 600, 750, 1200, 2400, 4800, 9600, 19200];

    private readonly SioChain _chain;
    private readonly SessionFactory _sessions;
    private readonly CoreContext _context;
    private readonly LinePacer _pacer;
    private readonly byte[] _piece = new byte[PieceBytes];
    private readonly List<byte> _unsent = [];
    private NetworkSession? _session;
    private uint _read;
    private uint _written;
    private volatile bool _flowing;

    /// <summary>No stream yet.</summary>
    public NetStream(SioChain chain, SessionFactory sessions, CoreContext context, TimeProvider time)
    {
        (_chain, _sessions, _context, _pacer) = (chain, sessions, context, new LinePacer(time));
    }

    /// <summary>Whether there is a stream, flowing or waiting for MOTOR.</summary>
    public bool IsOpen => _session is not null;

    /// <summary>Bits per second on the bus.</summary>
    public int Baud { get; private set; } = SioChain.StandardBaud;

    /// <summary>Starts a stream, or ends it: without a host, or with the host STOP.</summary>
    /// <returns>Whether the host can be one.</returns>
    public bool Open(int port, ReadOnlySpan<byte> payload)
    {
        Close();
        int end = payload.IndexOf((byte)0);
        string host = Encoding.ASCII.GetString(end < 0 ? payload : payload[..end]).Trim();
        if (host is "" or "STOP")
        {
            return true;
        }

        var rest = end < 0 ? [] : payload[(end + 1)..];
        byte flags = rest.Length > 0 ? rest[0] : (byte)0;
        port = port == 0 ? MidiPort : port;
        string scheme = (flags & UsesTcp) != 0 ? "tcp" : "udp";
        _session = _sessions.MakePeer(scheme, host, port);
        if (_session is null)
        {
            return false;
        }

        byte divisor = rest.Length > 1 ? rest[1] : (byte)0;
        Baud = divisor == 0 ? port == MidiPort ? MidiBaud : SioChain.StandardBaud : BaudOf(divisor, (flags & IsPal) != 0);
        (_read, _written) = (0, 0);
        if ((flags & Registers) != 0)
        {
            _unsent.AddRange("REGISTER"u8);
        }

        _session.Start();

        // The computer gets its answer at the bus's own rate first.
        _context.Post(_ => OnMotor(), null);
        return true;
    }

    /// <summary>The MOTOR line may have changed.</summary>
    public void OnMotor()
    {
        bool flows = _session is not null && _chain.IsMotorOn != false;
        if (flows == _flowing)
        {
            return;
        }

        _flowing = flows;
        _pacer.Restart();
        _chain.Stream = flows ? this : _chain.Stream == this ? null : _chain.Stream;
        _chain.SetBaud?.Invoke(flows ? Baud : SioChain.StandardBaud);
    }

    /// <inheritdoc />
    public void OnBytes(ReadOnlyMemory<byte> bytes)
    {
        // What the peer does not take in time is lost, as on any line.
        if (_unsent.Count < PieceBytes)
        {
            _unsent.AddRange(bytes.Span);
        }
    }

    /// <inheritdoc />
    public void OnCommand()
    {
        if (_flowing)
        {
            _context.Post(_ => Close(), null);
        }
    }

    /// <summary>Moves bytes. Called once a tick.</summary>
    public void Poll()
    {
        if (_session is null)
        {
            return;
        }

        Send();
        int room = _flowing ? _pacer.Room(Baud, PieceBytes) : 0;
        if (room == 0)
        {
            return;
        }

        var read = _session.Read(_read, _piece.AsSpan(0, room));
        if (read.Status == IOStatus.Ok && read.Count > 0)
        {
            _read += (uint)read.Count;
            _pacer.Restart();
            _chain.SendStream?.Invoke(_piece.AsMemory(0, read.Count).ToArray());
        }
    }

    /// <summary>Ends the stream.</summary>
    public void Close()
    {
        _session?.Dispose();
        _session = null;
        _unsent.Clear();
        OnMotor();
    }

    /// <inheritdoc />
    public void Dispose() => Close();

    /// <summary>
    /// The rate of a divisor of two joined channels, of which a program tells the low byte only: up to 21 it is the whole divisor, above that one of
    /// the usual rates.
    /// </summary>
    private static int BaudOf(byte divisor, bool isPal)
    {
        const int largestWhole = 21;
        const int overhead = 7;
        double clock = isPal ? PalClock : NtscClock;
        if (divisor <= largestWhole)
        {
            return (int)(clock / (2 * (divisor + overhead)));
        }

        int found = Array.FindIndex(s_rates, rate => (byte)(int)((clock / (2 * rate)) - overhead) == divisor);
        return found < 0 ? SioChain.StandardBaud : s_rates[found];
    }

    private void Send()
    {
        if (_unsent.Count == 0)
        {
            return;
        }

        byte[] bytes = [.. _unsent];
        switch (_session!.Write(_written, bytes))
        {
            case IOStatus.Ok:
                _written += (uint)bytes.Length;
                _unsent.Clear();
                break;
            case IOStatus.NotReady or IOStatus.DeviceBusy:
                break;
            default:
                _unsent.Clear();
                break;
        }
    }
}
