using System.Globalization;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Files;

/// <summary>A line of a listing for people: kind, size, date, name.</summary>
internal static class DirectoryLine
{
    private const int SizeWidth = 7;
    private const int DateWidth = 12;

    /// <summary>Formats an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="local">Gives local time of seconds since 1970.</param>
    /// <param name="now">The present local time.</param>
    public static string Format(StoredEntry entry, Func<long, DateTime> local, DateTime now)
    {
        string date = entry.ModifiedUnix == 0 ? "??? ?? ??:??" : FormatDate(local(entry.ModifiedUnix), now.Year);
        return $"{(entry.IsDirectory ? 'd' : '-')} {FormatSize(entry.Size).PadLeft(SizeWidth)} {date.PadLeft(DateWidth)} {entry.Name}{(entry.IsDirectory ? "/" : string.Empty)}\n";
    }

    /// <summary>A size in at most 7 characters: bytes below 1000, else one decimal of K, M, G or T.</summary>
    public static string FormatSize(long bytes)
    {
        if (bytes == 0)
        {
            return "0";
        }

        string[] units = ["B", "K", "M", "G", "T"];
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return size.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + units[unit];
    }

    private static string FormatDate(DateTime date, int thisYear)
    {
        string month = date.ToString("MMM", CultureInfo.InvariantCulture);
        string day = date.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        string rest = date.Year == thisYear
            ? date.ToString("HH:mm", CultureInfo.InvariantCulture)
            : " " + date.Year.ToString(CultureInfo.InvariantCulture);
        return $"{month} {day} {rest}";
    }
}
