using System.Runtime.CompilerServices;

namespace Attic.Modules.StAudio;

/// <summary>Ticks to a generator's next event, kept in registers while sound is made.</summary>
internal struct Countdown
{
    private const int Forever = int.MaxValue;

    private readonly int _period;
    private int _left;

    private Countdown(int period, int left) => (_period, _left) = (period, left);

    /// <summary>Never an event: for a generator that nobody hears.</summary>
    public static Countdown Unheard => new(Forever, Forever);

    /// <summary>Ticks to the next event.</summary>
    public readonly int Left => _left;

    /// <summary>Ticks since the last event; only of one that is heard.</summary>
    public readonly int Counter => _period - _left;

    /// <summary>Whether this was made by <see cref="Of"/>.</summary>
    public readonly bool IsHeard => _period != Forever;

    /// <summary>The countdown of a counter; one beyond a period that was made shorter fires at the next tick.</summary>
    public static Countdown Of(int period, int counter) => new(period, Math.Max(1, period - counter));

    /// <summary>Lets ticks pass, at most <see cref="Left"/>.</summary>
    /// <returns>Whether the event came.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Pass(int ticks)
    {
        _left -= ticks;
        if (_left != 0)
        {
            return false;
        }

        _left = _period;
        return true;
    }

    /// <summary>Moves a counter on without stopping at its events.</summary>
    /// <returns>How many there were.</returns>
    public static int Skip(ref int counter, int period, int ticks)
    {
        int left = Math.Max(1, period - counter);
        if (ticks < left)
        {
            counter += ticks;
            return 0;
        }

        ticks -= left;
        counter = ticks % period;
        return 1 + (ticks / period);
    }
}
