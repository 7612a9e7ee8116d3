using System.CommandLine;

namespace Attic.Cli.Fuji;

/// <summary><c>attic fuji</c>: the FujiNet and its tools.</summary>
internal static class FujiVerb
{
    public static Command Build() => new("fuji", "A FujiNet: disks, files, network, clock and modem for old computers.")
    {
        ServeVerb.Build(), ConformVerb.Build(), TraceVerb.Build(), ReplayVerb.Build(), TnfsdVerb.Build(), CpmVerb.Build(),
    };
}
