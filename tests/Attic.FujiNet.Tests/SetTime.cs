namespace Attic.FujiNet.Tests;

/// <summary>A clock that stands where the test puts it.</summary>
internal sealed class SetTime(DateTimeOffset now) : TimeProvider
{
    private long _ticks;

    public override DateTimeOffset GetUtcNow() => now.AddTicks(_ticks);

    public override long GetTimestamp() => _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => _ticks += by.Ticks;
}
