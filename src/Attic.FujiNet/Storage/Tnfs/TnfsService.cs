using System.Net;
using System.Security.Cryptography;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Storage.Tnfs;

/// <summary>Limits of a server.</summary>
public sealed record TnfsLimits
{
    /// <summary>The most sessions at a time.</summary>
    public int Sessions { get; init; } = 256;

    /// <summary>The most sessions of one address.</summary>
    public int SessionsPerPeer { get; init; } = 64;

    /// <summary>A session that is not used for this long may be dropped.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Whether clients may change nothing.</summary>
    public bool ReadOnly { get; init; }
}

/// <summary>Answers TNFS packets from a folder, whatever carries them. Safe to call from several threads.</summary>
public sealed partial class TnfsService : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ushort, TnfsSession> _sessions = [];
    private readonly ServedFolder _folder;
    private readonly TnfsLimits _limits;
    private readonly TimeProvider _time;

    /// <summary>Serves a folder.</summary>
    /// <param name="folder">The folder; nothing outside it can be reached.</param>
    /// <param name="limits">Limits, null for the usual ones.</param>
    /// <param name="time">The clock, for idle sessions.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public TnfsService(string folder, TnfsLimits? limits = null, TimeProvider? time = null)
    {
        _folder = new ServedFolder(folder);
        _limits = limits ?? new TnfsLimits();
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The folder that is served.</summary>
    public string Folder => _folder.Root;

    /// <summary>Sessions that are open.</summary>
    public int SessionCount
    {
        get
        {
            lock (_lock)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>Answers a packet.</summary>
    /// <param name="packet">The request.</param>
    /// <param name="peer">Who sent it.</param>
    /// <returns>The answer, or nothing for a packet without a whole header.</returns>
    public byte[] Answer(ReadOnlySpan<byte> packet, IPAddress peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (!TnfsHeader.TryRead(packet, out var header))
        {
            return [];
        }

        lock (_lock)
        {
            var arguments = new PayloadReader(packet[TnfsHeader.Length..]);
            return header.Command == TnfsCommand.Mount ? Mount(header, arguments, peer) : AnswerSession(header, arguments, peer);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var session in _sessions.Values)
            {
                session.Dispose();
            }

            _sessions.Clear();
        }
    }

    private byte[] AnswerSession(TnfsHeader header, PayloadReader arguments, IPAddress peer)
    {
        if (!_sessions.TryGetValue(header.Session, out var session) || !session.Peer.Equals(peer))
        {
            return new TnfsReply().Result(TnfsResult.BadSession).ToPacket(header);
        }

        session.LastUsed = _time.GetUtcNow();
        if (session.LastSequence == header.Sequence && session.LastCommand == header.Command)
        {
            // The client did not hear the answer: doing it again could, for one, write twice.
            return session.LastReply;
        }

        byte[] reply = Perform(session, header, arguments).ToPacket(header);
        (session.LastSequence, session.LastCommand, session.LastReply) = (header.Sequence, header.Command, reply);
        return reply;
    }

    private TnfsReply Perform(TnfsSession session, TnfsHeader header, PayloadReader arguments)
    {
        var reply = new TnfsReply();
        try
        {
            var result = Execute(session, header.Command, arguments, reply);
            return result == TnfsResult.Ok ? reply : reply.Result(result);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return reply.Result(ResultOf(error));
        }
    }

    private static TnfsResult ResultOf(Exception error)
    {
        const int noSpace = 28;
        return error switch
        {
            FileNotFoundException or DirectoryNotFoundException => TnfsResult.NotFound,
            PathTooLongException => TnfsResult.NameTooLong,
            UnauthorizedAccessException => TnfsResult.AccessDenied,
            IOException { HResult: noSpace } => TnfsResult.NoSpace,
            IOException => TnfsResult.IOError,
            _ => TnfsResult.Invalid,
        };
    }

    private byte[] Mount(TnfsHeader header, PayloadReader arguments, IPAddress peer)
    {
        const int retryMilliseconds = 1000;
        _ = arguments.Word();
        string path = arguments.TerminatedText();
        _ = arguments.TerminatedText();
        _ = arguments.TerminatedText();
        Expire();
        var reply = new TnfsReply();
        var result = arguments.Failed ? TnfsResult.Invalid
            : _sessions.Count >= _limits.Sessions || _sessions.Values.Count(session => session.Peer.Equals(peer)) >= _limits.SessionsPerPeer ? TnfsResult.TooManyUsers
            : !_folder.TryResolve("", path, out string? hostPath) || !Directory.Exists(hostPath) ? TnfsResult.NotFound
            : TnfsResult.Ok;
        reply.Result(result).Word(TnfsProtocol.Version);
        if (result != TnfsResult.Ok)
        {
            return reply.ToPacket(header with { Session = 0 });
        }

        var opened = new TnfsSession(FreeId(), peer, path) { LastUsed = _time.GetUtcNow() };
        _sessions.Add(opened.Id, opened);
        return reply.Word(retryMilliseconds).ToPacket(header with { Session = opened.Id });
    }

    /// <summary>Session numbers are not to be guessed: one could use another's files.</summary>
    private ushort FreeId()
    {
        ushort id;
        do
        {
            id = (ushort)RandomNumberGenerator.GetInt32(1, ushort.MaxValue);
        }
        while (_sessions.ContainsKey(id));
        return id;
    }

    private void Expire()
    {
        var limit = _time.GetUtcNow() - _limits.Idle;
        foreach (var session in _sessions.Values.Where(session => session.LastUsed < limit).ToList())
        {
            Remove(session);
        }
    }

    private void Remove(TnfsSession session)
    {
        _sessions.Remove(session.Id);
        session.Dispose();
    }
}
