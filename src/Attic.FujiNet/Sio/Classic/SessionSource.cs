using System.Buffers.Binary;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.Networks;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>A session of the network device: http, https, tcp, tls and what else it is configured for.</summary>
internal sealed class SessionSource : INetworkSource
{
    private const byte Open = 0x01;
    private const byte Read = 0x02;
    private const byte Write = 0x03;
    private const byte Close = 0x04;
    private const byte Info = 0x05;
    private const byte BodyLengthUnknown = 4;
    private const byte FollowRedirects = 2;
    private const int ReadHead = 12;
    private readonly NetworkDevice _device;
    private readonly bool _isHttp;
    private ushort _handle;
    private uint _readAt;
    private uint _writtenTo;
    private bool _bodyIsOpen;
    private bool _statusKnown;

    private SessionSource(NetworkDevice device, bool isHttp, bool hasBody)
    {
        _device = device;
        _isHttp = isHttp;
        _bodyIsOpen = hasBody;
    }

    /// <inheritdoc />
    public bool IsConnected => !IsAtEnd && Error == NetworkError.Ok;

    /// <inheritdoc />
    public bool IsAtEnd { get; private set; }

    /// <inheritdoc />
    public bool IsExpecting => _isHttp && !_bodyIsOpen && IsConnected;

    /// <inheritdoc />
    public byte Error { get; private set; } = NetworkError.Ok;

    /// <summary>Opens a URL.</summary>
    /// <param name="device">The device.</param>
    /// <param name="url">The URL.</param>
    /// <param name="method">GET 1, POST 2, PUT 3, DELETE 4.</param>
    /// <returns>The session, or why there is none.</returns>
    public static async ValueTask<(SessionSource? Source, byte Error)> OpenAsync(NetworkDevice device, string url, byte method)
    {
        bool isHttp = url.StartsWith("http", StringComparison.OrdinalIgnoreCase);
        bool hasBody = isHttp && method is 2 or 3;
        var source = new SessionSource(device, isHttp, hasBody);
        byte flags = (byte)(FollowRedirects | (hasBody ? BodyLengthUnknown : 0));
        var (status, reply) = await source.CallAsync(Open, new PayloadWriter().Byte(1).Byte(isHttp ? method : (byte)1).Byte(flags).Text(url).Word(0).Long(0).Word(0));
        if (status != IOStatus.Ok)
        {
            return (null, NetworkError.Of(status));
        }

        source._handle = BinaryPrimitives.ReadUInt16LittleEndian(reply.Span[4..]);
        return (source, NetworkError.Ok);
    }

    /// <inheritdoc />
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int most)
    {
        const byte end = 1;
        await CommitAsync();
        await LearnStatusAsync();
        if (IsAtEnd || most == 0)
        {
            return default;
        }

        var (status, reply) = await CallAsync(Read, new PayloadWriter().Byte(1).Word(_handle).Long(_readAt).Word(Math.Min(most, 8192)));
        if (status != IOStatus.Ok)
        {
            Fail(status);
            return default;
        }

        var data = reply[ReadHead..];
        _readAt += (uint)data.Length;
        IsAtEnd = (reply.Span[1] & end) != 0;
        return data.ToArray();
    }

    /// <inheritdoc />
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var deadline = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var (status, _) = await CallAsync(Write, new PayloadWriter().Byte(1).Word(_handle).Long(_writtenTo).Block(bytes.Span));
            if (status == IOStatus.NotReady && deadline.Elapsed < TimeSpan.FromSeconds(15))
            {
                await Task.Delay(5);
                continue;
            }

            if (status == IOStatus.Ok)
            {
                _writtenTo += (uint)bytes.Length;
                return true;
            }

            Fail(status == IOStatus.NotReady ? IOStatus.Timeout : status);
            return false;
        }
    }

    /// <inheritdoc />
    public async ValueTask CommitAsync()
    {
        if (_bodyIsOpen)
        {
            _bodyIsOpen = false;
            await CallAsync(Write, new PayloadWriter().Byte(1).Word(_handle).Long(_writtenTo).Block(default));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _device.Close(_handle);

    private async ValueTask LearnStatusAsync()
    {
        const byte statusKnown = 4;
        if (!_isHttp || _statusKnown || Error != NetworkError.Ok)
        {
            return;
        }

        var (status, reply) = await CallAsync(Info, new PayloadWriter().Byte(1).Word(_handle));
        if (status == IOStatus.Ok && (reply.Span[1] & statusKnown) != 0)
        {
            _statusKnown = true;
            Error = NetworkError.OfHttp(BinaryPrimitives.ReadUInt16LittleEndian(reply.Span[6..]));
        }
        else
        {
            Fail(status);
        }
    }

    private void Fail(IOStatus status)
    {
        if (status is not (IOStatus.Ok or IOStatus.NotReady))
        {
            Error = NetworkError.Of(status);
            IsAtEnd = true;
        }
    }

    private async ValueTask<(IOStatus Status, ReadOnlyMemory<byte> Payload)> CallAsync(byte command, PayloadWriter payload)
    {
        // A request of its own: a poll may read while a program's write is under way.
        var request = new IORequest();
        request.Set(DeviceIds.Network, command, payload.Written);
        var response = await _device.HandleAsync(request);
        return (response.Status, response.Payload);
    }
}
