using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Embedding;

/// <summary>
/// A FujiNet inside another program: a core without a thread, which runs while its program ticks it, and channels in memory.
/// Ticks must not overlap; bytes may be written and read on any thread.
/// </summary>
internal sealed class EmbeddedFujiNet : IDisposable
{
    /// <summary>Most channels of one FujiNet.</summary>
    public const int MaxChannels = 16;

    private readonly Dictionary<int, (int Transport, MemoryChannel Host)> _channels = [];
    private readonly FujiNetStack _stack;
    private readonly Wakeup _wakeup;
    private int _lastChannel;
    private int _turn;

    private EmbeddedFujiNet(FujiNetStack stack, Wakeup wakeup)
    {
        (_stack, _wakeup) = (stack, wakeup);
    }

    /// <summary>Makes one.</summary>
    /// <param name="folder">The folder of <c>host:</c>; null for a file system in memory.</param>
    /// <param name="log">Told what people should know.</param>
    /// <param name="wake">Told that a tick has something to do; on any thread.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="Storage.StorageException">The configuration cannot be read or written.</exception>
    public static EmbeddedFujiNet Create(string? folder, Action<string> log, Action wake)
    {
        var wakeup = new Wakeup(wake);
        try
        {
            // Everything that is awaited here is a file of this computer.
            var stack = FujiNetStack.CreateAsync(new() { DataFolder = folder, Wakeup = wakeup, Log = log }).AsTask().GetAwaiter().GetResult();
            return new(stack, wakeup);
        }
        catch
        {
            wakeup.Dispose();
            throw;
        }
    }

    /// <summary>Opens a channel, which a client of its own is at.</summary>
    /// <returns>Its number, from 1; 0 when there are as many as there can be, or a tick is under way.</returns>
    public int Open()
    {
        if (!TryTakeTurn())
        {
            return 0;
        }

        try
        {
            if (_channels.Count == MaxChannels)
            {
                return 0;
            }

            int number = ++_lastChannel;
            var (device, host) = MemoryChannel.CreatePair($"memory {number}", _wakeup);
            lock (_channels)
            {
                _channels.Add(number, (_stack.Core.IO.Add(new FujiBusTransport(device)), host));
            }

            return number;
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>Closes a channel and everything that was opened through it.</summary>
    public int Close(int channel)
    {
        if (!TryTakeTurn())
        {
            return EmbeddingResult.Busy;
        }

        try
        {
            (int Transport, MemoryChannel Host) entry;
            lock (_channels)
            {
                if (!_channels.Remove(channel, out entry))
                {
                    return EmbeddingResult.BadHandle;
                }
            }

            _stack.Core.IO.Remove(entry.Transport);
            return EmbeddingResult.Ok;
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>The program's end of a channel; null when there is none.</summary>
    public MemoryChannel? HostEnd(int channel)
    {
        lock (_channels)
        {
            return _channels.TryGetValue(channel, out var entry) ? entry.Host : null;
        }
    }

    /// <summary>Does everything that can be done now.</summary>
    public int Tick()
    {
        if (!TryTakeTurn())
        {
            return EmbeddingResult.Busy;
        }

        try
        {
            _wakeup.Rearm();
            bool more = _stack.Core.Tick();
            return _stack.Core.RestartRequested ? EmbeddingResult.Restart : more ? EmbeddingResult.More : EmbeddingResult.Ok;
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>Waits until a tick has something to do.</summary>
    /// <returns>Whether it has; otherwise the time is over.</returns>
    public bool Wait(int milliseconds) => _wakeup.Wait(milliseconds);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stack.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _wakeup.Dispose();
    }

    private bool TryTakeTurn() => Interlocked.CompareExchange(ref _turn, 1, 0) == 0;

    private void EndTurn() => Volatile.Write(ref _turn, 0);

    private sealed class Wakeup(Action wake) : IWakeup, IDisposable
    {
        private readonly ManualResetEventSlim _woken = new();
        private readonly Lock _calling = new();
        private int _pending;
        private bool _over;

        public void Wake()
        {
            // One call is enough until the next tick.
            if (Interlocked.Exchange(ref _pending, 1) != 0)
            {
                return;
            }

            _woken.Set();
            lock (_calling)
            {
                // The program may be gone, and its function with it.
                if (!_over)
                {
                    wake();
                }
            }
        }

        public bool Wait(int milliseconds) => _woken.Wait(milliseconds);

        /// <summary>A tick begins: it does all that was woken for until now.</summary>
        public void Rearm()
        {
            Volatile.Write(ref _pending, 0);
            _woken.Reset();
        }

        public void Dispose()
        {
            lock (_calling)
            {
                _over = true;
            }

            _woken.Dispose();
        }
    }
}
