using System.Text.Json;

namespace Attic.Engine.Streams;

/// <summary>One thing that a stream delivers whole or drops whole: a text message, with its binary payload where there is one.</summary>
public abstract class StreamUnit
{
    /// <summary>The payload that follows the text, or null.</summary>
    public SharedPayload? Payload { get; init; }

    /// <summary>Text messages that follow the payload.</summary>
    public virtual int Trailers => 0;

    /// <summary>Writes the text message.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="connection">Who it is for.</param>
    public abstract void Write(Utf8JsonWriter json, StreamConnection connection);

    /// <summary>Writes the trailer number <paramref name="index"/>.</summary>
    public virtual void WriteTrailer(int index, Utf8JsonWriter json, StreamConnection connection) =>
        throw new ArgumentOutOfRangeException(nameof(index));
}
