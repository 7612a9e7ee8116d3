namespace Attic.FujiNet.Core;

/// <summary>How a request ended, as it stands on the wire.</summary>
public enum IOStatus : byte
{
    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>No such device, file system, host or entry.</summary>
    DeviceNotFound = 1,

    /// <summary>The request makes no sense: too short, too long, out of range, a stale handle.</summary>
    InvalidRequest = 2,

    /// <summary>All sessions are taken.</summary>
    DeviceBusy = 3,

    /// <summary>Not yet; ask again.</summary>
    NotReady = 4,

    /// <summary>The file system, the network or the other side failed.</summary>
    IOError = 5,

    /// <summary>It took too long.</summary>
    Timeout = 6,

    /// <summary>A fault of the device itself.</summary>
    InternalError = 7,

    /// <summary>A command, format or scheme that the device does not know.</summary>
    Unsupported = 8,
}
