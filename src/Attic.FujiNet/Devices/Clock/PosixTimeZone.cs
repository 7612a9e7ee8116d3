using System.Globalization;

namespace Attic.FujiNet.Devices.Clock;

/// <summary>
/// A time zone as POSIX writes it in TZ: <c>CET-1CEST,M3.5.0,M10.5.0/3</c>. Offsets count westward: local time plus the offset
/// is UTC.
/// </summary>
/// <remarks>
/// IEEE Std 1003.1, 8.3: std offset [dst [offset] [, start [/time], end [/time]]]; names of three letters and more or quoted in
/// &lt;&gt;; a rule is Mm.w.d, Jn (1 to 365, February 29 never counted) or n (0 to 365). Times may be negative or beyond a day, as
/// RFC 9636 has it. Without rules summer time is that of the United States.
/// </remarks>
public sealed class PosixTimeZone
{
    private const int SecondsPerHour = 3600;
    private const int DefaultChange = 2 * SecondsPerHour;

    private static readonly Rule s_defaultStart = new(RuleKind.Month, 3, 2, 0, DefaultChange);
    private static readonly Rule s_defaultEnd = new(RuleKind.Month, 11, 1, 0, DefaultChange);

    private readonly int _standardOffset;
    private readonly int _summerOffset;
    private readonly bool _hasSummer;
    private readonly Rule _start;
    private readonly Rule _end;

    private PosixTimeZone(int standardOffset, bool hasSummer, int summerOffset, Rule start, Rule end)
    {
        (_standardOffset, _hasSummer, _summerOffset, _start, _end) = (standardOffset, hasSummer, summerOffset, start, end);
    }

    private enum RuleKind
    {
        Month,
        JulianWithoutLeapDay,
        DayOfYear,
    }

    /// <summary>Coordinated universal time.</summary>
    public static PosixTimeZone Utc { get; } = new(0, hasSummer: false, 0, s_defaultStart, s_defaultEnd);

    /// <summary>Reads a zone.</summary>
    /// <param name="text">The text of TZ.</param>
    /// <param name="zone">The zone, or <see cref="Utc"/>.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, out PosixTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(text);
        var scan = new Scanner(text);
        zone = Utc;
        if (text is "UTC" or "GMT")
        {
            return true;
        }

        if (!scan.Name() || !scan.Offset(24, out int standard))
        {
            return false;
        }

        if (scan.AtEnd)
        {
            zone = new(-standard, hasSummer: false, 0, s_defaultStart, s_defaultEnd);
            return true;
        }

        if (!scan.Name())
        {
            return false;
        }

        int summer = standard - SecondsPerHour;
        if (!scan.AtEnd && scan.Next != ',' && !scan.Offset(24, out summer))
        {
            return false;
        }

        var (start, end) = (s_defaultStart, s_defaultEnd);
        if (!scan.AtEnd && (!scan.Take(',') || !scan.TryRule(out start) || !scan.Take(',') || !scan.TryRule(out end) || !scan.AtEnd))
        {
            return false;
        }

        zone = new(-standard, hasSummer: true, -summer, start, end);
        return true;
    }

    /// <summary>Seconds that local time is ahead of UTC at a moment.</summary>
    /// <param name="utc">The moment.</param>
    public int OffsetAt(DateTime utc)
    {
        if (!_hasSummer)
        {
            return _standardOffset;
        }

        // Rules count in the local time that they end.
        int year = utc.AddSeconds(_standardOffset).Year;
        double now = (utc - new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalSeconds;
        long start = _start.SecondOfYear(year) - _standardOffset;
        long end = _end.SecondOfYear(year) - _summerOffset;
        bool summer = start < end ? now >= start && now < end : now < end || now >= start;
        return summer ? _summerOffset : _standardOffset;
    }

    private readonly record struct Rule(RuleKind Kind, int A, int Week, int Day, int Time)
    {
        public long SecondOfYear(int year) => (DayOfYear(year) * 24L * SecondsPerHour) + Time;

        private int DayOfYear(int year)
        {
            switch (Kind)
            {
                case RuleKind.JulianWithoutLeapDay:
                    return A - 1 + (DateTime.IsLeapYear(year) && A >= 60 ? 1 : 0);
                case RuleKind.DayOfYear:
                    return A;
                default:
                    var first = new DateTime(year, A, 1, 0, 0, 0, DateTimeKind.Utc);
                    int day = 1 + ((Day - (int)first.DayOfWeek + 7) % 7) + (7 * (Week - 1));
                    int days = DateTime.DaysInMonth(year, A);
                    return first.DayOfYear - 1 + (day > days ? day - 7 : day) - 1;
            }
        }
    }

    private ref struct Scanner(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;

        public readonly bool AtEnd => _rest.IsEmpty;

        public readonly char Next => _rest[0];

        public bool Take(char wanted)
        {
            if (_rest.IsEmpty || _rest[0] != wanted)
            {
                return false;
            }

            _rest = _rest[1..];
            return true;
        }

        public bool Name()
        {
            if (Take('<'))
            {
                int close = _rest.IndexOf('>');
                if (close < 3)
                {
                    return false;
                }

                _rest = _rest[(close + 1)..];
                return true;
            }

            int length = 0;
            while (length < _rest.Length && char.IsAsciiLetter(_rest[length]))
            {
                length++;
            }

            _rest = _rest[length..];
            return length >= 3;
        }

        public bool Offset(int maxHours, out int seconds)
        {
            seconds = 0;
            int sign = Take('-') ? -1 : 1;
            if (sign > 0)
            {
                Take('+');
            }

            if (!Number(maxHours, out int hours))
            {
                return false;
            }

            int minutes = 0;
            int rest = 0;
            if (Take(':') && (!Number(59, out minutes) || (Take(':') && !Number(59, out rest))))
            {
                return false;
            }

            seconds = sign * ((hours * SecondsPerHour) + (minutes * 60) + rest);
            return true;
        }

        public bool TryRule(out Rule rule)
        {
            rule = default;
            if (Take('M'))
            {
                if (!Number(12, out int month) || month < 1 || !Take('.') || !Number(5, out int week) || week < 1 || !Take('.') || !Number(6, out int day))
                {
                    return false;
                }

                return Time(out int at) && Set(out rule, new(RuleKind.Month, month, week, day, at));
            }

            if (Take('J'))
            {
                return Number(365, out int julian) && julian >= 1 && Time(out int at)
                    && Set(out rule, new(RuleKind.JulianWithoutLeapDay, julian, 0, 0, at));
            }

            return Number(365, out int plain) && Time(out int when) && Set(out rule, new(RuleKind.DayOfYear, plain, 0, 0, when));
        }

        private static bool Set(out Rule rule, Rule value)
        {
            rule = value;
            return true;
        }

        private bool Time(out int seconds)
        {
            seconds = DefaultChange;
            return !Take('/') || Offset(167, out seconds);
        }

        private bool Number(int largest, out int value)
        {
            int length = 0;
            while (length < _rest.Length && length < 4 && char.IsAsciiDigit(_rest[length]))
            {
                length++;
            }

            value = 0;
            if (length == 0 || !int.TryParse(_rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out value) || value > largest)
            {
                return false;
            }

            _rest = _rest[length..];
            return true;
        }
    }
}
