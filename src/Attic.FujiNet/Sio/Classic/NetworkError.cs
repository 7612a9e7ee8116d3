using Attic.FujiNet.Core;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>The error numbers of N: (fujinet-firmware, status_error_codes.h).</summary>
internal static class NetworkError
{
    public const byte Ok = 1;
    public const byte WriteOnly = 131;
    public const byte BadCommand = 132;
    public const byte ReadOnly = 135;
    public const byte EndOfFile = 136;
    public const byte TimedOut = 138;
    public const byte General = 144;
    public const byte NotImplemented = 146;
    public const byte Exists = 151;
    public const byte BadDeviceSpec = 165;
    public const byte AccessDenied = 167;
    public const byte NotFound = 170;
    public const byte NotConnected = 207;
    public const byte BadJson = 213;

    /// <summary>What an HTTP status means to a program; 1 for success.</summary>
    public static byte OfHttp(int status) => status switch
    {
        404 or 410 => NotFound,
        401 or 403 => BadDeviceSpec,
        >= 500 => NotImplemented,
        >= 400 => General,
        _ => Ok,
    };

    /// <summary>What a status of the network device means.</summary>
    public static byte Of(IOStatus status) => status switch
    {
        IOStatus.Ok or IOStatus.NotReady => Ok,
        IOStatus.InvalidRequest => BadDeviceSpec,
        IOStatus.Unsupported => NotImplemented,
        IOStatus.Timeout => TimedOut,
        _ => General,
    };

    /// <summary>What a refusal of a file system means.</summary>
    public static byte Of(StorageError error) => error switch
    {
        StorageError.NotFound => NotFound,
        StorageError.Exists => Exists,
        StorageError.Denied => AccessDenied,
        StorageError.TimedOut => TimedOut,
        StorageError.Unsupported => NotImplemented,
        _ => General,
    };
}
