using System.Net;
using Microsoft.Win32.SafeHandles;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>An open file of a session.</summary>
internal sealed class TnfsOpenFile(SafeFileHandle handle, bool append) : IDisposable
{
    /// <summary>The host's handle.</summary>
    public SafeFileHandle Handle { get; } = handle;

    /// <summary>Whether every write goes to the end.</summary>
    public bool Append { get; } = append;

    /// <summary>Where the next byte is read or written.</summary>
    public long Position { get; set; }

    /// <inheritdoc />
    public void Dispose() => Handle.Dispose();
}

/// <summary>A client's mount, with what it has open and the last answer, for a client that did not hear it.</summary>
internal sealed class TnfsSession(ushort id, IPAddress peer, string mount) : IDisposable
{
    /// <summary>The most files, and the most directories, that one session has open.</summary>
    public const int MaxOpen = 16;

    /// <summary>Its number.</summary>
    public ushort Id { get; } = id;

    /// <summary>Who mounted; packets from elsewhere are not its.</summary>
    public IPAddress Peer { get; } = peer;

    /// <summary>The path that was mounted.</summary>
    public string Mount { get; } = mount;

    /// <summary>Files by their handles.</summary>
    public TnfsOpenFile?[] Files { get; } = new TnfsOpenFile?[MaxOpen];

    /// <summary>Directories by their handles.</summary>
    public TnfsListing?[] Directories { get; } = new TnfsListing?[MaxOpen];

    /// <summary>When it was last used.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>The last request's number, or -1.</summary>
    public int LastSequence { get; set; } = -1;

    /// <summary>The last request's command.</summary>
    public TnfsCommand LastCommand { get; set; }

    /// <summary>The answer to it.</summary>
    public byte[] LastReply { get; set; } = [];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var file in Files)
        {
            file?.Dispose();
        }
    }
}
