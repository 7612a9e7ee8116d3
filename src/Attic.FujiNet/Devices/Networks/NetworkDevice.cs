using System.Text;
using Attic.FujiNet.Config;
using Attic.FujiNet.Core;
using Attic.FujiNet.Network;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Devices.Networks;

/// <summary>
/// Sessions on the network, on the wire. A handle is a generation and an index; a session that was closed, evicted or reaped
/// leaves handles that fit nothing.
/// </summary>
public sealed class NetworkDevice : VirtualDevice
{
    /// <summary>How long an answer is held back for progress before it is NotReady.</summary>
    public static readonly TimeSpan DefaultHold = TimeSpan.FromMilliseconds(200);

    private const int ReadHeader = 12;
    private const int TranslatedBytes = 8 << 20;

    private static readonly TimeSpan s_idleLimit = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan s_bodyLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_reapPeriod = TimeSpan.FromSeconds(1);

    private readonly SessionFactory _factory;
    private readonly TimeProvider _time;
    private readonly TimeSpan _hold;
    private readonly Slot[] _slots;
    private long _nextReap;

    /// <summary>The device.</summary>
    /// <param name="factory">Makes the sessions.</param>
    /// <param name="time">When sessions are reaped.</param>
    /// <param name="sessions">Sessions that can be open, 1 to 256.</param>
    /// <param name="firstGeneration">Generation of the first handles: devices of several transports begin at different ones.</param>
    /// <param name="hold">How long an answer is held back for progress; null for <see cref="DefaultHold"/>.</param>
    public NetworkDevice(SessionFactory factory, TimeProvider time, int sessions = NetworkConfig.DefaultSessions, byte firstGeneration = 0, TimeSpan? hold = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sessions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sessions, NetworkConfig.MaxSessions);
        _factory = factory;
        _time = time;
        _hold = hold ?? DefaultHold;
        _slots = [.. Enumerable.Range(0, sessions).Select(_ => new Slot { Generation = firstGeneration })];
    }

    /// <inheritdoc/>
    public override bool IsReentrant => true;

    /// <summary>The open sessions: handle and URL, without what a URL may hold of secrets.</summary>
    public IEnumerable<(int Handle, string Url)> Sessions =>
        _slots.Select((slot, index) => (slot, index))
            .Where(entry => entry.slot.Session is not null)
            .Select(entry => (HandleOf(entry.index), Hide(entry.slot.Url)));

    /// <inheritdoc/>
    public override ValueTask<IOResponse> HandleAsync(IORequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (byte)request.Command switch
        {
            0x01 => new(Open(request)),
            0x02 => ReadAsync(request),
            0x03 => WriteAsync(request),
            0x04 => new(Close(request)),
            0x05 => InfoAsync(request),
            0x06 => ReadInfoAsync(request),
            0x07 => TranslateAsync(request),
            _ => new(request.Refuse(IOStatus.Unsupported)),
        };
    }

    /// <inheritdoc/>
    public override void Poll()
    {
        long now = _time.GetTimestamp();
        if (now < _nextReap)
        {
            return;
        }

        _nextReap = now + (long)(s_reapPeriod.TotalSeconds * _time.TimestampFrequency);
        foreach (var slot in _slots)
        {
            if (slot.Session is null)
            {
                continue;
            }

            var idle = _time.GetElapsedTime(slot.LastUse, now);
            if (idle > s_idleLimit || (idle > s_bodyLimit && slot.Session is HttpSession { AwaitsBody: true }))
            {
                slot.Clear();
            }
        }
    }

    /// <summary>Closes a session.</summary>
    /// <returns>Whether the handle fits one.</returns>
    public bool Close(int handle)
    {
        var slot = Find((ushort)handle);
        slot?.Clear();
        return slot is not null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var slot in _slots)
        {
            slot.Clear();
        }

        base.Dispose(disposing);
    }

    private static string Hide(string url)
    {
        int query = url.IndexOf('?', StringComparison.Ordinal);
        string plain = query < 0 ? url : url[..query] + "?…";
        int scheme = plain.IndexOf("://", StringComparison.Ordinal) + 3;
        int at = plain.IndexOf('@', scheme);
        return at < 0 ? plain : plain[..scheme] + "…" + plain[at..];
    }

    private int HandleOf(int index) => (_slots[index].Generation << 8) | index;

    private Slot? Find(ushort handle)
    {
        int index = handle & 0xFF;
        if (index >= _slots.Length || _slots[index].Session is null || _slots[index].Generation != handle >> 8)
        {
            return null;
        }

        _slots[index].LastUse = _time.GetTimestamp();
        return _slots[index];
    }

    private IOResponse Open(IORequest request)
    {
        if (!NetworkOpen.TryRead(request.Payload.Span, out var open) || open.Scheme.Length == 0)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        if (!_factory.Knows(open.Scheme) || open.Translation is TranslationType.Xml or TranslationType.Rss)
        {
            return request.Refuse(IOStatus.Unsupported);
        }

        int index = Reserve(open.Flags.HasFlag(OpenFlags.AllowEviction));
        if (index < 0)
        {
            return request.Refuse(IOStatus.DeviceBusy);
        }

        var (session, status) = _factory.Make(open);
        if (session is null)
        {
            return request.Refuse(status);
        }

        var slot = _slots[index];
        slot.Session = session;
        slot.Url = open.Url;
        slot.LastUse = _time.GetTimestamp();
        slot.Translation = open.Translation == TranslationType.None ? null : new(open.Selector);
        session.Start();
        request.Reply.Byte(DevicePayload.Version).Byte((byte)(1 | (open.NeedsBody && session is HttpSession ? 2 : 0))).Word(0)
            .Word(HandleOf(index)).Byte(session.ProtocolFlags);
        return request.Answer();
    }

    private int Reserve(bool mayEvict)
    {
        int index = Array.FindIndex(_slots, slot => slot.Session is null);
        if (index < 0 && mayEvict)
        {
            index = Array.IndexOf(_slots, _slots.MinBy(slot => slot.LastUse));
            _slots[index].Clear();
        }

        if (index >= 0)
        {
            _slots[index].Generation = _slots[index].Generation == byte.MaxValue ? (byte)1 : (byte)(_slots[index].Generation + 1);
        }

        return index;
    }

    private async ValueTask<IOResponse> ReadAsync(IORequest request)
    {
        const byte End = 1;
        const byte Full = 2;
        const byte More = 4;
        if (!TryReadPage(request, out ushort handle, out uint offset, out int max) || Find(handle) is not { } slot)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        max = Math.Min(max, PayloadWriter.MaxBytes - ReadHeader);
        var session = slot.Session!;
        var reply = request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Word(handle).Long(offset).Word(0);
        var room = reply.Room(max);
        var read = await HoldAsync(slot, session, () => slot.Translation is null
            ? session.Read(offset, room.Span)
            : ReadTranslated(slot, session, offset, room.Span));
        if (read.Status != IOStatus.Ok)
        {
            return request.Refuse(read.Status);
        }

        reply.Trim(ReadHeader + read.Count);
        reply.SetByte(1, (byte)((read.IsEnd ? End : 0) | (read.Count == max && !read.IsEnd ? Full : 0) | (read.HasMore ? More : 0)));
        reply.SetWord(ReadHeader - 2, read.Count);
        return request.Answer();
    }

    private async ValueTask<IOResponse> WriteAsync(IORequest request)
    {
        if (!TryReadWrite(request, out ushort handle, out uint offset, out var data) || Find(handle) is not { } slot)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var session = slot.Session!;
        var written = await HoldAsync(slot, session, () => new SessionRead(session.Write(offset, data.Span)), alsoWhileBusy: true);
        if (written.Status != IOStatus.Ok)
        {
            return request.Refuse(written.Status);
        }

        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Word(handle).Long(offset).Word(data.Length);
        return request.Answer();
    }

    private IOResponse Close(IORequest request)
    {
        if (!TryReadHandle(request, out ushort handle) || !Close(handle))
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0);
        return request.Answer();
    }

    private async ValueTask<IOResponse> InfoAsync(IORequest request)
    {
        if (!TryReadHandle(request, out ushort handle) || Find(handle) is not { } slot)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var session = slot.Session!;
        var info = default(SessionInfo);
        var asked = await HoldAsync(slot, session, () =>
        {
            info = session.Info();
            var status = info.Status == IOStatus.Ok && slot.Translation is not null ? Translate(slot, session) : info.Status;
            return new SessionRead(status);
        });
        if (asked.Status != IOStatus.Ok)
        {
            return request.Refuse(asked.Status);
        }

        long? length = slot.Translation?.Text?.Length ?? info.ContentLength;
        int flags = (info.Headers.Length > 0 ? 1 : 0) | (length is null ? 0 : 2) | (info.HttpStatus is null ? 0 : 4);
        request.Reply.Byte(DevicePayload.Version).Byte((byte)flags).Word(0).Word(handle).Word(info.HttpStatus ?? 0)
            .Quad((ulong)(length ?? 0)).Long((uint)Encoding.UTF8.GetByteCount(info.Headers));
        return request.Answer();
    }

    private async ValueTask<IOResponse> ReadInfoAsync(IORequest request)
    {
        if (!TryReadPage(request, out ushort handle, out uint offset, out int max) || Find(handle) is not { } slot)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var session = slot.Session!;
        var info = default(SessionInfo);
        var asked = await HoldAsync(slot, session, () =>
        {
            info = session.Info();
            return new SessionRead(info.Status);
        });
        byte[] headers = Encoding.UTF8.GetBytes(info.Headers ?? string.Empty);
        var status = asked.Status == IOStatus.Ok && offset > headers.Length ? IOStatus.InvalidRequest : asked.Status;
        if (status != IOStatus.Ok)
        {
            return request.Refuse(status);
        }

        int count = Math.Min(Math.Min(max, PayloadWriter.MaxBytes - ReadHeader), headers.Length - (int)offset);
        bool end = offset + count == headers.Length;
        request.Reply.Byte(DevicePayload.Version).Byte((byte)(end ? 1 : 2)).Word(0).Word(handle).Long(offset).Block(headers.AsSpan((int)offset, count));
        return request.Answer();
    }

    private async ValueTask<IOResponse> TranslateAsync(IORequest request)
    {
        if (!TryReadTranslate(request, out ushort handle, out var type, out string selector) || Find(handle) is not { } slot)
        {
            return request.Refuse(IOStatus.InvalidRequest);
        }

        var session = slot.Session!;
        if (session is HttpSession { AwaitsBody: true })
        {
            return request.Refuse(IOStatus.NotReady);
        }

        if (type is TranslationType.Xml or TranslationType.Rss)
        {
            return request.Refuse(IOStatus.Unsupported);
        }

        var body = slot.Translation?.Body ?? new MemoryStream();
        bool complete = slot.Translation?.BodyIsComplete ?? false;
        slot.Translation = type == TranslationType.None ? null : new(selector) { Body = body, BodyIsComplete = complete };
        if (slot.Translation is null)
        {
            request.Reply.Byte(DevicePayload.Version).Byte(0).Word(0).Word(handle).Long(0);
            return request.Answer();
        }

        var done = await HoldAsync(slot, session, () => new SessionRead(Translate(slot, session)));
        if (done.Status != IOStatus.Ok)
        {
            return request.Refuse(done.Status);
        }

        request.Reply.Byte(DevicePayload.Version).Byte(1).Word(0).Word(handle).Long((uint)(slot.Translation?.Text?.Length ?? 0));
        return request.Answer();
    }

    // Asks again whenever something happened, for as long as an answer is held back. A session that is gone by then fits nothing.
    private async ValueTask<SessionRead> HoldAsync(Slot slot, NetworkSession session, Func<SessionRead> ask, bool alsoWhileBusy = false)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            int seen = session.Progress.Version;
            var answer = ask();
            bool waits = answer.Status == IOStatus.NotReady || (alsoWhileBusy && answer.Status == IOStatus.DeviceBusy);
            var left = _hold - _time.GetElapsedTime(start);
            if (!waits || left <= TimeSpan.Zero || session is HttpSession { AwaitsBody: true, IsStreamingUp: false })
            {
                return answer;
            }

            await session.Progress.WaitAsync(seen, left, _time);
            if (slot.Session != session)
            {
                return new(IOStatus.InvalidRequest);
            }
        }
    }

    private static IOStatus Translate(Slot slot, NetworkSession session)
    {
        var translation = slot.Translation!;
        byte[] piece = new byte[4096];
        while (!translation.BodyIsComplete)
        {
            var read = session.Read((uint)translation.Body.Length, piece);
            if (read.Status != IOStatus.Ok)
            {
                return read.Status;
            }

            translation.Body.Write(piece, 0, read.Count);
            translation.BodyIsComplete = read.IsEnd;
            if (translation.Body.Length > TranslatedBytes)
            {
                return IOStatus.IOError;
            }
        }

        translation.Text ??= JsonTranslation.Translate(translation.Body.GetBuffer().AsMemory(0, (int)translation.Body.Length), translation.Selector);
        return IOStatus.Ok;
    }

    private static SessionRead ReadTranslated(Slot slot, NetworkSession session, uint offset, Span<byte> buffer)
    {
        var status = Translate(slot, session);
        if (status != IOStatus.Ok)
        {
            return new(status);
        }

        byte[] text = slot.Translation!.Text!;
        if (offset > text.Length)
        {
            return new(IOStatus.InvalidRequest);
        }

        int count = Math.Min(buffer.Length, text.Length - (int)offset);
        text.AsSpan((int)offset, count).CopyTo(buffer);
        bool end = offset + count == text.Length;
        return new(IOStatus.Ok, count, end, !end);
    }

    private static bool TryReadHandle(IORequest request, out ushort handle)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        handle = payload.Word();
        return version == DevicePayload.Version && payload.IsExact;
    }

    private static bool TryReadPage(IORequest request, out ushort handle, out uint offset, out int max)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        handle = payload.Word();
        offset = payload.Long();
        max = payload.Word();
        return version == DevicePayload.Version && payload.IsExact;
    }

    private static bool TryReadWrite(IORequest request, out ushort handle, out uint offset, out ReadOnlyMemory<byte> data)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        handle = payload.Word();
        offset = payload.Long();
        int length = payload.Block().Length;
        data = request.Payload[^Math.Min(length, request.Payload.Length)..];
        return version == DevicePayload.Version && payload.IsExact;
    }

    private static bool TryReadTranslate(IORequest request, out ushort handle, out TranslationType type, out string selector)
    {
        var payload = new PayloadReader(request.Payload.Span);
        byte version = payload.Byte();
        handle = payload.Word();
        type = (TranslationType)payload.Byte();
        payload.Byte();
        selector = payload.Text();
        return version == DevicePayload.Version && payload.IsExact && Enum.IsDefined(type);
    }

    private sealed class Translation(string selector)
    {
        public string Selector { get; } = selector;

        public MemoryStream Body { get; init; } = new();

        public bool BodyIsComplete { get; set; }

        public byte[]? Text { get; set; }
    }

    private sealed class Slot
    {
        public NetworkSession? Session { get; set; }

        public byte Generation { get; set; }

        public string Url { get; set; } = string.Empty;

        public long LastUse { get; set; }

        public Translation? Translation { get; set; }

        public void Clear()
        {
            Session?.Dispose();
            Session = null;
            Translation = null;
            Url = string.Empty;
        }
    }
}
