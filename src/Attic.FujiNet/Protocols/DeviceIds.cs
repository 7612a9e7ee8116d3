namespace Attic.FujiNet.Protocols;

/// <summary>The ids of devices on the wire.</summary>
public static class DeviceIds
{
    /// <summary>The first of the eight disk drives of Atari's serial bus; the range ends at <see cref="LastDrive"/>.</summary>
    public const byte FirstDrive = 0x31;

    /// <summary>The end of the range of drives.</summary>
    public const byte LastDrive = 0x3F;

    /// <summary>Date, time, time zone.</summary>
    public const byte Clock = 0x45;

    /// <summary>The FujiNet itself: reset, configuration.</summary>
    public const byte Fuji = 0x70;

    /// <summary>The first of the <c>N:</c> devices of Atari's serial bus; the range ends at <see cref="LastNetworkUnit"/>.</summary>
    public const byte FirstNetworkUnit = 0x71;

    /// <summary>The end of the range of <c>N:</c> devices.</summary>
    public const byte LastNetworkUnit = 0x78;

    /// <summary>The current host and its history.</summary>
    public const byte Host = 0xF0;

    /// <summary>Values that programs keep under namespaces and keys.</summary>
    public const byte AppStore = 0xF1;

    /// <summary>256 remembered disk images.</summary>
    public const byte SlotCatalog = 0xF2;

    /// <summary>The wireless network.</summary>
    public const byte WiFi = 0xF3;

    /// <summary>A Hayes modem whose line is TCP.</summary>
    public const byte Modem = 0xFB;

    /// <summary>Disk images and their sectors.</summary>
    public const byte Disk = 0xFC;

    /// <summary>Sessions on the network.</summary>
    public const byte Network = 0xFD;

    /// <summary>Files and folders.</summary>
    public const byte File = 0xFE;
}
