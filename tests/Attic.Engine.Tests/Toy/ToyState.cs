namespace Attic.Engine.Tests.Toy;

/// <summary>The whole state of the toy machine's processor and chips.</summary>
internal struct ToyState
{
    public long Ticks;
    public long Frame;
    public long AudioPhase;
    public long SampleClock;
    public uint Random;
    public uint Keys;
    public int MouseX;
    public int MouseY;
    public int FrameTick;
    public uint Explode;
}
