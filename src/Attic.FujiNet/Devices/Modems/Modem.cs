using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;
using Attic.FujiNet.Network;

namespace Attic.FujiNet.Devices.Modems;

/// <summary>
/// A Hayes modem whose telephone line is TCP: it takes AT commands, dials hosts, rings when somebody connects to the port on which it
/// listens, and then carries bytes both ways.
/// </summary>
public sealed class Modem : IDisposable
{
    private const int ToHostBytes = 4096;
    private const int ToNetworkBytes = 1024;
    private const int LongestLine = 256;
    private const int TelnetPort = 23;
    private const byte AtasciiEndOfLine = 0x9B;

    private static readonly TimeSpan s_ringPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_ringLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_answerDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(1);
    private static readonly int[] s_bauds = [300, 600, 1200, 1800, 2400, 4800, 9600, 19200];

    private readonly ByteQueue _toHost = new(ToHostBytes);
    private readonly StringBuilder _line = new();
    private readonly TelnetFilter _telnet = new();
    private readonly TimeProvider _time;
    private readonly EgressPolicy _egress;
    private readonly IWakeup? _wakeup;
    private readonly ByteQueue _backlog = new(ToNetworkBytes);
    private ModemLine? _call;
    private bool _announced;
    private long _dialled;
    private Socket? _listener;
    private Socket? _pending;
    private long _rangSince;
    private long _rang;
    private long _lastByte;
    private int _pluses;
    private string _lineEnd = "\r\n";

    /// <summary>A modem that is on the hook.</summary>
    /// <param name="egress">Whom it may call.</param>
    /// <param name="time">Rings and guard times.</param>
    /// <param name="wakeup">Woken when the line has something.</param>
    public Modem(EgressPolicy egress, TimeProvider time, IWakeup? wakeup = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_egress, _time, _wakeup) = (egress, time, wakeup);
        _lastByte = time.GetTimestamp();
    }

    /// <summary>Whether bytes of the host are commands.</summary>
    public bool InCommandMode { get; private set; } = true;

    /// <summary>Whether a call is through.</summary>
    public bool IsConnected => _call is { IsConnected: true };

    /// <summary>Whether it can be called.</summary>
    public bool IsListening => _listener is not null;

    /// <summary>Whether somebody is calling.</summary>
    public bool IsRinging => _pending is not null;

    /// <summary>The port on which it can be called; 0 for none.</summary>
    public int ListenPort { get; private set; }

    /// <summary>Whether it answers by itself.</summary>
    public bool AutoAnswer { get; set; }

    /// <summary>Whether the line speaks Telnet.</summary>
    public bool UsesTelnet { get; set; } = true;

    /// <summary>Whether commands are echoed.</summary>
    public bool Echoes { get; set; } = true;

    /// <summary>Whether results are numbers.</summary>
    public bool IsNumeric { get; set; }

    /// <summary>Whether a command may end with the Atari's end of line; its results then do so too.</summary>
    public bool TakesAtascii { get; set; }

    /// <summary>Bits per second that it reports.</summary>
    public int Baud { get; private set; } = 9600;

    /// <summary>Whether the rate stays as it is.</summary>
    public bool IsBaudLocked { get; set; }

    /// <summary>Bytes for the host that wait.</summary>
    public int Available => _toHost.Count;

    /// <summary>Bytes taken from the line.</summary>
    public uint NetworkRead { get; private set; }

    /// <summary>Bytes given to the line.</summary>
    public uint NetworkWritten { get; private set; }

    /// <summary>Whether bytes of the host would be lost now.</summary>
    public bool IsFull => !InCommandMode && _backlog.Count > 0;

    /// <summary>Takes bytes of the host.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (InCommandMode)
            {
                TakeCommandByte(value);
            }
            else
            {
                TakeDataByte(value);
            }
        }

        FlushLine();
    }

    /// <summary>Gives the host what waits for it.</summary>
    /// <returns>Bytes given.</returns>
    public int Read(Span<byte> buffer) => _toHost.Read(buffer);

    /// <summary>Does what is due: rings, answers, moves bytes, notices the end of a call.</summary>
    public void Poll()
    {
        PollCallers();
        PollGuard();
        PollCall();
    }

    /// <summary>Calls a host.</summary>
    /// <param name="target"><c>host</c> or <c>host:port</c>.</param>
    /// <returns>Whether that is one.</returns>
    public bool Dial(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        string text = target.Trim();
        if (!text.AsSpan().ContainsAny("]:"))
        {
            text += $":{TelnetPort}";
        }

        var parsed = TcpTarget.TryParse($"tcp://{text}", mayListen: false);
        if (parsed is null)
        {
            return false;
        }

        DropCall();
        StartCall(new ModemLine(new TcpSession(parsed, _egress, new ServerTrust(), _wakeup)));
        return true;
    }

    /// <summary>Ends the call.</summary>
    /// <returns>Whether there was one.</returns>
    public bool HangUp()
    {
        bool had = IsConnected;
        DropCall();
        InCommandMode = true;
        return had;
    }

    /// <summary>Goes back from commands to the call.</summary>
    /// <returns>Whether there is one.</returns>
    public bool GoOnline()
    {
        InCommandMode = !IsConnected;
        return IsConnected;
    }

    /// <summary>Starts to listen for callers, on this computer's own addresses only.</summary>
    /// <returns>Whether the port could be had.</returns>
    public bool Listen(int port)
    {
        StopListening();
        if (port is <= 0 or > ushort.MaxValue)
        {
            return false;
        }

        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            listener.Listen(1);
        }
        catch (SocketException)
        {
            listener.Dispose();
            return false;
        }

        (_listener, ListenPort) = (listener, port);
        return true;
    }

    /// <summary>Listens no more.</summary>
    public void StopListening()
    {
        _listener?.Dispose();
        _pending?.Dispose();
        (_listener, _pending, ListenPort) = (null, null, 0);
    }

    /// <summary>Answers the caller.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Answer()
    {
        if (_pending is null)
        {
            return false;
        }

        DropCall();
        var caller = _pending;
        _pending = null;
        StartCall(new ModemLine(new AcceptedSession(caller, _wakeup)));
        return true;
    }

    /// <summary>Sets the rate.</summary>
    /// <returns>Whether there is such a rate; a locked one stays and that is fine.</returns>
    public bool SetBaud(uint baud)
    {
        if (IsBaudLocked)
        {
            return true;
        }

        bool known = Array.Exists(s_bauds, rate => rate == baud);
        Baud = known ? (int)baud : Baud;
        return known;
    }

    /// <summary>Everything as after power-on, except what is set for good.</summary>
    public void Reset()
    {
        DropCall();
        StopListening();
        _line.Clear();
        _toHost.Clear();
        _backlog.Clear();
        InCommandMode = true;
    }

    /// <summary>Shows the result of a call or command.</summary>
    public void Report(ModemResult result)
    {
        string text = result switch
        {
            ModemResult.Ok => "OK",
            ModemResult.Error => "ERROR",
            ModemResult.Ring => "RING",
            ModemResult.NoCarrier => "NO CARRIER",
            _ => string.Create(CultureInfo.InvariantCulture, $"CONNECT {Baud}"),
        };
        int number = result switch
        {
            ModemResult.Ok => 0,
            ModemResult.Error => 4,
            ModemResult.Ring => 2,
            ModemResult.NoCarrier => 3,
            _ => Baud switch { 1200 => 5, 2400 => 10, 4800 => 18, 9600 => 13, 19200 => 85, _ => 1 },
        };
        ToHost((IsNumeric ? number.ToString(CultureInfo.InvariantCulture) : text) + _lineEnd);
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private void ToHost(string text) => _toHost.Write(Encoding.Latin1.GetBytes(text));

    private void TakeCommandByte(byte value)
    {
        const byte Backspace = 8;
        const byte Delete = 0x7F;
        if (Echoes)
        {
            _toHost.Write([value]);
        }

        bool isAtascii = TakesAtascii && value == AtasciiEndOfLine;
        if (value is (byte)'\r' or (byte)'\n' || isAtascii)
        {
            string line = _line.ToString();
            _line.Clear();
            if (line.Trim().Length > 0)
            {
                _lineEnd = isAtascii ? "\x9B" : "\r\n";
                if (Echoes)
                {
                    ToHost(_lineEnd);
                }

                ModemCommands.Run(this, line.Trim().ToUpperInvariant(), _telnet);
            }
        }
        else if (value is Backspace or Delete)
        {
            _line.Length = Math.Max(0, _line.Length - 1);
        }
        else if (_line.Length < LongestLine)
        {
            _line.Append((char)value);
        }
    }

    // Three plus signs alone between two pauses lead back to commands.
    private void TakeDataByte(byte value)
    {
        var pause = _time.GetElapsedTime(_lastByte);
        _lastByte = _time.GetTimestamp();
        _pluses = value == '+' && (_pluses > 0 || pause >= s_guard) ? _pluses + 1 : 0;
        _backlog.Write(UsesTelnet ? TelnetFilter.Send([value]) : [value]);
    }

    private void PollGuard()
    {
        if (_pluses == 3 && !InCommandMode && _time.GetElapsedTime(_lastByte) >= s_guard)
        {
            _pluses = 0;
            InCommandMode = true;
            Report(ModemResult.Ok);
        }
    }

    private void PollCallers()
    {
        if (_listener is null)
        {
            return;
        }

        if (_pending is null && _call is null && _listener.Poll(0, SelectMode.SelectRead))
        {
            try
            {
                _pending = _listener.Accept();
                _rangSince = _rang = _time.GetTimestamp();
                Report(ModemResult.Ring);
            }
            catch (SocketException)
            {
                // The caller hung up before it rang.
                _pending = null;
            }
        }

        if (_pending is null)
        {
            return;
        }

        if (_time.GetElapsedTime(_rangSince) > s_ringLimit)
        {
            _pending.Dispose();
            _pending = null;
        }
        else if (AutoAnswer && _time.GetElapsedTime(_rangSince) >= s_answerDelay)
        {
            Answer();
        }
        else if (_time.GetElapsedTime(_rang) >= s_ringPeriod)
        {
            _rang = _time.GetTimestamp();
            Report(ModemResult.Ring);
        }
    }

    private void StartCall(ModemLine call)
    {
        _call = call;
        _announced = false;
        _dialled = _time.GetTimestamp();
        _backlog.Clear();
        InCommandMode = false;
    }

    private void PollCall()
    {
        if (_call is null)
        {
            return;
        }

        if (!_announced && _call.IsConnected && _time.GetElapsedTime(_dialled) >= s_answerDelay)
        {
            _announced = true;
            Report(ModemResult.Connect);
        }

        _call.Poll();
        if (_announced)
        {
            FlushLine();
            ReceiveLine();
        }

        if (_call.IsOver)
        {
            DropCall();
            InCommandMode = true;
            Report(ModemResult.NoCarrier);
        }
    }

    private void ReceiveLine()
    {
        Span<byte> piece = stackalloc byte[512];
        var data = new List<byte>();
        var answers = new List<byte>();
        int count;
        while (_toHost.Free > piece.Length && (count = _call!.Read(piece)) > 0)
        {
            NetworkRead += (uint)count;
            if (!UsesTelnet)
            {
                _toHost.Write(piece[..count]);
                continue;
            }

            data.Clear();
            _telnet.Receive(piece[..count], data, answers);
            _toHost.Write(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(data));
        }

        if (answers.Count > 0 && _call!.Write(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(answers)))
        {
            NetworkWritten += (uint)answers.Count;
        }
    }

    private void FlushLine()
    {
        while (_call is { IsConnected: true } && _backlog.Count > 0)
        {
            var front = _backlog.Front;
            int length = front.Length;
            if (!_call.Write(front))
            {
                return;
            }

            _backlog.Skip(length);
            NetworkWritten += (uint)length;
        }
    }

    private void DropCall()
    {
        _call?.Dispose();
        _call = null;
        _announced = false;
    }
}
