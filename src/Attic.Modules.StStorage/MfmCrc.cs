namespace Attic.Modules.StStorage;

/// <summary>The check of ID and data fields: CRC-CCITT, x^16 + x^12 + x^5 + 1, preset to ones, address marks included.</summary>
internal static class MfmCrc
{
    public const ushort Preset = 0xFFFF;

    /// <summary>The value after the three A1 that begin every field.</summary>
    public const ushort AfterSync = 0xCDB4;

    public static ushort Add(ushort crc, byte value)
    {
        crc ^= (ushort)(value << 8);
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (ushort)((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
        }

        return crc;
    }

    public static ushort Add(ushort crc, ReadOnlySpan<byte> values)
    {
        foreach (byte value in values)
        {
            crc = Add(crc, value);
        }

        return crc;
    }
}
