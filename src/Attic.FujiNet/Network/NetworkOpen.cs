using Attic.FujiNet.Devices;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Network;

/// <summary>Flags of Open.</summary>
[Flags]
internal enum OpenFlags : byte
{
    None = 0,
    Tls = 1,
    FollowRedirects = 2,
    BodyLengthUnknown = 4,
    AllowEviction = 8,
    StreamWithoutProbing = 0x10,
}

/// <summary>The methods of Open.</summary>
internal enum OpenMethod : byte
{
    Get = 1,
    Post = 2,
    Put = 3,
    Delete = 4,
    Head = 5,
}

/// <summary>What is made of a body before the client reads it.</summary>
internal enum TranslationType : byte
{
    None = 0,
    Json = 1,
    Xml = 2,
    Rss = 3,
}

/// <summary>A request of Open, whole.</summary>
internal sealed class NetworkOpen
{
    private const uint HasTranslation = 1;
    private const uint HasProfile = 2;

    public OpenMethod Method { get; private set; }

    public OpenFlags Flags { get; private set; }

    public string Url { get; private set; } = string.Empty;

    public List<(string Name, string Value)> Headers { get; } = [];

    /// <summary>Names of response headers that the client wants.</summary>
    public List<string> Wanted { get; } = [];

    public uint BodyLength { get; private set; }

    public TranslationType Translation { get; private set; }

    public string Selector { get; private set; } = string.Empty;

    /// <summary>The part of the URL before the colon, in lower case; empty when there is none.</summary>
    public string Scheme
    {
        get
        {
            int end = Url.IndexOf("://", StringComparison.Ordinal);
            return end <= 0 ? string.Empty : Url[..end].ToLowerInvariant();
        }
    }

    public bool MayHaveBody => Method is OpenMethod.Post or OpenMethod.Put;

    public bool IsBodyOpenEnded => MayHaveBody && BodyLength == 0 && Flags.HasFlag(OpenFlags.BodyLengthUnknown);

    public bool NeedsBody => MayHaveBody && (BodyLength > 0 || IsBodyOpenEnded);

    /// <summary>Reads a request; false when it makes no sense.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NetworkOpen open)
    {
        open = new NetworkOpen();
        var payload = new PayloadReader(bytes);
        byte version = payload.Byte();
        open.Method = (OpenMethod)payload.Byte();
        open.Flags = (OpenFlags)payload.Byte();
        open.Url = payload.Text();
        for (int left = payload.Word(); left > 0 && !payload.Failed; left--)
        {
            open.Headers.Add((payload.Text(), payload.Text()));
        }

        open.BodyLength = payload.Long();
        bool fits = true;
        for (int left = payload.Word(); left > 0 && !payload.Failed; left--)
        {
            open.Wanted.Add(payload.Text());
            fits &= open.Wanted[^1].Length > 0;
        }

        fits &= payload.Left == 0 || open.ReadExtensions(ref payload);
        fits &= open.MayHaveBody || (open.BodyLength == 0 && !open.Flags.HasFlag(OpenFlags.BodyLengthUnknown));
        return fits && version == DevicePayload.Version && payload.IsExact && open.Headers.TrueForAll(IsHeader);
    }

    private static bool IsHeader((string Name, string Value) header) =>
        header.Name.Length > 0
        && header.Name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
        && header.Value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0;

    private bool ReadExtensions(ref PayloadReader payload)
    {
        uint extensions = payload.Long();
        if ((extensions & HasTranslation) != 0)
        {
            Translation = (TranslationType)payload.Byte();
            payload.Byte();
            Selector = payload.Text();
        }

        byte profile = (extensions & HasProfile) != 0 ? payload.Byte() : (byte)0;
        string? contentType = profile switch
        {
            1 => "application/json",
            2 => "application/x-www-form-urlencoded",
            3 => "text/plain",
            _ => null,
        };
        if (contentType is not null && !Headers.Exists(header => header.Name.Equals("content-type", StringComparison.OrdinalIgnoreCase)))
        {
            Headers.Add(("Content-Type", contentType));
        }

        return (extensions & ~(HasTranslation | HasProfile)) == 0 && profile <= 3 && Enum.IsDefined(Translation);
    }
}
