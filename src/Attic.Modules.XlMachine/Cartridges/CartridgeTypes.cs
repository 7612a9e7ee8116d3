using System.Collections.Frozen;
using static Attic.Modules.XlMachine.Cartridges.CartridgeWindows;

namespace Attic.Modules.XlMachine.Cartridges;

/// <summary>The kinds of cartridge that the slot takes.</summary>
/// <remarks>
/// Source of numbers, sizes and bank tables: the public list of CAR types (atari800, DOC/cart.txt), by type. Not taken:
/// flash programming of The!Cart and MegaCart 4 MB, battery RAM, and the types beyond those below.
/// </remarks>
internal static class CartridgeTypes
{
    private const int K = 1024;
    private const int Bank = 8 * K;

    // Bit of a state that says that the cartridge is switched off.
    private const int Disabled = 0x8000;

    // And one that says that a second cartridge appears in its place.
    private const int Through = 0x4000;

    private static readonly FrozenDictionary<int, CartridgeType> All = Build().ToFrozenDictionary(type => type.Id);

    /// <summary>The types in the order of their numbers.</summary>
    public static IEnumerable<CartridgeType> Known => All.Values.OrderBy(type => type.Id);

    /// <summary>The type of a number.</summary>
    /// <exception cref="InvalidDataException">The slot does not take it.</exception>
    public static CartridgeType Of(int id) => All.TryGetValue(id, out var type)
        ? type
        : throw new InvalidDataException($"The cartridge slot knows no type {id}.");

    private static IEnumerable<CartridgeType> Build() =>
    [
        .. Fixed(), .. Oss(), .. SwitchedByAddress(), .. Xegs(), .. MegaCarts(), .. SwitchedOff(), .. Flash(), .. Counting(), .. Odd(),
    ];

    // Cartridges without latches.
    private static IEnumerable<CartridgeType> Fixed() =>
    [
        new(1, "Standard 8 KB", 8 * K, static _ => Upper(0)),
        new(2, "Standard 16 KB", 16 * K, static _ => Whole(0)),
        new(53, "Low bank 8 KB", 8 * K, static _ => Lower(0)),
        new(57, "Standard 2 KB", 2 * K, static _ => Upper(0)) { Prepare = static image => AtEnd(image, Bank) },
        new(58, "Standard 4 KB", 4 * K, static _ => new(Off, Off, Open, 0)),
        new(77, "MIO diagnostics 8 KB", 8 * K, static _ => Upper(0)),
        new(78, "Telelink II", 8 * K, static _ => new(Open, Open, 0, Part)),
        new(79, "Pronto", 16 * K, static _ => Whole(0)),
    ];

    // OSS: 4 KB at $A000 in banks, 4 KB at $B000 fixed. Parts appended to the image are what two chips drive together.
    private static IEnumerable<CartridgeType> Oss() =>
    [
        TwoChips(3, "034M", second: 1, third: 2),
        TwoChips(45, "043M", second: 2, third: 1),
        new(15, "OSS one chip 16 KB (M091)", 16 * K, static state => OneChip(state, [1, 3, -1, 2])) { Access = static (_, low, _) => ((low >> 2) & 2) | (low & 1) },
        new(44, "OSS 8 KB", 8 * K, static state => OneChip(state, [1, 1, -1, 0])) { Access = static (_, low, _) => ((low >> 2) & 2) | (low & 1) },
    ];

    private static CartridgeType TwoChips(int id, string board, int second, int third) =>
        new(id, $"OSS two chip 16 KB ({board})", 16 * K, state => state switch
        {
            0 => OssWindows(0),
            1 => OssWindows(4 * Part),
            3 or 7 => OssWindows(second * Part),
            4 => OssWindows(third * Part),
            5 => OssWindows(5 * Part),
            2 or 6 => OssWindows(Open),
            _ => None,
        })
        {
            Access = static (_, low, _) => low & 15,
            Prepare = image => [.. image, .. And(image, 0, second), .. And(image, 1, 2)],
        };

    private static CartridgeWindows OssWindows(int bank) => new(Off, Off, bank, 3 * Part);

    private static CartridgeWindows OneChip(int state, ReadOnlySpan<int> banks) =>
        banks[state & 3] < 0 ? None : new(Off, Off, banks[state & 3] * Part, 0);

    private static byte[] And(byte[] image, int first, int second)
    {
        byte[] both = new byte[Part];
        for (int at = 0; at < Part; at++)
        {
            both[at] = (byte)(image[(first * Part) + at] & image[(second * Part) + at]);
        }

        return both;
    }

    // The address of any access to $D5xx says which 8 KB appear at $A000.
    private static IEnumerable<CartridgeType> SwitchedByAddress() =>
    [
        new(5, "DB 32 KB", 32 * K, static state => Both(state * Bank, 3 * Bank)) { Access = static (_, low, _) => low & 3 },
        Williams(8, 64), Williams(22, 32), Williams(76, 16),
        Descending(9, "Express 64 KB", 0x70), Descending(10, "Diamond 64 KB", 0xD0), WithSlot(Descending(11, "SpartaDOS X 64 KB", 0xE0)),
        WithSlot(Descending(48, "Atrax SDX 64 KB", 0xE0)) with { Prepare = Interleave.AtraxSdx },
        SpartaDos128(43, "SpartaDOS X 128 KB"),
        SpartaDos128(49, "Atrax SDX 128 KB") with { Prepare = Interleave.AtraxSdx },
        Turbosoft(50, 64), Turbosoft(51, 128),
        new(61, "MegaMax 2 MB", 2048 * K, static state => state >= 0x80 ? None : Whole(state * 2 * Bank)) { Access = static (_, low, _) => low },
    ];

    private static CartridgeType Williams(int id, int kilobytes) =>
        new(id, $"Williams {kilobytes} KB", kilobytes * K, static state => Banked(state))
        {
            Access = (state, low, _) => low >= 16 ? state : low >= 8 ? Disabled : low & ((kilobytes / 8) - 1),
        };

    // Eight addresses select banks 7 to 0, the eight after them nothing.
    private static CartridgeType Descending(int id, string name, int first) =>
        new(id, name, 64 * K, static state => Banked(state)) { Access = (state, low, _) => (low & 0xF0) != (first & 0xF0) ? state : low >= first + 8 ? Off8(low) : 7 - (low & 7) };

    // Of the eight addresses that switch off the first four bring up the second cartridge, where there is a slot for one.
    private static int Off8(int low) => (low & 4) == 0 ? Disabled | Through : Disabled;

    private static CartridgeType WithSlot(CartridgeType type) =>
        type with { HasSlot = true, PassesThrough = static state => (state & Through) != 0 };

    private static CartridgeType SpartaDos128(int id, string name) =>
        WithSlot(new(id, name, 128 * K, static state => Banked(state))
        {
            Access = static (state, low, _) => low switch
            {
                < 0xE0 => state,
                _ when (low & 8) != 0 => Off8(low),
                >= 0xF0 => 7 - (low & 7),
                _ => 15 - (low & 7),
            },
        });

    private static CartridgeType Turbosoft(int id, int kilobytes) =>
        new(id, $"Turbosoft {kilobytes} KB", kilobytes * K, static state => Banked(state))
        {
            Access = (_, low, _) => (low & 0x10) != 0 ? Disabled : low & ((kilobytes / 8) - 1),
        };

    private static CartridgeWindows Banked(int state) => (state & Disabled) != 0 ? None : Upper(state * Bank);

    // The byte written to $D5xx says which 8 KB appear at $8000; the last 8 KB stay at $A000.
    private static IEnumerable<CartridgeType> Xegs()
    {
        foreach ((int id, int switchable, int kilobytes) in ((int, int, int)[])[
            (12, 33, 32), (13, 34, 64), (14, 35, 128), (23, 36, 256), (24, 37, 512), (25, 38, 1024)])
        {
            yield return XegsOf(id, "XEGS", kilobytes, canSwitchOff: false);
            yield return XegsOf(switchable, "Switchable XEGS", kilobytes, canSwitchOff: true);
        }

        yield return new(67, "XEGS 64 KB (banks 8-15)", 64 * K, static state => (state & 8) == 0 ? new(Open, Open, 7 * Bank, (7 * Bank) + Part) : Both((state & 7) * Bank, 7 * Bank))
        {
            Access = static (state, _, data) => data < 0 ? state : data & 15,
        };
    }

    private static CartridgeType XegsOf(int id, string name, int kilobytes, bool canSwitchOff)
    {
        int banks = kilobytes / 8;
        return new(id, $"{name} {Sized(kilobytes)}", kilobytes * K, state => (state & Disabled) != 0 ? None : Both(state * Bank, (banks - 1) * Bank))
        {
            Access = (state, _, data) => data < 0 ? state : canSwitchOff && data >= 0x80 ? Disabled : data & (banks - 1),
        };
    }

    // The byte written to $D5xx says which 16 KB appear at $8000; bit 7 switches them off.
    private static IEnumerable<CartridgeType> MegaCarts()
    {
        foreach ((int id, int kilobytes) in ((int, int)[])[(26, 16), (27, 32), (28, 64), (29, 128), (30, 256), (31, 512), (32, 1024), (64, 2048)])
        {
            int banks = kilobytes / 16;
            yield return new(id, $"MegaCart {Sized(kilobytes)}", kilobytes * K, static state => (state & Disabled) != 0 ? None : Whole(state * 2 * Bank))
            {
                Access = (state, _, data) => data < 0 ? state : data >= 0x80 ? Disabled : data & (banks - 1),
            };
        }

        yield return new(63, "Flash MegaCart 4 MB", 4096 * K, static state => state == 0xFF ? None : Whole(state * 2 * Bank))
        {
            Start = 254,
            Access = static (state, low, data) => data < 0 || low >= 0x20 ? state : data,
            Read = static (_, state, low) => low < 0x20 ? (byte)state : (byte)0xFF,
        };
        yield return Atrax(17, "Decoded Atrax 128 KB");
        yield return Atrax(68, "Atrax 128 KB") with { Prepare = Interleave.Atrax };
        yield return Jrc(80, "JRC64 (linear)");
        yield return Jrc(160, "JRC64 (interleaved)") with { Prepare = static image => Reorder(image, [7, 3, 5, 1, 6, 2, 4, 0]) };
    }

    private static CartridgeType Atrax(int id, string name) => new(id, name, 128 * K, static state => Banked(state))
    {
        Access = static (state, _, data) => data < 0 ? state : data >= 0x80 ? Disabled : data & 15,
    };

    private static CartridgeType Jrc(int id, string name) => new(id, name, 64 * K, static state => Banked(state))
    {
        Access = static (state, low, data) => data < 0 || low >= 0x80 ? state : data >= 0x80 ? Disabled : (data >> 4) & 7,
    };

    // On until the first access to $D5xx.
    private static IEnumerable<CartridgeType> SwitchedOff() =>
    [
        new(39, "Phoenix 8 KB", 8 * K, static state => Banked(state)) { Access = static (_, _, _) => Disabled },
        new(40, "Blizzard 16 KB", 16 * K, static state => state != 0 ? None : Whole(0)) { Access = static (_, _, _) => Disabled },
        new(46, "Blizzard 4 KB", 4 * K, static state => state != 0 ? None : new(Off, Off, 0, 0)) { Access = static (_, _, _) => Disabled },
    ];

    private static IEnumerable<CartridgeType> Flash() =>
    [
        new(41, "Atarimax 128 KB", 128 * K, static state => Banked(state)) { Access = static (state, low, data) => data < 0 || low >= 0x20 ? state : low >= 0x10 ? Disabled : low, Flash = FlashKind.Am29F010 },
        Atarimax(42, "Atarimax 1 MB (old)") with { Start = 0x7F },
        Atarimax(75, "Atarimax 1 MB (new)"),
        Sic(54, 128, FlashKind.Am29F010), Sic(55, 256, FlashKind.Am29F020), Sic(56, 512, FlashKind.Am29F040),
        new(83, "SIC+ 1 MB", 1024 * K, static state => SicWindows(state, (state & 0x1F) | ((state >> 2) & 0x20)))
        {
            Access = static (state, low, data) => data < 0 || low >= 0x40 ? state : data,
            Read = static (_, state, low) => low < 0x40 ? (byte)state : (byte)0xFF,
        },
        TheCart(65, 32), TheCart(66, 64), TheCart(62, 128),
    ];

    private static CartridgeType Atarimax(int id, string name) => new(id, name, 1024 * K, static state => Banked(state))
    {
        Access = static (state, low, data) => data < 0 ? state : low >= 0x80 ? Disabled : low,
        Flash = FlashKind.Am29F040,
    };

    // Bit 7 of what was written lets writes through to the flash chip.
    private static CartridgeType Sic(int id, int kilobytes, FlashKind flash) =>
        new(id, $"SIC! {kilobytes} KB", kilobytes * K, state => SicWindows(state, state & ((kilobytes / 16) - 1)))
        {
            Access = static (state, low, data) => data < 0 || low >= 0x20 ? state : data,
            Read = static (_, state, low) => low < 0x20 ? (byte)state : (byte)0xFF,
            Flash = flash,
            WriteEnabled = static state => (state & 0x80) != 0,
        };

    private static CartridgeWindows SicWindows(int state, int bank)
    {
        int at = bank * 2 * Bank;
        bool lower = (state & 0x20) != 0;
        bool upper = (state & 0x40) == 0;
        return new(lower ? at : Off, lower ? at + Part : Off, upper ? at + (2 * Part) : Off, upper ? at + (3 * Part) : Off);
    }

    // Bank in bits 0–13 ($D5A0, $D5A1), Disabled stands for a cleared bit 0 of $D5A2.
    private static CartridgeType TheCart(int id, int megabytes) =>
        new(id, $"The!Cart {megabytes} MB", megabytes * K * K, state => (state & Disabled) != 0 ? None : Upper((state & ((megabytes * 128) - 1)) * Bank))
        {
            Access = static (state, low, data) => (data, low) switch
            {
                (< 0, _) => state,
                (_, 0xA0) => (state & 0x3F00) | data,
                (_, 0xA1) => (state & 0xFF) | ((data & 0x3F) << 8),
                (_, 0xA2) => (data & 1) != 0 ? state & ~Disabled : state | Disabled,
                _ => state,
            },
            Read = static (_, state, low) => low switch
            {
                0xA0 => (byte)state,
                0xA1 => (byte)((state >> 8) & 0x3F),
                0xA2 => (byte)((state & Disabled) == 0 ? 1 : 0),
                _ => 0xFF,
            },
        };

    // Each access to $D5xx takes the next bank.
    private static IEnumerable<CartridgeType> Counting() =>
    [
        new(52, "Ultracart 32 KB", 32 * K, static state => state == 4 ? None : Upper(state * Bank)) { Access = static (state, _, _) => state >= 4 ? 0 : state + 1 },
        new(60, "Blizzard 32 KB", 32 * K, static state => state >= 4 ? None : Upper(state * Bank)) { Access = static (state, _, _) => Math.Min(state + 1, 4) },
        new(69, "aDawliah 32 KB", 32 * K, static state => Upper((state & 3) * Bank)) { Access = static (state, _, _) => (state + 1) & 3 },
        new(70, "aDawliah 64 KB", 64 * K, static state => Upper((state & 7) * Bank)) { Access = static (state, _, _) => (state + 1) & 7 },
    ];

    private static IEnumerable<CartridgeType> Odd() =>
    [
        // Two 4 KB windows that switch themselves: $8FF6–$8FF9 and $9FF6–$9FF9. State: bits 0–1 and 2–3.
        new(18, "Bounty Bob Strikes Back 40 KB", 40 * K, static state => new((state & 3) * Part, (4 + ((state >> 2) & 3)) * Part, 8 * Part, 9 * Part))
        {
            HotPages = [0x8F, 0x9F],
            Touch = static (state, address) => (address & 0xFFF) is >= 0xFF6 and <= 0xFF9
                ? address < 0x9000 ? (state & 12) | ((address - 0xF6) & 3) : (state & 3) | (((address - 0xF6) & 3) << 2)
                : state,
        },

        // 256 bytes at a time at $D500; a write takes the next and frees $A000, where at first the first 256 bytes repeat.
        new(47, "AST 32 KB", 32 * K, static state => (state & Disabled) != 0 ? None : new(Off, Off, 32 * K, 32 * K))
        {
            Access = static (state, _, data) => data < 0 ? state : Disabled | (((state & 0x7F) + 1) & 0x7F),
            Read = static (image, state, low) => image[((state & 0x7F) << 8) | low],
            Prepare = static image => [.. image, .. Enumerable.Repeat(image[..256], Part / 256).SelectMany(part => part)],
        },
    ];

    private static string Sized(int kilobytes) => kilobytes >= 1024 ? $"{kilobytes / 1024} MB" : $"{kilobytes} KB";

    private static byte[] AtEnd(byte[] image, int size)
    {
        byte[] padded = new byte[size];
        Array.Fill(padded, (byte)0xFF);
        image.CopyTo(padded, size - image.Length);
        return padded;
    }

    private static byte[] Reorder(byte[] image, ReadOnlySpan<int> order)
    {
        byte[] sorted = new byte[image.Length];
        for (int place = 0; place < order.Length; place++)
        {
            image.AsSpan(place * Bank, Bank).CopyTo(sorted.AsSpan(order[place] * Bank));
        }

        return sorted;
    }
}
