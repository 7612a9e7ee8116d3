namespace Attic.FujiNet.Sio.Classic;

/// <summary>Translation between the Atari's end of line, $9B, and those of the net: 0 none, 1 CR, 2 LF, 3 CR LF.</summary>
internal static class EndOfLines
{
    private const byte Atari = 0x9B;
    private const byte Return = 0x0D;
    private const byte LineFeed = 0x0A;
    private const byte AtariTab = 0x7F;
    private const byte Tab = 0x09;

    /// <summary>To the net.</summary>
    public static byte[] ToNet(ReadOnlySpan<byte> bytes, int kind)
    {
        if (kind == 0)
        {
            return bytes.ToArray();
        }

        var result = new List<byte>(bytes.Length + 8);
        foreach (byte value in bytes)
        {
            switch (value)
            {
                case Atari when kind == 1:
                    result.Add(Return);
                    break;
                case Atari when kind == 2:
                    result.Add(LineFeed);
                    break;
                case Atari:
                    result.Add(Return);
                    result.Add(LineFeed);
                    break;
                case AtariTab:
                    result.Add(Tab);
                    break;
                default:
                    result.Add(value);
                    break;
            }
        }

        return [.. result];
    }

    /// <summary>To the Atari; the line feed of CR LF goes.</summary>
    public static byte[] ToAtari(ReadOnlySpan<byte> bytes, int kind)
    {
        if (kind == 0)
        {
            return bytes.ToArray();
        }

        var result = new List<byte>(bytes.Length);
        foreach (byte value in bytes)
        {
            switch (value)
            {
                case LineFeed when kind == 3:
                    break;
                case Return when kind is 1 or 3:
                case LineFeed when kind == 2:
                    result.Add(Atari);
                    break;
                case Tab:
                    result.Add(AtariTab);
                    break;
                default:
                    result.Add(value);
                    break;
            }
        }

        return [.. result];
    }
}
