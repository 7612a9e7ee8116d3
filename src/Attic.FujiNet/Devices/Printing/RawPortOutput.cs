using System.Net.Sockets;
using Attic.FujiNet.Network;

namespace Attic.FujiNet.Devices.Printing;

/// <summary>Prints on a printer in the network by its raw port (9100, "AppSocket"): the bytes as they are, one connection a job.</summary>
public sealed class RawPortOutput : IPrinterOutput, IDisposable
{
    /// <summary>The usual port.</summary>
    public const int Port = 9100;

    private const byte AtariEndOfLine = 0x9B;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);
    private readonly EgressPolicy _egress;
    private readonly string _host;
    private readonly int _port;
    private readonly bool _translate;
    private Socket? _socket;

    /// <summary>A printer.</summary>
    /// <param name="egress">Where the FujiNet may connect to.</param>
    /// <param name="host">Name or address.</param>
    /// <param name="port">Its port.</param>
    /// <param name="translateLines">Whether the Atari's ends of lines become CR LF, which other printers want.</param>
    public RawPortOutput(EgressPolicy egress, string host, int port = Port, bool translateLines = true)
    {
        (_egress, _host, _port, _translate) = (egress, host, port, translateLines);
    }

    /// <inheritdoc />
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            _socket ??= await _egress.ConnectAsync(_host, _port, limit.Token);
            ReadOnlyMemory<byte> rest = _translate ? Translate(bytes.Span) : bytes;
            while (rest.Length > 0)
            {
                rest = rest[await _socket.SendAsync(rest, limit.Token)..];
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            Dispose();
            throw new IOException($"The printer {_host}:{_port} cannot be reached: {error.Message}", error);
        }
    }

    /// <inheritdoc />
    public ValueTask EndJobAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private static byte[] Translate(ReadOnlySpan<byte> bytes)
    {
        var translated = new List<byte>(bytes.Length + 2);
        foreach (byte value in bytes)
        {
            if (value == AtariEndOfLine)
            {
                translated.Add((byte)'\r');
                translated.Add((byte)'\n');
            }
            else
            {
                translated.Add(value);
            }
        }

        return [.. translated];
    }
}
