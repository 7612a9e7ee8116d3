using System.Globalization;
using Attic.Media.Floppies;
using Attic.Media.Floppies8;

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
        using var disk = DiskFile.Open(path);
        return disk is DiskImage8 disk8
            ? Write(disk, seed, new WriteScript8(seed), script => script.Next(disk8))
            : Write(disk, seed, new WriteScript(seed), script => script.Next((FloppyImage)disk));
    }

    private static int Write<T>(IDiskFile disk, int seed, T script, Action<T> next)
    {
        var pace = new Random(~seed);
        while (true)
        {
            for (int burst = pace.Next(1, MostInFlight); burst > 0; burst--)
            {
                next(script);
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
