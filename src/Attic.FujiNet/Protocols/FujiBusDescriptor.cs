namespace Attic.FujiNet.Protocols;

/// <summary>The byte that says how many parameters of which size follow: bits 0 to 2 choose, bit 7 says that another comes.</summary>
internal static class FujiBusDescriptor
{
    /// <summary>Another descriptor follows.</summary>
    public const byte More = 0x80;

    /// <summary>One parameter of one byte.</summary>
    public const byte OneByte = 1;

    private const int MaxRunBytes = 4;

    private static ReadOnlySpan<byte> Counts => [0, 1, 2, 3, 4, 1, 2, 1];

    private static ReadOnlySpan<byte> Sizes => [0, 1, 1, 1, 1, 2, 2, 4];

    public static int Count(byte descriptor) => Counts[descriptor & 7];

    public static int Size(byte descriptor) => Sizes[descriptor & 7];

    public static byte Of(int count, int size) => (byte)(count + (size > 1 ? 4 : 0) + (size > 2 ? 2 : 0));

    /// <summary>How many parameters from <paramref name="at"/> on share one descriptor.</summary>
    public static int RunAt(ReadOnlySpan<FujiBusParameter> parameters, int at)
    {
        int size = parameters[at].Size;
        if (size is not (1 or 2 or 4))
        {
            throw new ArgumentException($"A parameter takes 1, 2 or 4 bytes, not {size}.", nameof(parameters));
        }

        int run = 1;
        while (at + run < parameters.Length && parameters[at + run].Size == size && (run + 1) * size <= MaxRunBytes)
        {
            run++;
        }

        return run;
    }
}

/// <summary>Why a frame is no FujiBus packet. Such a frame is dropped without an answer.</summary>
public enum FujiBusFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Shorter than a header.</summary>
    TooShort,

    /// <summary>Its length field says something else than its length.</summary>
    WrongLength,

    /// <summary>Its checksum is wrong.</summary>
    WrongChecksum,

    /// <summary>A descriptor says that another follows, and the packet ends.</summary>
    MissingDescriptor,

    /// <summary>Fewer bytes than its descriptors say.</summary>
    MissingParameters,
}
