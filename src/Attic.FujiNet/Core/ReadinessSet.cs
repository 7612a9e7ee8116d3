namespace Attic.FujiNet.Core;

/// <summary>What the core waits for until its next tick: handles of the host that become readable or writable, and a time.</summary>
public sealed class ReadinessSet
{
    private readonly List<(int Handle, bool Read, bool Write)> _entries = [];

    /// <summary>The handles and what is waited for on each.</summary>
    public IReadOnlyList<(int Handle, bool Read, bool Write)> Entries => _entries;

    /// <summary>Whether something is ready already, so that there is nothing to wait for.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Starts again.</summary>
    public void Clear()
    {
        _entries.Clear();
        IsReady = false;
    }

    /// <summary>Adds a handle.</summary>
    /// <param name="handle">The host's descriptor.</param>
    /// <param name="read">Whether it is waited for being readable.</param>
    /// <param name="write">Whether it is waited for being writable.</param>
    public void Add(int handle, bool read, bool write)
    {
        if (read || write)
        {
            _entries.Add((handle, read, write));
        }
    }

    /// <summary>Says that something is ready already.</summary>
    public void SetReady() => IsReady = true;
}

/// <summary>Wakes a core that waits. May be called from any thread, and any number of times.</summary>
public interface IWakeup
{
    /// <summary>Ends the present wait, or the next one at once.</summary>
    void Wake();
}

/// <summary>How the platform waits between ticks.</summary>
public interface IReadinessWaiter : IWakeup, IDisposable
{
    /// <summary>Waits until something of the set is ready, someone wakes it, or the time is over.</summary>
    /// <param name="set">What is waited for.</param>
    /// <param name="limit">Longest wait.</param>
    void Wait(ReadinessSet set, TimeSpan limit);
}
