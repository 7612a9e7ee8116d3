using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;
using Attic.FujiNet.Devices.WiFi;
using Attic.FujiNet.Sio.Serial;

namespace Attic.FujiNet.Platform;

/// <summary>What this computer offers to a core. The one place that asks which operating system it is.</summary>
public static class HostPlatform
{
    /// <summary>A waiter for the core's thread.</summary>
    public static IReadinessWaiter CreateWaiter() => OperatingSystem.IsWindows() ? new TimedWaiter() : new PollWaiter();

    /// <summary>Makes a pseudo terminal.</summary>
    /// <param name="link">A symbolic link to make to it; empty for none.</param>
    /// <exception cref="PlatformNotSupportedException">The system has none.</exception>
    /// <exception cref="IOException">None could be had, or the link could not be made.</exception>
    public static PtyChannel OpenPty(string link) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException("Windows has no pseudo terminals.") : PtyChannel.Open(link);

    /// <summary>Opens a serial port.</summary>
    /// <exception cref="PlatformNotSupportedException">Serial ports are known on Linux only.</exception>
    /// <exception cref="IOException">It could not be opened.</exception>
    public static SerialChannel OpenSerial(string device, SerialSettings settings) =>
        OperatingSystem.IsLinux() ? SerialChannel.Open(device, settings) : throw new PlatformNotSupportedException("Serial ports work on Linux only; a TCP bridge works everywhere.");

    /// <summary>Opens a serial port to whose lines an Atari's serial bus is connected.</summary>
    /// <param name="device">The port.</param>
    /// <param name="command">The input that COMMAND is connected to.</param>
    /// <param name="proceed">The output that leads to PROCEED.</param>
    /// <exception cref="PlatformNotSupportedException">Serial ports are known on Linux only.</exception>
    /// <exception cref="IOException">It could not be opened, or has no such lines.</exception>
    public static ISioLine OpenSioLine(string device, SioCommandLine command, SioProceedLine proceed)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("SIO over a serial port works on Linux only.");
        }

        var line = SerialSioLine.Open(device, descriptor => new ModemControlLines(descriptor, command, proceed));
        try
        {
            // A port without these lines says so now, not when the Atari speaks.
            _ = line.IsCommand;
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>The wireless link: <c>simulated</c>, <c>host</c> or <c>unavailable</c>.</summary>
    /// <param name="backend">Its kind; null for the simulation.</param>
    /// <param name="name">The host's interface; null for the first that is up.</param>
    public static IWiFiLink? CreateWiFi(string? backend, string? name) => backend switch
    {
        "host" => new HostWiFiLink(name ?? string.Empty),
        "unavailable" => null,
        _ => new SimulatedWiFiLink(),
    };
}
