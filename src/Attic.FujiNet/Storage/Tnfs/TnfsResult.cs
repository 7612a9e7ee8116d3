namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>Results of TNFS, named as the errors of POSIX that they are.</summary>
public enum TnfsResult : byte
{
    /// <summary>Done.</summary>
    Ok = 0x00,

    /// <summary>Operation not permitted.</summary>
    NotPermitted = 0x01,

    /// <summary>No such file or directory.</summary>
    NotFound = 0x02,

    /// <summary>Input/output error.</summary>
    IOError = 0x03,

    /// <summary>A file handle that is not open.</summary>
    BadHandle = 0x06,

    /// <summary>Try again.</summary>
    TryAgain = 0x07,

    /// <summary>Access denied.</summary>
    AccessDenied = 0x09,

    /// <summary>It is there already.</summary>
    Exists = 0x0B,

    /// <summary>Not a directory.</summary>
    NotDirectory = 0x0C,

    /// <summary>A directory.</summary>
    IsDirectory = 0x0D,

    /// <summary>Invalid argument.</summary>
    Invalid = 0x0E,

    /// <summary>Too many open files.</summary>
    TooManyOpen = 0x10,

    /// <summary>No room left.</summary>
    NoSpace = 0x12,

    /// <summary>Read-only file system.</summary>
    ReadOnly = 0x14,

    /// <summary>A name that is too long.</summary>
    NameTooLong = 0x15,

    /// <summary>Not implemented.</summary>
    NotImplemented = 0x16,

    /// <summary>The directory is not empty.</summary>
    NotEmpty = 0x17,

    /// <summary>Too many users.</summary>
    TooManyUsers = 0x1D,

    /// <summary>A handle that has become stale.</summary>
    Stale = 0x20,

    /// <summary>End of the file or of the directory.</summary>
    EndOfFile = 0x21,

    /// <summary>No such session.</summary>
    BadSession = 0xFF,
}
