using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attic.Engine.Errors;
using Attic.Engine.Sessions;
using Attic.Engine.Streams;
using Attic.Server.Rest;

namespace Attic.Server.WebSockets;

/// <summary>
/// One WebSocket: sends a stream's units whole and in order (a payload always follows its metadata), and takes controls.
/// Only this reader waits for its network; what it is too slow for, its queue drops.
/// </summary>
internal sealed class StreamSocket(WebSocket socket, StreamConnection connection, StreamControls controls)
{
    private const int LargestControl = 64 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<byte[]> _replies = new();
    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private long _healthAtUs = RuntimeClock.NowUs;
    private volatile bool _clientLeft;

    /// <summary>Serves until the client leaves, the session ends, the token expires or the server stops.</summary>
    public async Task RunAsync(DateTimeOffset? expiry, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await using var second = new Timer(_ => connection.Wake(), null, 1000, 1000);
        using var lasting = expiry is { } until ? new CancellationTokenSource(until - DateTimeOffset.UtcNow) : null;
        lasting?.Token.Register(connection.Wake);
        var receiving = ReceiveAsync(over);
        try
        {
            var (status, reason) = await SendAsync(lasting?.Token ?? CancellationToken.None, over.Token);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var patience = new CancellationTokenSource(s_farewell);
                await socket.CloseOutputAsync(status, reason, patience.Token);
                await Task.WhenAny(receiving, Task.Delay(s_farewell, stopping));
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client is gone, or too slow for half a minute: nobody is left to tell.
            socket.Abort();
        }
        finally
        {
            await over.CancelAsync();
            await receiving;
        }
    }

    private async Task<(WebSocketCloseStatus Status, string Reason)> SendAsync(CancellationToken expired, CancellationToken over)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(over);
        await SendTextAsync(json => WriteHello(json), patience);
        while (true)
        {
            bool ended = connection.Ended.IsCancellationRequested;
            await SendRepliesAsync(patience);
            while (!_clientLeft && connection.TryTake(out var unit))
            {
                await SendUnitAsync(unit, patience);
                await SendRepliesAsync(patience);
            }

            if (_clientLeft)
            {
                return (WebSocketCloseStatus.NormalClosure, "goodbye");
            }

            if (ended)
            {
                return (WebSocketCloseStatus.NormalClosure, "session ended");
            }

            if (expired.IsCancellationRequested)
            {
                return (WebSocketCloseStatus.PolicyViolation, "token expired");
            }

            await SendHealthAsync(patience);
            await connection.WaitAsync(over);
        }
    }

    private async Task SendUnitAsync(StreamUnit unit, CancellationTokenSource patience)
    {
        try
        {
            await SendTextAsync(json => unit.Write(json, connection), patience);
            if (unit.Payload is { } payload)
            {
                patience.CancelAfter(s_patience);
                await socket.SendAsync(payload.Bytes, WebSocketMessageType.Binary, endOfMessage: true, patience.Token);
            }
        }
        finally
        {
            unit.Payload?.Release();
        }

        for (int i = 0; i < unit.Trailers; i++)
        {
            int index = i;
            await SendTextAsync(json => unit.WriteTrailer(index, json, connection), patience);
        }
    }

    private async Task SendRepliesAsync(CancellationTokenSource patience)
    {
        while (_replies.TryDequeue(out byte[]? reply))
        {
            patience.CancelAfter(s_patience);
            await socket.SendAsync(reply, WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        }
    }

    private Task SendHealthAsync(CancellationTokenSource patience)
    {
        long now = RuntimeClock.NowUs;
        if (now - _healthAtUs < 1_000_000)
        {
            return Task.CompletedTask;
        }

        _healthAtUs = now;
        var health = JsonSerializer.SerializeToNode(connection.SampleHealth(), EngineJson.Options)!.AsObject();
        return SendTextAsync(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("type"u8, "stream_health"u8);
                json.WriteNumber("schema_version"u8, 1);
                json.WriteString("session_id"u8, connection.SessionId);
                json.WriteString("stream"u8, connection.Kind.ApiName());
                foreach (var (name, value) in health)
                {
                    json.WritePropertyName(name);
                    value!.WriteTo(json);
                }

                json.WriteEndObject();
            },
            patience);
    }

    private async Task SendTextAsync(Action<Utf8JsonWriter> write, CancellationTokenSource patience)
    {
        _text.ResetWrittenCount();
        await using (var json = new Utf8JsonWriter(_text))
        {
            write(json);
        }

        patience.CancelAfter(s_patience);
        await socket.SendAsync(_text.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, patience.Token);
    }

    private void WriteHello(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "hello"u8);
        json.WriteNumber("schema_version"u8, 1);
        json.WriteString("session_id"u8, connection.SessionId);
        json.WriteString("stream"u8, connection.Kind.ApiName());
        json.WriteEndObject();
    }

    private async Task ReceiveAsync(CancellationTokenSource over)
    {
        byte[] buffer = new byte[LargestControl];
        try
        {
            while (!over.IsCancellationRequested)
            {
                var (type, length) = await ReceiveMessageAsync(buffer, over.Token);
                if (type == WebSocketMessageType.Close)
                {
                    _clientLeft = true;
                    connection.Wake();
                    return;
                }

                Answer(type, buffer.AsMemory(0, Math.Min(length, buffer.Length)), length > buffer.Length);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client is gone without a word: the sender need not try any longer.
            await over.CancelAsync();
        }
    }

    private async Task<(WebSocketMessageType Type, int Length)> ReceiveMessageAsync(byte[] buffer, CancellationToken cancel)
    {
        int length = 0;
        while (true)
        {
            // What is too long is read to its end and refused.
            var space = length < buffer.Length ? buffer.AsMemory(length) : buffer;
            var part = await socket.ReceiveAsync(space, cancel);
            length += part.Count;
            if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close)
            {
                return (part.MessageType, length);
            }
        }
    }

    private void Answer(WebSocketMessageType type, ReadOnlyMemory<byte> message, bool tooLong)
    {
        JsonObject reply;
        try
        {
            if (tooLong || type != WebSocketMessageType.Text)
            {
                throw JsonFields.WrongField("message", $"text of at most {LargestControl} bytes", tooLong ? "longer" : "binary");
            }

            string applied = controls.Apply(message);
            reply = Message("ack");
            reply["for"] = applied;
            reply["applied"] = true;
        }
        catch (EngineException refused)
        {
            reply = Message("error");
            reply["event_timestamp_us"] = RuntimeClock.NowUs;
            reply["error"] = Envelope.ErrorOf(refused);
        }

        _replies.Enqueue(JsonSerializer.SerializeToUtf8Bytes(reply, EngineJson.Options));
        connection.Wake();
    }

    private JsonObject Message(string type) => new()
    {
        ["type"] = type,
        ["schema_version"] = 1,
        ["session_id"] = connection.SessionId,
        ["stream"] = connection.Kind.ApiName(),
    };
}
