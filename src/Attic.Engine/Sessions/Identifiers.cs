using System.Security.Cryptography;

namespace Attic.Engine.Sessions;

/// <summary>Mints the contract's opaque identifiers: a prefix and a ULID (48 bits of milliseconds, 80 random bits, Crockford base 32).</summary>
public static class Identifiers
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int UlidLength = 26;

    /// <summary>A new identifier.</summary>
    /// <param name="prefix">What it names, with its underscore: <c>ses_</c>.</param>
    public static string New(string prefix)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        UInt128 value = (ulong)(RuntimeClock.NowUs / 1000) & 0xFFFF_FFFF_FFFF;
        foreach (byte b in random)
        {
            value = (value << 8) | b;
        }

        Span<char> text = stackalloc char[UlidLength];
        for (int i = UlidLength - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }

        return string.Concat(prefix, text);
    }
}
