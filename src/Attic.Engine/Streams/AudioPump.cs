using System.Collections.Immutable;
using Attic.Engine.Sessions;

namespace Attic.Engine.Streams;

/// <summary>Cuts sound into chunks once per format and rate and queues them. Pump thread.</summary>
internal sealed class AudioPump(HandoverRing<AudioBlock> blocks)
{
    private readonly PayloadPool _pool = new();
    private readonly Dictionary<AudioSettings, AudioShaper> _shapers = [];
    private ImmutableArray<StreamConnection> _connections = [];

    /// <summary>Delivers all sound that waits.</summary>
    public void Deliver(ImmutableArray<StreamConnection> connections)
    {
        _connections = connections;
        PrepareShapers();
        while (blocks.Take() is { } block)
        {
            foreach (var shaper in _shapers.Values)
            {
                shaper.Take(block, Emit);
            }
        }
    }

    // A shaper lives as long as someone wants its format, so that chunks follow each other without a gap.
    private void PrepareShapers()
    {
        foreach (var settings in _shapers.Keys.ToArray())
        {
            if (!_connections.Any(connection => Uses(connection, settings)))
            {
                _shapers.Remove(settings);
            }
        }

        foreach (var connection in _connections)
        {
            if (connection is { Kind: StreamKind.Audio, Paused: false, Settings: AudioSettings settings })
            {
                _shapers.TryAdd(settings, new AudioShaper(settings));
            }
        }
    }

    private void Emit(AudioShaper shaper, long stampUs)
    {
        SharedPayload? payload = null;
        foreach (var connection in _connections)
        {
            if (!Uses(connection, shaper.Settings) || !connection.Wants(RuntimeClock.NowUs))
            {
                continue;
            }

            if (payload is null)
            {
                payload = _pool.Rent(shaper.PayloadBytes);
                shaper.Write(payload.Buffer);
            }

            payload.AddHolder();
            connection.Offer(new AudioUnit
            {
                ChunkId = connection.NextNumber(),
                StampUs = stampUs,
                Settings = shaper.Settings,
                Payload = payload,
            });
        }

        payload?.Release();
    }

    private static bool Uses(StreamConnection connection, AudioSettings settings) =>
        connection is { Kind: StreamKind.Audio, Paused: false } && settings.Equals(connection.Settings);
}
