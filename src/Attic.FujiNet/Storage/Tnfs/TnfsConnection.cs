using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Attic.FujiNet.Network;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>
/// A session with a server. One request is on its way at a time; one that is not answered in 1.5 s is sent again, three times
/// in all, with the same number, so that the server does it once. A session that the server forgot is opened anew.
/// </summary>
internal sealed class TnfsConnection(TnfsAddress address, EgressPolicy egress, TimeSpan? patience = null) : IDisposable
{
    private const int Tries = 3;
    private const int MaxBackoffMilliseconds = 2000;
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(1.5);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly byte[] _packet = new byte[TnfsProtocol.MaxPacket * 2];
    private ITnfsLink? _link;
    private ushort _session;
    private byte _sequence;
    private bool _mounted;

    /// <summary>Which session it is: what was opened in an earlier one is closed.</summary>
    public int Generation { get; private set; }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="command">The command.</param>
    /// <param name="payload">What follows the header.</param>
    /// <param name="generation">The session in which the payload's handles are open, or null if it has none.</param>
    /// <returns>The result, and what follows it. <see cref="TnfsResult.Stale"/> if the session of the handles is gone.</returns>
    /// <exception cref="StorageException">The server cannot be reached, or does not answer.</exception>
    public async ValueTask<(TnfsResult Result, byte[] Payload)> RequestAsync(TnfsCommand command, ReadOnlyMemory<byte> payload, int? generation = null)
    {
        await _turn.WaitAsync();
        try
        {
            for (int attempt = 0; ; attempt++)
            {
                await MountAsync();
                if (generation is not null && generation != Generation)
                {
                    return (TnfsResult.Stale, []);
                }

                var (result, reply) = await ExchangeAsync(command, payload);
                if (result is not (TnfsResult.BadSession or TnfsResult.Stale) || attempt > 0)
                {
                    return (result, reply);
                }

                _mounted = false;
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Drop();
            throw new StorageException(StorageError.Failed, $"{address} cannot be reached: {error.Message}", error);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the session, as far as the server still hears it, and closes the link.</summary>
    public void Dispose()
    {
        Drop();
        _turn.Dispose();
    }

    private async ValueTask MountAsync()
    {
        if (_mounted)
        {
            return;
        }

        _session = 0;
        byte[] payload = [2, 1, .. Encoding.UTF8.GetBytes($"/\0{address.User}\0{address.Password}\0")];
        var (result, _) = await ExchangeAsync(TnfsCommand.Mount, payload);
        if (result != TnfsResult.Ok)
        {
            throw new StorageException(result is TnfsResult.AccessDenied or TnfsResult.NotPermitted ? StorageError.Denied : StorageError.Failed, $"{address} refused the mount: {result}.");
        }

        _session = BinaryPrimitives.ReadUInt16LittleEndian(_packet);
        _mounted = true;
        Generation++;
    }

    private async ValueTask<(TnfsResult Result, byte[] Payload)> ExchangeAsync(TnfsCommand command, ReadOnlyMemory<byte> payload)
    {
        byte[] request = new byte[TnfsHeader.Length + payload.Length];
        new TnfsHeader(_session, ++_sequence, command).Write(request);
        payload.CopyTo(request.AsMemory(TnfsHeader.Length));
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            int length = await TryExchangeAsync(request);
            if (length <= TnfsHeader.Length)
            {
                continue;
            }

            var result = (TnfsResult)_packet[TnfsHeader.Length];
            if (result != TnfsResult.TryAgain)
            {
                return (result, _packet[(TnfsHeader.Length + 1)..length]);
            }

            int backoff = length >= TnfsHeader.Length + 3 ? BinaryPrimitives.ReadUInt16LittleEndian(_packet.AsSpan(TnfsHeader.Length + 1)) : 0;
            await Task.Delay(Math.Min(backoff, MaxBackoffMilliseconds));
        }

        Drop();
        throw new StorageException(StorageError.TimedOut, $"{address} does not answer.");
    }

    /// <summary>Sends once and waits for the answer to that very request.</summary>
    /// <returns>The length of the answer in the packet buffer; 0 when there was none in time.</returns>
    private async ValueTask<int> TryExchangeAsync(byte[] request)
    {
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            _link ??= await OpenAsync(limit.Token);
            await _link.SendAsync(request, limit.Token);
            while (true)
            {
                int length = await _link.ReceiveAsync(_packet, limit.Token);
                if (length == 0)
                {
                    // The server closed the stream: its session may still live, so the next try connects again.
                    CloseLink();
                    return 0;
                }

                if (length > TnfsHeader.Length && _packet[2] == request[2] && _packet[3] == request[3])
                {
                    return length;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (SocketException) when (_link is not null)
        {
            // Refused or reset: another try may find the server up again.
            CloseLink();
            await Task.Delay(_patience / 10);
            return 0;
        }
    }

    private ValueTask<ITnfsLink> OpenAsync(CancellationToken cancel) =>
        address.IsTcp ? TcpTnfsLink.OpenAsync(egress, address.Host, address.Port, cancel) : UdpTnfsLink.OpenAsync(egress, address.Host, address.Port, cancel);

    private void Drop()
    {
        CloseLink();
        _mounted = false;
    }

    private void CloseLink()
    {
        _link?.Dispose();
        _link = null;
    }
}
