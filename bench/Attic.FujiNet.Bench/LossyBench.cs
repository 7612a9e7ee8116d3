using System.Diagnostics;
using System.Globalization;
using Attic.FujiNet.Tests.NetSio;

namespace Attic.FujiNet.Bench;

/// <summary>
/// Sectors from our own XL over a net that loses and repeats 5 percent of all datagrams each way, and lets those to the computer overtake each other.
/// Ends with an exception when a read gives wrong data or a write that was reported complete is not there.
/// </summary>
internal static class LossyBench
{
    private const int Reads = 20_000;
    private const int Writes = 5_000;
    private const int Parts = 10;

    public static void Run()
    {
        var clock = Stopwatch.StartNew();
        using var run = new SectorRun(File.ReadAllBytes(FindRom()), seed: 20_260, new NetFaults(0.05, 0.05, TimeSpan.FromMilliseconds(4), Stragglers: 0.02));
        for (int part = 0; part < Parts; part++)
        {
            run.Read(Reads / Parts);
            run.Write(Writes / Parts);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"lossy net: {run.Reads} reads, {run.Writes} writes read back, none wrong; {run.Net.Sent} datagrams, {run.Net.Lost} lost, {run.Net.Repeated} repeated, {run.Net.Overtaken} overtook others; "
            + $"{run.Cable.Unanswered} frames without answer, {run.Errors} errors after the OS's own tries; {run.Frames / 59.92:F0} emulated seconds in {clock.Elapsed.TotalSeconds:F0}"));
    }

    private static string FindRom()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "firmware", "xl", "attic-xl.rom")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new FileNotFoundException("Run it from a checkout: firmware/xl/attic-xl.rom is needed."), "firmware", "xl", "attic-xl.rom");
    }
}
