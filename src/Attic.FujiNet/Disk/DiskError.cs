using Attic.FujiNet.Core;

namespace Attic.FujiNet.Disk;

/// <summary>What went wrong with a disk, as it stands in its information.</summary>
public enum DiskError : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There is no such slot.</summary>
    InvalidSlot = 1,

    /// <summary>The request makes no sense.</summary>
    InvalidRequest = 2,

    /// <summary>The image's file system is unknown.</summary>
    NoSuchFileSystem = 3,

    /// <summary>There is no such file.</summary>
    FileNotFound = 4,

    /// <summary>There is such a file already.</summary>
    AlreadyExists = 5,

    /// <summary>The file could not be opened.</summary>
    OpenFailed = 6,

    /// <summary>The kind of image is not supported.</summary>
    UnsupportedImageType = 7,

    /// <summary>The image is damaged, or of unknown geometry.</summary>
    BadImage = 8,

    /// <summary>No image of the kind has that geometry.</summary>
    InvalidGeometry = 9,

    /// <summary>Nothing is mounted.</summary>
    NotMounted = 10,

    /// <summary>It may not be written.</summary>
    ReadOnly = 11,

    /// <summary>There is no such sector.</summary>
    OutOfRange = 12,

    /// <summary>Reading or writing failed.</summary>
    IoError = 13,

    /// <summary>A fault of the service.</summary>
    InternalError = 14,
}

/// <summary>How disk errors are answered.</summary>
public static class DiskErrors
{
    /// <summary>The status of a response.</summary>
    public static IOStatus ToStatus(this DiskError error) => error switch
    {
        DiskError.None => IOStatus.Ok,
        DiskError.OpenFailed or DiskError.IoError => IOStatus.IOError,
        DiskError.UnsupportedImageType => IOStatus.Unsupported,
        DiskError.NotMounted => IOStatus.NotReady,
        DiskError.InternalError => IOStatus.InternalError,
        _ => IOStatus.InvalidRequest,
    };
}

#pragma warning disable RCS1194 // Without a kind it could not be answered.
/// <summary>A disk operation was refused.</summary>
public sealed class DiskException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="error">Why.</param>
    /// <param name="inner">What caused it.</param>
    public DiskException(DiskError error, Exception? inner = null)
        : base($"Disk: {error}.", inner)
    {
        Error = error;
    }

    /// <summary>Why.</summary>
    public DiskError Error { get; }
}
