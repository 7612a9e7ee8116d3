namespace Attic.Modules.StIo.Mfp;

/// <summary>The MFP's sixteen interrupt channels by priority (MC68901 manual, table of interrupt channels).</summary>
internal static class MfpChannels
{
    public const int TimerD = 4;
    public const int TimerC = 5;
    public const int TimerB = 8;
    public const int TransmitError = 9;
    public const int TransmitEmpty = 10;
    public const int ReceiveError = 11;
    public const int ReceiveFull = 12;
    public const int TimerA = 13;

    /// <summary>The channel of each general purpose pin.</summary>
    public static ReadOnlySpan<byte> OfPin => [0, 1, 2, 3, 6, 7, 14, 15];

    /// <summary>The channel of timers A to D.</summary>
    public static ReadOnlySpan<byte> OfTimer => [TimerA, TimerB, TimerC, TimerD];
}
