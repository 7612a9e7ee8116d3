namespace Attic.Modules.StAudio;

/// <summary>
/// The envelope's levels: for each of the 16 values of R13 two ramps of 32 steps. Shapes that repeat start again after
/// the second; shapes that hold stay in it (YM2149 application manual, figure of the envelope shapes).
/// </summary>
internal static class EnvelopeShapes
{
    /// <summary>Steps of both ramps.</summary>
    public const int Steps = 64;

    private const int Continue = 8;
    private const int Attack = 4;
    private const int Alternate = 2;
    private const int Hold = 1;

    /// <summary>The levels, 0 to 31: shape × 64 + step.</summary>
    public static byte[] Levels { get; } = Build();

    /// <summary>Whether the shape comes to rest after its first ramp.</summary>
    public static bool Holds(int shape) => (shape & Continue) == 0 || (shape & Hold) != 0;

    private static byte[] Build()
    {
        byte[] levels = new byte[16 * Steps];
        for (int shape = 0; shape < 16; shape++)
        {
            for (int step = 0; step < 32; step++)
            {
                int first = Ramp((shape & Attack) != 0, step);
                levels[(shape * Steps) + step] = (byte)first;
                levels[(shape * Steps) + 32 + step] = (byte)Second(shape, step);
            }
        }

        return levels;
    }

    private static int Second(int shape, int step)
    {
        if ((shape & Continue) == 0)
        {
            return 0;
        }

        bool rises = (shape & Attack) != 0;
        bool turns = (shape & Alternate) != 0;
        return (shape & Hold) != 0 ? Ramp(rises, 31) ^ (turns ? 31 : 0) : Ramp(rises ^ turns, step);
    }

    private static int Ramp(bool rises, int step) => rises ? step : 31 - step;
}
