using System.Globalization;
using System.Net.Sockets;
using Attic.FujiNet.Core;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Diagnostics;

/// <summary>The host's side of FujiBus over a stream: sends requests and waits for their answers. For tests, replays and benchmarks.</summary>
public sealed class FujiBusClient : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly SlipDecoder _decoder = new();
    private readonly byte[] _received = new byte[16 * 1024];
    private readonly byte[] _packet = new byte[FujiBusPacket.MaxBytes];
    private readonly byte[] _wire = new byte[Slip.MaxEncodedLength(FujiBusPacket.MaxBytes)];
    private int _at;
    private int _end;

    /// <summary>A client over a stream, which belongs to it from then on.</summary>
    public FujiBusClient(Stream stream)
    {
        _stream = stream;
    }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Connects to a FujiNet.</summary>
    /// <param name="target"><c>host:port</c>, or the path of a terminal or serial device.</param>
    /// <param name="stop">Ends the attempt.</param>
    /// <exception cref="IOException">It could not be reached.</exception>
    /// <exception cref="SocketException">It could not be reached.</exception>
    public static async Task<FujiBusClient> ConnectAsync(string target, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        int colon = target.LastIndexOf(':');
        if (colon > 0 && !target.Contains('/', StringComparison.Ordinal) && int.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port))
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(target[..colon].Trim('[', ']'), port, stop);
                return new(new NetworkStream(socket, ownsSocket: true));
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        var device = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        if (!OperatingSystem.IsWindows())
        {
            PosixCalls.MakeRaw((int)device.SafeFileHandle.DangerousGetHandle());
        }

        return new(device);
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    /// <exception cref="IOException">The connection ended, or the answer is to another request.</exception>
    public async Task<(IOStatus Status, byte[] Payload)> CallAsync(byte device, byte command, ReadOnlyMemory<byte> payload, CancellationToken stop = default)
    {
        await SendAsync(device, command, payload, stop);
        byte[] answer = await ReceiveAsync(stop);
        var fault = FujiBusPacket.Read(answer, out var packet);
        if (fault != FujiBusFault.None || packet.Parameters.Count < 1)
        {
            throw new IOException($"The answer is no response: {fault}.");
        }

        if (packet.Device != device || packet.Command != command)
        {
            throw new IOException($"Device {packet.Device:X2} answered command {packet.Command:X2}; {device:X2} was asked for {command:X2}.");
        }

        byte status = 0;
        foreach (var parameter in packet.Parameters)
        {
            status = (byte)parameter.Value;
            break;
        }

        return ((IOStatus)status, packet.Payload.ToArray());
    }

    /// <summary>Sends a request.</summary>
    public ValueTask SendAsync(byte device, byte command, ReadOnlyMemory<byte> payload, CancellationToken stop = default)
    {
        int length = FujiBusPacket.Write(device, command, [], payload.Span, _packet);
        return SendPacketAsync(_packet.AsMemory(0, length), stop);
    }

    /// <summary>Sends a packet as it is.</summary>
    public ValueTask SendPacketAsync(ReadOnlyMemory<byte> packet, CancellationToken stop = default)
    {
        int length = Slip.Encode(packet.Span, _wire);
        return _stream.WriteAsync(_wire.AsMemory(0, length), stop);
    }

    /// <summary>Waits for the next frame.</summary>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    /// <exception cref="IOException">The connection ended.</exception>
    public async Task<byte[]> ReceiveAsync(CancellationToken stop = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            while (true)
            {
                if (TakeFrame() is { } frame)
                {
                    return frame;
                }

                _at = _end = 0;
                _end = await _stream.ReadAsync(_received, limit.Token);
                if (_end == 0)
                {
                    throw new IOException("The connection ended.");
                }
            }
        }
        catch (OperationCanceledException late) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {Patience.TotalSeconds} s.", late);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private byte[]? TakeFrame()
    {
        ReadOnlySpan<byte> rest = _received.AsSpan(_at, _end - _at);
        bool any = _decoder.TryRead(ref rest, out ReadOnlySpan<byte> frame);
        _at = _end - rest.Length;
        return any ? frame.ToArray() : null;
    }
}
