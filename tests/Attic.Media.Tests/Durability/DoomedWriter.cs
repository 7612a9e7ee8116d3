using System.Globalization;
using Attic.Media.Floppies;

namespace Attic.Media.Tests.Durability;

/// <summary>The process that the kill test kills: writes to an image without end and says what is durable.</summary>
internal static class DoomedWriter
{
    /// <summary>The most writes under way when the process is killed.</summary>
    public const int MostInFlight = 24;

    public static int Main(string[] arguments)
    {
        if (arguments is not [string path, string seedText])
        {
            return 2;
        }

        int seed = int.Parse(seedText, CultureInfo.InvariantCulture);
        var script = new WriteScript(seed);
        var pace = new Random(~seed);
        using var disk = FloppyImage.Open(path);
        while (true)
        {
            for (int burst = pace.Next(1, MostInFlight); burst > 0; burst--)
            {
                script.Next(disk);
            }

            if (pace.Next(6) == 0)
            {
                disk.Settle();
            }

            SpinWait.SpinUntil(() => disk.DurableWrites == disk.Writes);
            Console.WriteLine(disk.DurableWrites);
        }
    }
}
