namespace Attic.FujiNet.NetSio;

/// <summary>
/// A hub's flow control: three messages of the bus go out on credit, then new credit is asked for. A peer that grants none
/// (most emulators don't count) gets the rest after a short wait all the same.
/// </summary>
internal sealed class NetSioCredit(IDatagramLink link, TimeProvider time)
{
    private const int Initial = 3;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(8);
    private readonly Queue<byte[]> _waiting = [];
    private int _credit = Initial;
    private long _asked;

    /// <summary>Full credit, nothing waiting.</summary>
    public void Restart()
    {
        _waiting.Clear();
        _credit = Initial;
    }

    /// <summary>Sends a message of the bus, now or when there is credit.</summary>
    public void Send(ReadOnlySpan<byte> message)
    {
        if (_waiting.Count == 0 && _credit > 0)
        {
            _credit--;
            link.Send(message);
            return;
        }

        if (_waiting.Count == 0)
        {
            Ask();
        }

        _waiting.Enqueue(message.ToArray());
    }

    /// <summary>The peer grants credit.</summary>
    public void Grant(int credit)
    {
        _credit = credit;
        Flush();
    }

    /// <summary>Sends what has waited long enough.</summary>
    public void Poll()
    {
        if (_waiting.Count > 0 && time.GetElapsedTime(_asked) >= s_patience)
        {
            _credit = Initial;
            Flush();
        }
    }

    /// <summary>How long to wait for a datagram at most, so that <see cref="Poll"/> comes in time.</summary>
    public TimeSpan Limit(TimeSpan limit) => _waiting.Count > 0 && s_patience < limit ? s_patience : limit;

    private void Ask()
    {
        _asked = time.GetTimestamp();
        link.Send([(byte)NetSioMessage.CreditStatus, 0]);
    }

    private void Flush()
    {
        while (_waiting.Count > 0 && _credit > 0)
        {
            _credit--;
            link.Send(_waiting.Dequeue());
        }

        if (_waiting.Count > 0)
        {
            Ask();
        }
    }
}
