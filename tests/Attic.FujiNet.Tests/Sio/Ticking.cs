using Attic.FujiNet.Platform;

namespace Attic.FujiNet.Tests.Sio;

/// <summary>A stack that a test runs by hand.</summary>
internal static class Ticking
{
    // Generous: it only bounds how long a broken device holds up the tests.
    private const int Patience = 20_000;

    /// <summary>Runs the core until something is so.</summary>
    public static void TickUntil(this FujiNetStack stack, Func<bool> done)
    {
        long start = Environment.TickCount64;
        while (!done())
        {
            stack.Core.Tick();
            Thread.Yield();
            Assert.True(Environment.TickCount64 - start < Patience, "It never came.");
        }
    }
}
