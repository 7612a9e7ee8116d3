namespace Attic.Modules.StIo.Ikbd;

/// <summary>
/// The time of day: two digits each for year, month, day, hour, minute and second, advanced when someone asks. Any two
/// digits may be set, as on the real clock; a field beyond its range carries at its next count.
/// </summary>
internal struct IkbdClock
{
    /// <summary>The moment for which the fields hold, in master cycles.</summary>
    public long Moment;

    /// <summary>0 to 99.</summary>
    public int Year;

    /// <summary>1 to 12.</summary>
    public int Month;

    /// <summary>1 to 31.</summary>
    public int Day;

    /// <summary>0 to 23.</summary>
    public int Hour;

    /// <summary>0 to 59.</summary>
    public int Minute;

    /// <summary>0 to 59.</summary>
    public int Second;

    /// <summary>Sets all fields.</summary>
    public void Set(DateTime time)
    {
        (Year, Month, Day) = (time.Year % 100, time.Month, time.Day);
        (Hour, Minute, Second) = (time.Hour, time.Minute, time.Second);
    }

    /// <summary>Sets the fields whose two digits are decimal; others stay (command 0x1B).</summary>
    /// <param name="packed">Six bytes of packed BCD.</param>
    public void SetPacked(ReadOnlySpan<byte> packed)
    {
        Take(ref Year, packed[0]);
        Take(ref Month, packed[1]);
        Take(ref Day, packed[2]);
        Take(ref Hour, packed[3]);
        Take(ref Minute, packed[4]);
        Take(ref Second, packed[5]);
    }

    /// <summary>Writes six bytes of packed BCD.</summary>
    public readonly void ReadPacked(Span<byte> packed)
    {
        (packed[0], packed[1], packed[2]) = (Pack(Year), Pack(Month), Pack(Day));
        (packed[3], packed[4], packed[5]) = (Pack(Hour), Pack(Minute), Pack(Second));
    }

    /// <summary>Lets seconds pass.</summary>
    public void AddSeconds(long seconds)
    {
        long days = Carry(ref Hour, 24, Carry(ref Minute, 60, Carry(ref Second, 60, seconds)));
        for (; days > 0; days--)
        {
            AddDay();
        }
    }

    private static long Carry(ref int field, int range, long amount)
    {
        if (amount == 0)
        {
            return 0;
        }

        // A field set beyond its range goes to 0 with its next count, carrying once.
        long total = field < range ? field + amount : range - 1 + amount;
        field = (int)(total % range);
        return total / range;
    }

    private static void Take(ref int field, byte packed)
    {
        if ((packed & 0x0F) < 10 && packed >> 4 < 10)
        {
            field = ((packed >> 4) * 10) + (packed & 0x0F);
        }
    }

    private static byte Pack(int value) => (byte)(((value / 10) << 4) | (value % 10));

    private readonly int DaysOfMonth() => Month switch
    {
        2 => Year % 4 == 0 ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private void AddDay()
    {
        if (++Day <= DaysOfMonth())
        {
            return;
        }

        Day = 1;
        if (++Month > 12)
        {
            Month = 1;
            Year = (Year + 1) % 100;
        }
    }
}
