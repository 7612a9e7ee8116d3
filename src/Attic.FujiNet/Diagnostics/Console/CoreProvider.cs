using System.Text;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Transports;
using static Attic.FujiNet.Diagnostics.Console.ConsoleText;

namespace Attic.FujiNet.Diagnostics.Console;

/// <summary>The core: its transports, what has passed.</summary>
internal sealed class CoreProvider(FujiNetStack stack) : IConsoleProvider
{
    public string Name => "core";

    public IEnumerable<ConsoleCommand> Commands => [new("core.info", Info), new("core.stats", Stats)];

    private string Info() =>
        Line($"ticks {stack.Core.TickCount}")
        + Line($"time {DateTimeOffset.FromUnixTimeSeconds(stack.Clock.UnixSeconds):yyyy-MM-dd HH:mm:ss}Z, zone {stack.Clock.Zone}")
        + string.Concat(stack.Core.IO.Transports.Select(entry => Line($"transport {entry.Id}: {entry.Transport.Name}")));

    private string Stats()
    {
        var text = new StringBuilder(Line($"requests served {stack.Core.IO.Served}"));
        foreach (var (id, transport) in stack.Core.IO.Transports)
        {
            var counters = (transport as FujiBusTransport)?.Counters ?? (transport as FujiBusMessageTransport)?.Counters;
            if (counters is null)
            {
                continue;
            }

            text.Append(Line($"transport {id}: {counters.Requests} requests, {counters.Responses} responses, {counters.BytesIn} bytes in, {counters.BytesOut} out, {counters.Orphans} orphans"));
            foreach (var fault in Enum.GetValues<FujiBusFault>().Where(fault => counters.Faults(fault) > 0))
            {
                text.Append(Line($"  {fault}: {counters.Faults(fault)}"));
            }
        }

        return text.ToString();
    }
}
