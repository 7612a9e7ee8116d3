using System.Collections.Concurrent;
using Attic.Cpm;
using Attic.Cpm.Terminal;

namespace Attic.FujiNet.Devices.Cpm;

/// <summary>A CP/M computer whose console is somewhere else: keys come in, characters go out no faster than the line takes them.</summary>
public sealed class CpmSession : ICpmConsole, IDisposable
{
    private const int InstructionsPerTurn = 200_000;
    private const int BitsPerByte = 10;
    private readonly ConcurrentQueue<byte> _keys = new();
    private readonly List<byte> _shown = [];
    private readonly SemaphoreSlim _typed = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Action<byte[]> _output;
    private readonly int _baud;

    /// <summary>A session.</summary>
    /// <param name="output">Takes what is shown; called from a thread of its own.</param>
    /// <param name="baud">The line's rate; 0 for one that takes everything at once.</param>
    public CpmSession(Action<byte[]> output, int baud = 0)
    {
        ArgumentNullException.ThrowIfNull(output);
        (_output, _baud) = (output, baud);
    }

    /// <inheritdoc />
    public bool HasInput => !_keys.IsEmpty;

    /// <summary>Types keys. From any thread.</summary>
    public void Type(ReadOnlySpan<byte> keys)
    {
        foreach (byte key in keys)
        {
            _keys.Enqueue(key);
        }

        _typed.Release();
    }

    /// <inheritdoc />
    public bool TryRead(out byte key) => _keys.TryDequeue(out key);

    /// <inheritdoc />
    public void Write(byte character) => _shown.Add(character);

    /// <summary>Boots and runs until EXIT is typed or the session is disposed of.</summary>
    /// <param name="folder">The folder of the drives.</param>
    /// <param name="auxiliary">Reader, punch and printer; null for none.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public async Task RunAsync(string folder, ICpmAuxiliary? auxiliary = null)
    {
        var system = new CpmSystem(folder, this, auxiliary);
        try
        {
            for (var state = CpmState.Running; state != CpmState.Ended;)
            {
                state = await Task.Run(() => system.Run(InstructionsPerTurn), _stop.Token).ConfigureAwait(false);
                await ShowAsync().ConfigureAwait(false);
                if (state == CpmState.WaitingForKey && !HasInput)
                {
                    await _typed.WaitAsync(_stop.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The line was closed.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _stop.Cancel();

    private async ValueTask ShowAsync()
    {
        const int chunk = 64;
        for (int at = 0; at < _shown.Count; at += chunk)
        {
            byte[] part = [.. _shown.Skip(at).Take(chunk)];
            _output(part);
            if (_baud > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds((double)part.Length * BitsPerByte / _baud), _stop.Token).ConfigureAwait(false);
            }
        }

        _shown.Clear();
    }
}
