using System.Globalization;
using Attic.FujiNet.Disk;
using Attic.FujiNet.Platform;
using static Attic.FujiNet.Diagnostics.Console.ConsoleText;

namespace Attic.FujiNet.Diagnostics.Console;

/// <summary>The drives and what has passed them.</summary>
internal sealed class DiskProvider(FujiNetStack stack) : IConsoleProvider
{
    public string Name => "disk";

    public IEnumerable<ConsoleCommand> Commands => [new("disk.slots", Slots), new("disk.stats", Stats), new("disk.stats.reset", Reset)];

    private static string OfEach(Func<int, string> line) => string.Concat(Enumerable.Range(0, DiskService.SlotCount).Select(line));

    private string Slots() => OfEach(slot =>
    {
        var info = stack.Disks.InfoOf(slot);
        string state = info.Layout is { } layout
            ? string.Create(CultureInfo.InvariantCulture, $"{layout.Type} {layout.Sectors} x {layout.SectorBytes}{(info.IsReadOnly ? " ro" : string.Empty)}{(info.IsDirty ? " dirty" : string.Empty)}")
            : info.Uri.Length > 0 ? "waits" : "empty";
        return Line($"{slot + 1}: {state} {info.Uri}");
    });

    private string Stats() => OfEach(slot =>
    {
        var counters = stack.Disks.CountersOf(slot);
        return Line($"{slot + 1}: {counters.SectorsRead} sectors read, {counters.SectorsWritten} written, {counters.Failures} failures");
    });

    private string Reset()
    {
        for (int slot = 0; slot < DiskService.SlotCount; slot++)
        {
            stack.Disks.ResetCounters(slot);
        }

        return "reset\n";
    }
}
