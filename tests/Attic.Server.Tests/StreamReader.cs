using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Attic.Server.Tests;

/// <summary>Reads whole messages from a WebSocket.</summary>
internal static class StreamReader
{
    // Longer than the busiest computer needs: a message that never comes fails its test instead of holding up all others.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The next message: text as JSON, or binary.</summary>
    public static async Task<(JsonObject? Text, byte[]? Binary)> NextAsync(this ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var message = new MemoryStream();
        byte[] buffer = new byte[65_536];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new EndOfStreamException($"{part.CloseStatus}: {part.CloseStatusDescription}");
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return part.MessageType == WebSocketMessageType.Text
                    ? (JsonNode.Parse(Encoding.UTF8.GetString(message.ToArray()))!.AsObject(), null)
                    : (null, message.ToArray());
            }
        }
    }

    /// <summary>The next text message of a type; others, and binary ones, are passed over.</summary>
    public static async Task<JsonObject> NextAsync(this ClientWebSocket socket, string type)
    {
        while (true)
        {
            var (text, _) = await socket.NextAsync();
            if ((string?)text?["type"] == type)
            {
                return text;
            }
        }
    }

    public static Task SendAsync(this ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
}
