using System.Diagnostics;
using Attic.Abi.Time;

namespace Attic.Abi.AtariXl;

/// <summary>A command for a device outside the machine, with the data that the computer sent.</summary>
/// <param name="Id">Counts up; the answer names it.</param>
/// <param name="Command">The command, acknowledged already.</param>
/// <param name="Data">The data frame without its checksum; empty for most commands.</param>
/// <param name="At">When the frame was complete, on the machine's clock.</param>
public sealed record SioRequest(long Id, SioCommand Command, byte[] Data, MasterCycles At);

/// <summary>What a device outside the machine answers.</summary>
/// <param name="Id">Of the request; an answer to another than the last one comes too late and is dropped.</param>
/// <param name="Good">Whether the completion is 'C', else 'E'.</param>
/// <param name="Data">Data for the computer; empty for none. At most <see cref="SioMailbox.LargestFrame"/> bytes.</param>
public sealed record SioAnswer(long Id, bool Good, byte[] Data);

/// <summary>
/// Between a machine and devices outside its thread, a FujiNet for example. The machine acknowledges commands for the ids that are
/// claimed, hands them over and goes on; an answer that has come by then goes onto the bus with the timing of a device. Nobody
/// waits for anybody: full queues refuse, late answers are dropped, both are counted.
/// </summary>
/// <remarks>
/// Two threads: the machine's calls <see cref="TryPost"/>, <see cref="TryTake"/> and reads the rest; the device's calls
/// <see cref="TryReceive"/>, <see cref="TryAnswer"/> and sets the lines. Which commands bring a data frame the claim says
/// beforehand, since the bus cannot wait for that either.
/// </remarks>
public sealed class SioMailbox
{
    /// <summary>Bytes of the longest data frame.</summary>
    public const int LargestFrame = 65_535;

    /// <summary>Bytes outside of frames that wait, at most, in each direction.</summary>
    public const int StreamBytes = 4096;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(1);

    private readonly System.Collections.Concurrent.ConcurrentQueue<SioRequest> _requests = new();
    private readonly System.Collections.Concurrent.ConcurrentQueue<SioAnswer> _answers = new();
    private readonly Func<SioCommand, SioPlan> _plan;
    private readonly int _capacity;
    private readonly ManualResetEventSlim _answered = new();
    private readonly System.Collections.Concurrent.ConcurrentQueue<byte> _toComputer = new();
    private readonly System.Collections.Concurrent.ConcurrentQueue<byte> _toDevice = new();
    private int _lines;
    private int _streamBaud;
    private long _dropped;
    private long _awaited;
    private long _awaitedSince;

    /// <summary>An empty mailbox.</summary>
    /// <param name="plan">
    /// Says at once and without side effects whether a command is for one of these devices and what its data frame is. Called on the
    /// machine's thread.
    /// </param>
    /// <param name="capacity">Messages that each direction holds, at least 1.</param>
    public SioMailbox(Func<SioCommand, SioPlan> plan, int capacity = 16)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (_plan, _capacity) = (plan, capacity);
    }

    /// <summary>Called, on the machine's thread, after a request was put in: to wake whoever serves it. Must return at once.</summary>
    public Action? Arrived { get; set; }

    /// <summary>
    /// How long the machine stands still at most until a request is answered. Zero for a machine that keeps real time; one that runs as
    /// fast as it can would else be at its time-out before a device that needs real time could answer. A request that takes longer
    /// lets the machine go on slowly, so that its time-out comes in the end.
    /// </summary>
    public TimeSpan Patience { get; set; }

    /// <summary>Whether PROCEED is pulled low. Set by the device; reaches PIA's CA1 within a tenth of a millisecond of the machine's time.</summary>
    public bool Proceed
    {
        get => (Volatile.Read(ref _lines) & 1) != 0;
        set => SetLine(1, value);
    }

    /// <summary>Whether INTERRUPT is pulled low; it reaches PIA's CB1.</summary>
    public bool Interrupt
    {
        get => (Volatile.Read(ref _lines) & 2) != 0;
        set => SetLine(2, value);
    }

    /// <summary>
    /// Bits per second of bytes outside of frames, while a device speaks with a program directly, as a modem does; 0 when none does. Set by the
    /// device; both directions are empty afterwards.
    /// </summary>
    public int StreamBaud
    {
        get => Volatile.Read(ref _streamBaud);
        set
        {
            Volatile.Write(ref _streamBaud, value);
            _toComputer.Clear();
            _toDevice.Clear();
        }
    }

    /// <summary>Called, on the machine's thread, after a byte outside of frames has come. Must return at once.</summary>
    public Action? StreamArrived { get; set; }

    /// <summary>Messages that found a full queue, or came too late.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Machine: what to do with a command.</summary>
    public SioPlan PlanFor(in SioCommand command) => _plan(command);

    /// <summary>Machine: hands a request over; false when the device has not taken the ones before.</summary>
    public bool TryPost(SioRequest request)
    {
        if (_requests.Count >= _capacity)
        {
            Interlocked.Increment(ref _dropped);
            return false;
        }

        _requests.Enqueue(request);
        Arrived?.Invoke();
        return true;
    }

    /// <summary>Machine: takes the answer to a request, dropping older ones.</summary>
    public bool TryTake(long id, out SioAnswer? answer)
    {
        if (Patience > TimeSpan.Zero && _answers.IsEmpty)
        {
            StandStill(id);
        }

        while (_answers.TryDequeue(out answer))
        {
            if (answer.Id == id)
            {
                return true;
            }

            Interlocked.Increment(ref _dropped);
        }

        return false;
    }

    /// <summary>Device: takes the next request.</summary>
    public bool TryReceive(out SioRequest? request) => _requests.TryDequeue(out request);

    /// <summary>Device: answers; false when the machine has not taken the answers before.</summary>
    /// <exception cref="ArgumentException">More data than a frame holds.</exception>
    public bool TryAnswer(SioAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Data.Length > LargestFrame)
        {
            throw new ArgumentException($"{answer.Data.Length} bytes; a frame holds {LargestFrame}.", nameof(answer));
        }

        if (_answers.Count >= _capacity)
        {
            Interlocked.Increment(ref _dropped);
            return false;
        }

        _answers.Enqueue(answer);
        _answered.Set();
        return true;
    }

    /// <summary>Machine: the computer has sent a byte outside of frames.</summary>
    public void PostStream(byte value)
    {
        if (_toDevice.Count >= StreamBytes)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        _toDevice.Enqueue(value);
        StreamArrived?.Invoke();
    }

    /// <summary>Machine: takes a byte for the computer.</summary>
    public bool TryTakeStream(out byte value) => _toComputer.TryDequeue(out value);

    /// <summary>Device: takes a byte that the computer sent outside of frames.</summary>
    public bool TryReceiveStream(out byte value) => _toDevice.TryDequeue(out value);

    /// <summary>Device: sends bytes outside of frames. What does not fit is dropped and counted.</summary>
    /// <returns>Bytes that fitted.</returns>
    public int SendStream(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Clamp(StreamBytes - _toComputer.Count, 0, bytes.Length);
        foreach (byte value in bytes[..count])
        {
            _toComputer.Enqueue(value);
        }

        Interlocked.Add(ref _dropped, bytes.Length - count);
        return count;
    }

    // When patience is at its end, a millisecond at each look of a tenth of one: ten times slower than real time.
    private void StandStill(long id)
    {
        if (_awaited != id)
        {
            (_awaited, _awaitedSince) = (id, Stopwatch.GetTimestamp());
        }

        var left = Patience - Stopwatch.GetElapsedTime(_awaitedSince);
        _answered.Reset();
        _ = !_answers.IsEmpty || _answered.Wait(left > s_look ? left : s_look);
    }

    private void SetLine(int bit, bool low)
    {
        if (low)
        {
            Interlocked.Or(ref _lines, bit);
        }
        else
        {
            Interlocked.And(ref _lines, ~bit);
        }
    }
}

/// <summary>What a device does with a command.</summary>
/// <param name="Kind">Whether it is meant, and understood.</param>
/// <param name="Receives">Bytes of the data frame that the computer sends; 0 for none.</param>
public readonly record struct SioPlan(SioPlanKind Kind, int Receives = 0);

/// <summary>Whether a command is meant for a device, and understood.</summary>
public enum SioPlanKind
{
    /// <summary>It is for nobody here: nothing answers.</summary>
    NotMine,

    /// <summary>It is refused with NAK.</summary>
    Refused,

    /// <summary>It is acknowledged and carried out.</summary>
    Accepted,
}

/// <summary>The socket at the machine's back for devices outside it.</summary>
public interface ISioPort
{
    /// <summary>
    /// Plugs devices in, in place of those before; null unplugs them. Between two runs of the machine only, and again after a state was
    /// loaded: what is plugged in is no part of a state.
    /// </summary>
    /// <param name="mailbox">The devices.</param>
    /// <param name="at">The machine's present.</param>
    void Plug(SioMailbox? mailbox, MasterCycles at);
}
