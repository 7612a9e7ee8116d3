namespace Attic.FujiNet.Core;

/// <summary>What the network of a platform can do.</summary>
/// <param name="HasLocalNetwork">There is one.</param>
/// <param name="ManagesItsOwnLink">The platform itself joins it, by Wi-Fi.</param>
/// <param name="SupportsAccessPointMode">It can be an access point.</param>
public sealed record NetworkCapabilities(bool HasLocalNetwork, bool ManagesItsOwnLink, bool SupportsAccessPointMode);

/// <summary>What memory a platform has.</summary>
/// <param name="PersistentStorageBytes">Bytes that survive a restart.</param>
/// <param name="LargeMemoryPoolBytes">Bytes for caches.</param>
/// <param name="HasDedicatedLargePool">Whether these are apart from the rest.</param>
public sealed record MemoryCapabilities(long PersistentStorageBytes, long LargeMemoryPoolBytes, bool HasDedicatedLargePool);

/// <summary>What USB a platform has.</summary>
/// <param name="HasUsbDevice">It can be a device.</param>
/// <param name="HasUsbHost">It can be a host.</param>
public sealed record UsbCapabilities(bool HasUsbDevice, bool HasUsbHost);

/// <summary>What the hardware under a core can do; services that need more are not started.</summary>
/// <param name="Network">The network.</param>
/// <param name="Memory">The memory.</param>
/// <param name="Usb">USB.</param>
public sealed record HardwareCapabilities(NetworkCapabilities Network, MemoryCapabilities Memory, UsbCapabilities Usb)
{
    /// <summary>A computer with an operating system: a network that is there, and plenty of memory.</summary>
    public static HardwareCapabilities Computer { get; } = new(
        new(HasLocalNetwork: true, ManagesItsOwnLink: false, SupportsAccessPointMode: false),
        new(PersistentStorageBytes: long.MaxValue, LargeMemoryPoolBytes: 64L << 20, HasDedicatedLargePool: false),
        new(HasUsbDevice: false, HasUsbHost: false));
}
