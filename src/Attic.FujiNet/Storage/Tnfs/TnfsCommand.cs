namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>Commands of TNFS (tnfs-protocol.md of the Spectranet project; 17 and 18 as FujiNet's servers have them).</summary>
public enum TnfsCommand : byte
{
    /// <summary>Opens a session.</summary>
    Mount = 0x00,

    /// <summary>Ends a session.</summary>
    Unmount = 0x01,

    /// <summary>Opens a directory.</summary>
    OpenDirectory = 0x10,

    /// <summary>Reads a directory's next name.</summary>
    ReadDirectory = 0x11,

    /// <summary>Closes a directory.</summary>
    CloseDirectory = 0x12,

    /// <summary>Makes a directory.</summary>
    MakeDirectory = 0x13,

    /// <summary>Removes an empty directory.</summary>
    RemoveDirectory = 0x14,

    /// <summary>Says which entry a directory is at.</summary>
    TellDirectory = 0x15,

    /// <summary>Goes to an entry of a directory.</summary>
    SeekDirectory = 0x16,

    /// <summary>Opens a directory with filter and order.</summary>
    OpenDirectoryExtended = 0x17,

    /// <summary>Reads entries with their sizes and times.</summary>
    ReadDirectoryExtended = 0x18,

    /// <summary>Reads a file.</summary>
    Read = 0x21,

    /// <summary>Writes a file.</summary>
    Write = 0x22,

    /// <summary>Closes a file.</summary>
    Close = 0x23,

    /// <summary>Describes a file.</summary>
    Stat = 0x24,

    /// <summary>Moves a file's position.</summary>
    Seek = 0x25,

    /// <summary>Removes a file.</summary>
    Unlink = 0x26,

    /// <summary>Changes a file's permissions.</summary>
    ChangeMode = 0x27,

    /// <summary>Gives a file another name.</summary>
    Rename = 0x28,

    /// <summary>Opens a file.</summary>
    Open = 0x29,

    /// <summary>Size of the file system, in KB.</summary>
    Size = 0x30,

    /// <summary>Free room of the file system, in KB.</summary>
    Free = 0x31,
}
