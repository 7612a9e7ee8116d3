namespace Attic.FujiNet.Sio.Classic;

/// <summary>Says how many bytes a line at a rate has room for, so that a computer gets a stream no faster than it can take it.</summary>
internal sealed class LinePacer(TimeProvider time)
{
    private const int BitsPerByte = 10;
    private long _sentAt;

    /// <summary>Starts now; a pause is not made up for, the line was idle then.</summary>
    public void Restart() => _sentAt = time.GetTimestamp();

    /// <summary>Bytes that the line could have carried since the last time, at most so many.</summary>
    public int Room(int baud, int most) => (int)Math.Min(most, time.GetElapsedTime(_sentAt).TotalSeconds * baud / BitsPerByte);
}
